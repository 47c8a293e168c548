package org.azekura.bench.stage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.seal.SessionKey;
import org.azekura.engine.seal.Unsealer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whole frames there and back: level 0 seals only, 3 compresses too. The unit is MiB of plain bytes in a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SealStage {

    private static final int MIBS = 16;
    private static final byte[] NO_CLEAR = {};

    @Param({"0", "3"})
    public int level;

    private final byte[] content = Content.mixed(MIBS * Content.MIB);
    private final ChunkNamer namer = new ChunkNamer(Content.ID_KEY);
    private final List<ChunkId> ids = new ArrayList<>();
    private final List<ByteBuffer> frames = new ArrayList<>();
    private Sealer sealer;
    private SessionKey session;

    @Setup
    public void sealOnce() throws BackupException {
        Sealer.warmUp();
        RecipientKey recipient = RecipientKey.generate();
        KeyRing ring = KeyRing.create(List.of(Recipient.of("bench", recipient)));
        PoolKeys keys = ring.unlock(recipient);
        sealer = Sealer.open(ring.epoch(), ring.epochPublicKey());
        session = keys.session(sealer.sealedKey());
        for (int at = 0; at < content.length; at += Content.MIB) {
            ids.add(namer.data(content, at, Content.MIB));
            frames.add(seal(ids.size() - 1));
        }
    }

    private ByteBuffer seal(int chunk) {
        return sealer.seal(ChunkKind.DATA, ids.get(chunk), NO_CLEAR, content, chunk * Content.MIB, Content.MIB, level);
    }

    @Benchmark
    @OperationsPerInvocation(MIBS)
    public ByteBuffer seal() {
        ByteBuffer last = null;
        for (int chunk = 0; chunk < MIBS; chunk++) {
            last = seal(chunk);
        }
        return last;
    }

    @Benchmark
    @OperationsPerInvocation(MIBS)
    public byte[] open() throws BackupException {
        byte[] last = null;
        for (int chunk = 0; chunk < MIBS; chunk++) {
            last = Unsealer.open(Frame.parse(frames.get(chunk).duplicate()), session.chunkKey(ids.get(chunk)));
        }
        return last;
    }
}
