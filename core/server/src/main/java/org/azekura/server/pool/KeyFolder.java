package org.azekura.server.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.server.home.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys of 32 bytes, a file of hexadecimal digits for each pool, readable by the owner only. */
final class KeyFolder {

    /** No pool has such a name. */
    private static final String ASIDE = "_aside";

    private static final Logger log = LoggerFactory.getLogger(KeyFolder.class);

    private final Path folder;
    private final Function<byte[], String> name;

    /** @param name what a key is called, without telling it */
    KeyFolder(Path folder, Function<byte[], String> name) throws BackupException {
        this.folder = folder;
        this.name = name;
        OwnerOnly.directory(folder);
    }

    /** Durable at return. Another one that is here is put aside: none is overwritten. */
    void put(PoolName pool, byte[] key) throws BackupException {
        byte[] here = readable(pool);
        if (here == null ? Files.exists(file(pool)) : !Arrays.equals(here, key)) {
            putAside(pool, here == null ? "damaged-" + System.currentTimeMillis() : name.apply(here));
        }
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

    /** Null also if it is damaged. */
    byte[] readable(PoolName pool) throws BackupException {
        try {
            return get(pool);
        } catch (BackupException e) {
            if (e.failure().code().equals("key.corrupt")) {
                return null;
            }
            throw e;
        }
    }

    /** Keeps what is here where nobody looks for it. */
    private void putAside(PoolName pool, String id) throws BackupException {
        Path aside = folder.resolve(ASIDE);
        OwnerOnly.directory(aside);
        try {
            Files.move(file(pool), aside.resolve(pool + "." + id), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw OwnerOnly.failed(file(pool), e);
        }
        log.info("pool={} another key takes the place of key {} in {}, which is kept in {}", pool, id, folder, aside);
    }

    private Path file(PoolName pool) {
        return folder.resolve(pool.value());
    }
}
