/** What every catalog store does, as tests. */
package org.azekura.testkit.catalog;
