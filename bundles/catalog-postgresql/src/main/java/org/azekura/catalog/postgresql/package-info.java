/** The catalog store on PostgreSQL. */
package org.azekura.catalog.postgresql;
