/**
 * A catalog as a file, from one store into another. Version 1 of the grammar, its body in CDDL (RFC 8610) and CBOR (RFC 8949):
 *
 * <pre>
 * file    = "azekura catalog 1" LF  body  SHA-256 of all before it
 * body    = [schema, numbers, * table]
 * schema  = uint                            ; of the tables, as the stores' scripts number it
 * numbers = { * tstr =&gt; uint }              ; the last number given in tables that count by themselves, where there was one; by table
 * table   = [tstr, [+ tstr], [* row]]       ; name, columns by name, rows by key
 * row     = [* (null / int / tstr / bstr)]  ; as many as columns
 * </pre>
 *
 * A table stands behind those that it refers to, else tables stand by name; so all stores write the same bytes for the same catalog. All tables of the
 * schema are there. What a store has for itself alone is not.
 */
package org.azekura.catalog.sql.export;
