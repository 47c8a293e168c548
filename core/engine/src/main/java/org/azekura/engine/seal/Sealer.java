package org.azekura.engine.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Codec;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.FrameHeader;

/** Seals the chunks of one backup session. Thread-safe; {@link #close} comes after the last seal has returned. */
public final class Sealer implements AutoCloseable {

    private final SecureRandom random;
    private final SessionKey key;
    private final byte[] sealedKey;
    private final ConcurrentLinkedQueue<Compressor> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private Sealer(SessionKey key, byte[] sealedKey, SecureRandom random) {
        this.random = random;
        this.key = key;
        this.sealedKey = sealedKey;
    }

    /**
     * Makes a fresh session key. It exists only here and, sealed to the epoch's key, in {@link #sealedKey()}.
     *
     * @param group whose chunks it seals
     * @throws IllegalArgumentException if this is no public key
     */
    public static Sealer open(TrustGroup group, int epoch, byte[] epochPublicKey) {
        return open(group, epoch, epochPublicKey, new SecureRandom());
    }

    /** One for what is no client's; it does not say whose chunks it seals. */
    public static Sealer open(int epoch, byte[] epochPublicKey) {
        return open(null, epoch, epochPublicKey);
    }

    static Sealer open(TrustGroup group, int epoch, byte[] epochPublicKey, SecureRandom random) {
        byte[] key = new byte[Gcm.KEY_BYTES];
        random.nextBytes(key);
        SealedKey sealed = SealedKey.close(group, epoch, epochPublicKey, key, random);
        return new Sealer(new SessionKey(sealed.session(), key), sealed.encoded(), random);
    }

    /** Names the session: the first 16 bytes of the SHA-256 of {@link #sealedKey()}. */
    public SessionId session() {
        return key.session();
    }

    /** The session key, sealed; whoever holds the epoch's private key opens it. */
    public byte[] sealedKey() {
        return sealedKey.clone();
    }

    /**
     * Compresses and seals one chunk.
     *
     * @param clear what is bound to the chunk but readable by all; empty for data
     * @param plain holds the chunk's bytes: {@code length} of them at {@code from}, 1 to 4 MiB
     * @param level zstd's level, the highest that is used: what gains little gets a lower one, what does not shrink is stored as it is.
     *              0 compresses nothing
     * @return a whole frame, from position to limit
     * @throws IllegalArgumentException if a length is out of bounds
     * @throws IllegalStateException if the session is closed
     */
    public ByteBuffer seal(ChunkKind kind, ChunkId id, byte[] clear, byte[] plain, int from, int length, int level) {
        if (closed) {
            throw new IllegalStateException("session " + session() + " is closed");
        }
        Compressor waiting = idle.poll();
        Compressor compressor = waiting != null ? waiting : new Compressor();
        try {
            int compressed = compressor.compress(plain, from, length, level);
            return compressed < 0
                    ? frame(kind, id, clear, Codec.STORED, length, plain, from, length)
                    : frame(kind, id, clear, Codec.ZSTD, length, compressor.output(), 0, compressed);
        } finally {
            giveBack(compressor);
        }
    }

    private ByteBuffer frame(ChunkKind kind, ChunkId id, byte[] clear, Codec codec, int plainLength, byte[] packed, int from, int length) {
        FrameHeader header = new FrameHeader(id, kind, codec, plainLength, clear.length, length + FrameHeader.SEAL_BYTES, session());
        byte[] head = header.encoded();
        byte[] nonce = new byte[Gcm.NONCE_BYTES];
        random.nextBytes(nonce);
        ByteBuffer frame = ByteBuffer.allocate(header.frameLength());
        frame.put(head).putInt(0).put(clear).put(nonce);
        Gcm.sealing(key.chunkKey(id), nonce, head, clear).seal(packed, from, length, frame.array(), frame.position());
        frame.rewind();
        Frame.stamp(frame);
        return frame;
    }

    /**
     * Seals what a snapshot's manifest says only to holders of keys.
     *
     * @param clear   what stands beside it, readable by all and bound to it
     * @return for {@link SessionKey#openDetails}
     */
    public byte[] sealDetails(SnapshotId snapshot, byte[] clear, byte[] details) {
        if (closed) {
            throw new IllegalStateException("session " + session() + " is closed");
        }
        byte[] nonce = new byte[Gcm.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = Gcm.sealing(key.detailsKey(snapshot), nonce, clear).seal(details);
        return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    }

    /**
     * Seals what configuration says only to holders of keys.
     *
     * @param clear what stands beside it, readable by all and bound to it
     * @return for {@link SessionKey#openConfiguration}
     */
    public byte[] sealConfiguration(byte[] clear, byte[] plain) {
        if (closed) {
            throw new IllegalStateException("session " + session() + " is closed");
        }
        byte[] nonce = new byte[Gcm.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = Gcm.sealing(key.configurationKey(), nonce, clear).seal(plain);
        return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    }

    private void giveBack(Compressor compressor) {
        idle.add(compressor);
        if (closed) {
            drain();
        }
    }

    private void drain() {
        for (Compressor c = idle.poll(); c != null; c = idle.poll()) {
            c.close();
        }
    }

    /** Forgets the session key. */
    @Override
    public void close() {
        closed = true;
        key.forget();
        drain();
    }

    /**
     * Makes the Java runtime load and compile what seals and opens, so that the first chunks go at full speed. Takes about two seconds
     * of one processor: call it in the background when a client starts. Calling it again does nothing.
     */
    public static void warmUp() {
        WarmUp.once();
    }
}
