package org.azekura.server.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.server.home.OwnerOnly;

/** Up to which act this home has what servers of its catalog know of a pool's keys: {@code keys/_acts/POOL}, a text without keys. By it a shelf that was set back is known. */
final class TwinRecord {

    private final Path folder;

    TwinRecord(Path folder) throws BackupException {
        this.folder = folder;
        OwnerOnly.directory(folder);
    }

    /** @throws BackupException {@code key.corrupt} */
    TwinKey get(PoolName pool) throws BackupException {
        Path file = folder.resolve(pool.value());
        try {
            return TwinKey.parse(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return TwinKey.NONE;
        } catch (IOException e) {
            throw OwnerOnly.failed(file, e);
        } catch (IllegalArgumentException e) {
            throw BackupException.corrupt("key.corrupt", pool.value(), file + " is damaged (" + e.getMessage() + "); delete it: what other servers know of pool " + pool + " is followed then");
        }
    }

    /** Durable at return. */
    void put(PoolName pool, TwinKey key) throws BackupException {
        if (!get(pool).equals(key.bare())) {
            OwnerOnly.write(folder.resolve(pool.value()), key.bare().encoded());
        }
    }
}
