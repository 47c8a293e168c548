package org.azekura.storagenode.cartridge.spool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;

/** Packs that were durable in a spool, and are not any more what they were. Thread-safe. */
final class Losses {

    /** So many are named; the others are in the log. */
    private static final int NAMED = 20;

    private final Path folder;
    private final List<String> last = new ArrayList<>();
    private long count;

    Losses(Path folder) {
        this.folder = folder;
    }

    synchronized void add(String what) {
        count++;
        last.add(what);
        if (last.size() > NAMED) {
            last.removeFirst();
        }
    }

    /** How many there were, ever. */
    synchronized long count() {
        return count;
    }

    /** @throws BackupException {@code spool.corrupt}: there were some since there were so many */
    synchronized void requireNoneSince(long before) throws BackupException {
        if (count > before) {
            List<String> named = last.subList((int) Math.max(0, last.size() - (count - before)), last.size());
            throw BackupException.corrupt("spool.corrupt", folder.toString(), count - before + " packs are damaged that were durable in " + folder + ": "
                    + String.join("; ", named) + "; run the backup again, and look at that disk");
        }
    }
}
