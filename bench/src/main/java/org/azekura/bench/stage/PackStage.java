package org.azekura.bench.stage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.azekura.engine.pack.PackSource;
import org.azekura.engine.pack.PackWriter;
import org.azekura.engine.pack.SealedSession;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The index of a pack, which is what a chunk index and a catalog are rebuilt from. The unit is chunks in a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PackStage {

    private static final int CHUNKS = 4096;
    private static final int BYTES = 2 << 20;
    private static final byte[] NO_CLEAR = {};

    private PackSource pack;

    @Setup
    public void writeOnce() throws BackupException {
        KeyRing ring = KeyRing.create(List.of(Recipient.of("bench", RecipientKey.generate())));
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        byte[] plain = new byte[64];
        try (Sealer sealer = Sealer.open(ring.epoch(), ring.epochPublicKey())) {
            SealedSession session = new SealedSession(sealer.session(), sealer.sealedKey());
            PackWriter writer = new PackWriter(new PackId(1, 2), ChunkKind.DATA, new TrustGroup(3, 4), List.of(session), buffer -> bytes.put(buffer.duplicate()));
            for (int i = 0; i < CHUNKS; i++) {
                writer.append(sealer.seal(ChunkKind.DATA, new ChunkId(i, 1, 2, 3), NO_CLEAR, plain, 0, plain.length, 0));
            }
            writer.finish();
        }
        pack = new InMemory(Arrays.copyOf(bytes.array(), bytes.position()));
    }

    private record InMemory(byte[] bytes) implements PackSource {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long offset, ByteBuffer into) {
            int length = (int) Math.min(into.remaining(), bytes.length - offset);
            into.put(bytes, (int) offset, length);
            return length;
        }
    }

    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public PackIndex index() throws BackupException {
        return new PackReader(pack).index();
    }

    /** From the frames alone, as when the index is gone. */
    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public PackIndex scan() throws BackupException {
        return new PackReader(pack).scan();
    }
}
