package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.engine.chunk.Hkdf;

/** The key of one backup session, from which the keys of its chunks come. Thread-safe. */
public final class SessionKey {

    private static final byte[] INFO = "azekura chunk".getBytes(US_ASCII);
    private static final byte[] DETAILS = "azekura manifest".getBytes(US_ASCII);

    private static final byte[] CONFIGURATION = "azekura configuration".getBytes(US_ASCII);

    private final SessionId session;
    private final byte[] key;

    SessionKey(SessionId session, byte[] key) {
        this.session = session;
        this.key = key;
    }

    public SessionId session() {
        return session;
    }

    /** The key that opens this chunk as this session sealed it, and nothing else. */
    public byte[] chunkKey(ChunkId id) {
        ByteBuffer info = ByteBuffer.allocate(INFO.length + ChunkId.BYTES).put(INFO);
        id.write(info);
        return Hkdf.derive(key, info.array(), Gcm.KEY_BYTES);
    }

    /**
     * Opens what {@link Sealer#sealDetails} sealed.
     *
     * @param clear what it is bound to
     * @throws BackupException {@code manifest.key} if it was not sealed in this session, for this snapshot, beside these clear bytes
     */
    public byte[] openDetails(SnapshotId snapshot, byte[] clear, byte[] sealed) throws BackupException {
        try {
            if (sealed.length < Gcm.NONCE_BYTES) {
                throw new AEADBadTagException("there is no nonce");
            }
            ByteBuffer from = ByteBuffer.wrap(sealed, Gcm.NONCE_BYTES, sealed.length - Gcm.NONCE_BYTES);
            return Gcm.opening(detailsKey(snapshot), Arrays.copyOf(sealed, Gcm.NONCE_BYTES), clear).open(from);
        } catch (AEADBadTagException e) {
            throw BackupException.corrupt("manifest.key", snapshot.toString(), "snapshot " + snapshot + ": the sealed part of its manifest does"
                    + " not open with the key of session " + session);
        }
    }

    /**
     * Opens what {@link Sealer#sealConfiguration} sealed.
     *
     * @param clear what it is bound to
     * @throws BackupException {@code configuration.key} if it was not sealed in this session, beside these clear bytes
     */
    public byte[] openConfiguration(byte[] clear, byte[] sealed) throws BackupException {
        try {
            if (sealed.length < Gcm.NONCE_BYTES) {
                throw new AEADBadTagException("there is no nonce");
            }
            ByteBuffer from = ByteBuffer.wrap(sealed, Gcm.NONCE_BYTES, sealed.length - Gcm.NONCE_BYTES);
            return Gcm.opening(configurationKey(), Arrays.copyOf(sealed, Gcm.NONCE_BYTES), clear).open(from);
        } catch (AEADBadTagException e) {
            throw BackupException.corrupt("configuration.key", session.toString(), "the sealed part of configuration does not open with the key of session "
                    + session);
        }
    }

    byte[] configurationKey() {
        return Hkdf.derive(key, CONFIGURATION, Gcm.KEY_BYTES);
    }

    byte[] detailsKey(SnapshotId snapshot) {
        byte[] id = snapshot.bytes();
        return Hkdf.derive(key, ByteBuffer.allocate(DETAILS.length + id.length).put(DETAILS).put(id).array(), Gcm.KEY_BYTES);
    }

    void forget() {
        Arrays.fill(key, (byte) 0);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "key of session " + session;
    }
}
