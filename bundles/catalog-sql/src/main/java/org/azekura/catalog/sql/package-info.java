/**
 * What catalog stores on SQL databases have in common: rows and their tables, queries, changes, transactions. The statements are those that SQLite and
 * PostgreSQL both understand and mean the same by; what differs (opening, beginning a transaction, the schema, what an error means) each store brings.
 */
package org.azekura.catalog.sql;
