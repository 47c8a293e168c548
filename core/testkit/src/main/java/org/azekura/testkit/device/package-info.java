/** What every driver does, as tests. */
package org.azekura.testkit.device;
