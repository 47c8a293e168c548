package org.azekura.catalog.sql.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.SqlStore;

/**
 * A store's catalog, as it goes and comes as a whole.
 *
 * @param oldest schema that the store's scripts can begin with
 * @param newest schema that they lead to
 */
public record Moving(Intake intake, Particulars particulars, int oldest, int newest) {

    /**
     * Writes all of it; what is changed meanwhile is not in it.
     *
     * @throws IOException what the stream throws
     */
    public void write(SqlStore store, OutputStream out) throws BackupException, IOException {
        try {
            store.look(sql -> {
                try {
                    Export.write(sql, newest, particulars, out);
                    return null;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Has a file taken in when the store is opened next.
     *
     * @param name of the file, for people
     * @throws BackupException {@code catalog.file}, {@code catalog.taken}
     */
    public void admit(SqlStore store, Path path, String name) throws BackupException {
        requireEmpty(store);
        ExportFile file = ExportFile.open(path, name);
        requireKnown(file);
        intake.put(file);
    }

    /** @throws BackupException {@code catalog.taken} */
    public void requireEmpty(SqlStore store) throws BackupException {
        intake.requireEmpty(saved(store));
    }

    /** How many snapshots and packs a catalog knows. */
    public long saved(SqlStore store) throws BackupException {
        return store.look(sql -> sql.list(Intake.SAVED, row -> row.number(1)).getFirst());
    }

    /** @return the file's schema */
    public int requireKnown(ExportFile file) throws BackupException {
        int schema = Import.schema(file);
        if (schema < oldest || schema > newest) {
            throw file.refused("it has schema " + schema + ", and this store of this version takes " + oldest + " to " + newest + "; take it in with the version that wrote it"
                    + (schema > newest ? ", or a newer one" : ""));
        }
        return schema;
    }
}
