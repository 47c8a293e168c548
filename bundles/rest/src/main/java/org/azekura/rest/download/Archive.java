package org.azekura.rest.download;

import java.io.IOException;
import java.io.OutputStream;
import org.azekura.api.BackupException;
import org.azekura.api.content.Saved;

/** Many files as one, written from front to back. Closed only when all is in it: what has no end is no archive. */
interface Archive {

    /** Where the bytes of a file come from. */
    interface Bytes {
        Bytes NONE = to -> { };

        void copy(OutputStream to) throws IOException, BackupException, InterruptedException;
    }

    /** @param name with slashes between */
    void add(String name, Saved entry, Bytes bytes) throws IOException, BackupException, InterruptedException;

    void finish() throws IOException;
}
