/** The embedded catalog store. */
package org.azekura.catalog.sqlite;
