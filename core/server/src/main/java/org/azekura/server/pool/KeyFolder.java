package org.azekura.server.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
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

    private Path file(PoolName pool) {
        return folder.resolve(pool.value());
    }
}
