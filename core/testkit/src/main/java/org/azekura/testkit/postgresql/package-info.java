/** A real PostgreSQL for tests of what is kept there. */
package org.azekura.testkit.postgresql;
