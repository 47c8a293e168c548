package org.azekura.bench.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.SealedSession;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.JobPins;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Which chunks are known: what a node answers a client for each chunk. Any chunk of all is asked for. The unit is chunks in a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class IndexStage {

    private static final TrustGroup GROUP = new TrustGroup(3, 4);
    private static final int CHUNKS_PER_PACK = 32;
    private static final int FRAME = 1 << 20;

    @Param({"1000000", "10000000"})
    public int chunks;

    private final SplittableRandom random = new SplittableRandom(1);
    private Path folder;
    private ChunkIndex index;
    private JobPins pins;

    @Setup
    public void fill() throws BackupException, IOException {
        folder = Files.createTempDirectory("index-stage");
        index = ChunkIndex.open(folder, new VolumeId(1, 2));
        pins = index.pins();
        SealedSession session = new SealedSession(new SessionId(5, 6), new byte[1200]);
        for (int first = 0; first < chunks; first += CHUNKS_PER_PACK) {
            List<IndexEntry> entries = new ArrayList<>(CHUNKS_PER_PACK);
            for (int i = 0; i < CHUNKS_PER_PACK; i++) {
                entries.add(new IndexEntry(id(first + i, 0), session.session(), 100L + (long) i * FRAME, FRAME));
            }
            index.add(new PackIndex(new PackId(7, first), ChunkKind.DATA, GROUP, List.of(session), entries), (long) CHUNKS_PER_PACK * FRAME, Instant.EPOCH, null);
        }
    }

    @TearDown
    public void clear() throws IOException {
        index.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** As evenly spread as a hash, and found again by its number. */
    private static ChunkId id(int number, int kind) {
        SplittableRandom bits = new SplittableRandom((long) kind << 32 | number);
        return new ChunkId(bits.nextLong(), bits.nextLong(), bits.nextLong(), bits.nextLong());
    }

    /** Finds it and pins its pack. */
    @Benchmark
    public boolean known() throws BackupException {
        return index.known(pins, GROUP, id(random.nextInt(chunks), 0));
    }

    @Benchmark
    public boolean unknown() throws BackupException {
        return index.known(pins, GROUP, id(random.nextInt(chunks), 1));
    }
}
