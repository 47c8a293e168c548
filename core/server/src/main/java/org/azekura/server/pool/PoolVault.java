package org.azekura.server.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.SessionKey;
import org.azekura.server.home.OwnerOnly;

/**
 * The recipient keys this server holds, one file {@code keys/POOL} of mode 0600 each, and what they open. Safe for any
 * number of threads.
 */
public final class PoolVault {

    private final Path folder;
    private final CatalogStore catalog;
    private final Map<PoolName, PoolKeys> unlocked = new ConcurrentHashMap<>();
    private final Map<SessionId, SessionKey> sessions = new ConcurrentHashMap<>();

    /** @param folder {@code keys} in the home; made if it is not there */
    public PoolVault(Path folder, CatalogStore catalog) throws BackupException {
        this.folder = folder;
        this.catalog = catalog;
        OwnerOnly.directory(folder);
    }

    /** Makes a recipient key and keeps it, durable at return. */
    RecipientKey generate(PoolName pool) throws BackupException {
        RecipientKey key = RecipientKey.generate();
        OwnerOnly.write(file(pool), HexFormat.of().formatHex(key.seed()).getBytes(StandardCharsets.US_ASCII));
        return key;
    }

    /** Undoes {@link #generate}. */
    void forget(PoolName pool) throws BackupException {
        unlocked.remove(pool);
        try {
            Files.deleteIfExists(file(pool));
        } catch (IOException e) {
            throw OwnerOnly.failed(file(pool), e);
        }
    }

    /** @throws BackupException {@code key.missing} if this server holds no key of the pool */
    RecipientKey recipient(PoolName pool) throws BackupException {
        Path file = file(pool);
        if (!Files.exists(file)) {
            throw BackupException.operator("key.missing", pool.value(), "this server holds no key of pool " + pool + " (" + file + ")");
        }
        try {
            return new RecipientKey(HexFormat.of().parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip()));
        } catch (IOException e) {
            throw OwnerOnly.failed(file, e);
        } catch (IllegalArgumentException e) {
            throw BackupException.corrupt("key.corrupt", pool.value(), "the key of pool " + pool + " in " + file + " is damaged: "
                    + e.getMessage());
        }
    }

    /** @throws BackupException {@code key.missing}, {@code key.wrong} */
    public PoolKeys keys(Pool pool) throws BackupException {
        PoolKeys known = unlocked.get(pool.name());
        if (known == null) {
            known = KeyRing.parse(pool.keyRing()).unlock(recipient(pool.name()));
            unlocked.put(pool.name(), known);
        }
        return known;
    }

    /** The key of a session that the catalog knows. */
    public SessionKey session(Pool pool, SessionId id) throws BackupException {
        SessionKey known = sessions.get(id);
        if (known == null) {
            byte[] sealed = catalog.read(view -> view.session(id)).orElseThrow(() -> BackupException.corrupt("session.unknown",
                    id.toString(), "the catalog does not know session " + id + " of pool " + pool.name())).sealed();
            known = keys(pool).session(sealed);
            sessions.put(id, known);
        }
        return known;
    }

    private Path file(PoolName pool) {
        return folder.resolve(pool.value());
    }
}
