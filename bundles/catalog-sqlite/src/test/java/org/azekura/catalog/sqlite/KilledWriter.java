package org.azekura.catalog.sqlite;

import java.nio.file.Path;
import org.azekura.catalog.sql.SqlStore;

/** A program that commits one transaction after the other and prints each number after its commit. Ends when nobody reads. */
final class KilledWriter {

    private KilledWriter() {}

    public static void main(String[] args) throws Exception {
        try (SqlStore store = SqliteStore.open(Path.of(args[0]))) {
            while (!System.out.checkError()) {
                System.out.println(store.write(NumberedState::step));
            }
        }
    }
}
