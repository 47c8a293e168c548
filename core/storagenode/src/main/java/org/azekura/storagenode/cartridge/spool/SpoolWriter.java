package org.azekura.storagenode.cartridge.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobWriter;
import org.azekura.storagenode.cartridge.blob.Trouble;

/** A pack in the making that gets durable in the spool. */
public final class SpoolWriter implements BlobWriter {

    private final Drain drain;
    private final Journal journal;
    private final JournalMaking pack;
    private final String key;
    private final boolean replaces;

    public SpoolWriter(Drain drain, Journal journal, String key) throws BackupException {
        this(drain, journal, key, false);
    }

    /** @param replaces whether it takes the place of what has the key */
    public SpoolWriter(Drain drain, Journal journal, String key, boolean replaces) throws BackupException {
        this.drain = drain;
        this.journal = journal;
        this.key = key;
        this.replaces = replaces;
        this.pack = journal.begin();
    }

    @Override
    public void write(ByteBuffer bytes) throws BackupException {
        while (bytes.hasRemaining()) {
            drain.requireOpen();
            try {
                pack.write(bytes);
            } catch (IOException e) {
                BackupException problem = journal.failed(e, "write pack " + key);
                // A disk that is full gets room when what waits there is on tape.
                if (!Trouble.is(problem, "device.full") || !drain.makeRoom()) {
                    throw problem;
                }
            }
        }
    }

    @Override
    public void commit() throws BackupException {
        drain.requireOpen();
        pack.commit(key, replaces);
        drain.came();
        if (!drain.takes(key)) {
            drain.awaitTape();
        }
    }

    @Override
    public void close() {
        pack.close();
    }
}
