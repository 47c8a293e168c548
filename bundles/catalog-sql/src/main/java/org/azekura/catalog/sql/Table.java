package org.azekura.catalog.sql;

import java.util.List;
import java.util.stream.Collectors;

/** A table's columns in the order in which its rows are read and written, the key's columns first, large ones last. */
final class Table {

    private final String select;
    private final String list;
    private final String put;

    /**
     * @param keys  the first columns, which make the key
     * @param large the last columns, which may hold megabytes
     */
    Table(String name, int keys, int large, String... columns) {
        List<String> all = List.of(columns);
        String names = String.join(", ", all);
        String values = all.stream().map(c -> "?").collect(Collectors.joining(", "));
        String changes = all.stream().skip(keys).map(c -> c + " = excluded." + c).collect(Collectors.joining(", "));
        select = "SELECT " + names + " FROM " + name + " ";
        list = "SELECT " + String.join(", ", all.subList(0, all.size() - large)) + ", NULL".repeat(large) + " FROM " + name + " ";
        // Not REPLACE, which deletes the old row and with it all that refers to it.
        put = "INSERT INTO " + name + " (" + names + ") VALUES (" + values + ") ON CONFLICT (" + String.join(", ", all.subList(0, keys))
                + ") DO UPDATE SET " + changes;
    }

    /** @param rest what follows the table's name: conditions, order */
    String select(String rest) {
        return select + rest;
    }

    /** The same with null for every large column: many rows of those would not fit into memory. */
    String list(String rest) {
        return list + rest;
    }

    /** Makes a row or replaces the one of the same key; takes all columns. */
    String put() {
        return put;
    }
}
