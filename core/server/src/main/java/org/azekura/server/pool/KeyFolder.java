package org.azekura.server.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.server.home.OwnerOnly;

/** Keys of 32 bytes, a file of hexadecimal digits for each pool, readable by the owner only. */
final class KeyFolder {

    private final Path folder;

    KeyFolder(Path folder) throws BackupException {
        this.folder = folder;
        OwnerOnly.directory(folder);
    }

    void put(PoolName pool, byte[] key) throws BackupException {
        OwnerOnly.write(file(pool), HexFormat.of().formatHex(key).getBytes(StandardCharsets.US_ASCII));
    }

    /** Null if there is none. */
    byte[] get(PoolName pool) throws BackupException {
        Path file = file(pool);
        try {
            byte[] key = HexFormat.of().parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
            if (key.length != RecipientKey.BYTES) {
                throw new IllegalArgumentException(key.length + " bytes, expected " + RecipientKey.BYTES);
            }
            return key;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw OwnerOnly.failed(file, e);
        } catch (IllegalArgumentException e) {
            throw BackupException.corrupt("key.corrupt", pool.value(), "the key of pool " + pool + " in " + file + " is damaged: "
                    + e.getMessage());
        }
    }

    void delete(PoolName pool) throws BackupException {
        try {
            Files.deleteIfExists(file(pool));
        } catch (IOException e) {
            throw OwnerOnly.failed(file(pool), e);
        }
    }

    /**
     * Has here what others have: one that is not here is kept, one that is here goes only if it is gone elsewhere. One that is damaged stays.
     *
     * @param key  theirs, null if they have none
     * @param gone whether they have let go of one
     * @return whether something changed
     */
    boolean follow(PoolName pool, byte[] key, Predicate<byte[]> gone) throws BackupException {
        byte[] here = get(pool);
        boolean goes = here != null && gone.test(here);
        if (key != null && (here == null || goes)) {
            put(pool, key);
            return true;
        }
        if (goes) {
            delete(pool);
        }
        return goes;
    }

    private Path file(PoolName pool) {
        return folder.resolve(pool.value());
    }
}
