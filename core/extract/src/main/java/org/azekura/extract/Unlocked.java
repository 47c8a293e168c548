package org.azekura.extract;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.SessionId;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.RecoveryFile;
import org.azekura.engine.seal.SessionKey;

/** What a recovery file opens. Safe for any number of threads. */
final class Unlocked {

    private final PoolKeys keys;
    private final Media media;
    private final ChunkNamer namer;
    private final Map<SessionId, SessionKey> sessions = new ConcurrentHashMap<>();

    private Unlocked(PoolKeys keys, Media media) {
        this.keys = keys;
        this.media = media;
        this.namer = new ChunkNamer(keys.idKey());
    }

    /**
     * Opens the newest key ring that the file's key opens; on media without any, the file's own.
     *
     * @throws BackupException {@code key.wrong}; {@code keyring.corrupt} if only damaged rings are left
     */
    static Unlocked open(Media media, RecoveryFile file) throws BackupException {
        BackupException failure = null;
        for (KeyRing ring : media.rings().isEmpty() ? List.of(KeyRing.parse(file.keyRing())) : media.rings()) {
            try {
                return new Unlocked(ring.unlock(file.key()), media);
            } catch (BackupException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw failure;
    }

    ChunkNamer namer() {
        return namer;
    }

    /** @throws BackupException {@code session.unknown} if no volume has it; {@code key.epoch} if it is younger than the key ring that could be opened */
    SessionKey session(SessionId id) throws BackupException {
        byte[] sealed = media.session(id);
        if (sealed == null && !sessions.containsKey(id)) {
            throw BackupException.corrupt("session.unknown", id.toString(), "the key of session " + id + " is on none of these volumes");
        }
        return session(id, sealed);
    }

    /** @param sealed as a manifest has it */
    SessionKey session(SessionId id, byte[] sealed) throws BackupException {
        SessionKey known = sessions.get(id);
        if (known == null) {
            known = keys.session(sealed);
            sessions.put(id, known);
        }
        return known;
    }
}
