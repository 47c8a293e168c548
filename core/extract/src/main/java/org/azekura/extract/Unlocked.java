package org.azekura.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.SessionId;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.RecipientKey;
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
     * Opens the newest key ring that the file's key opens.
     *
     * @param passphrase null if the file is not protected by one
     * @throws BackupException {@code key.passphrase}, {@code key.wrong}; {@code keyring.corrupt} if only damaged rings are left
     */
    static Unlocked open(Media media, RecoveryFile file, char[] passphrase, Notes notes) throws BackupException {
        RecipientKey key = file.key(passphrase);
        List<KeyRing> rings = new ArrayList<>(media.rings());
        rings.removeIf(ring -> isForeign(ring, key, file.mark(), notes));
        if (file.keyRing() != null && rings.stream().noneMatch(ring -> ring.recipient(file.keyId()) != null)) {
            rings = List.of(KeyRing.parse(file.keyRing()));
        }
        if (rings.isEmpty()) {
            throw BackupException.operator("key.missing", file.keyId(), "there is no key ring on these volumes that can be read; give the pool's recovery"
                    + " file, which has one");
        }
        return new Unlocked(KeyRing.unlockNewest(rings, key), media);
    }

    /** Anybody who can write the volume can make a ring that opens; only the pool's own has the mark that the file names. */
    private static boolean isForeign(KeyRing ring, RecipientKey key, String mark, Notes notes) {
        try {
            boolean foreign = mark != null && !ring.unlock(key).mark().equals(mark);
            if (foreign) {
                notes.warn("key ring " + ring.number() + " is not of the pool for which the recovery file was made; it is left out");
            }
            return foreign;
        } catch (BackupException e) {
            return false;
        }
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
