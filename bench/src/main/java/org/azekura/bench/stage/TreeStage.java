package org.azekura.bench.stage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.Page;
import org.azekura.engine.tree.TreeReader;
import org.azekura.engine.tree.TreeWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Entries of a directory to pages and back; going back is also what a rebuild of the catalog does. The unit is entries in a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TreeStage {

    private static final int ENTRIES = 10_000;
    private static final int IN_SEGMENT = 300;

    private final Entry[] entries = new Entry[ENTRIES];
    private final Map<ChunkId, Page> pages = new HashMap<>();
    private final ChunkNamer namer = new ChunkNamer(Content.ID_KEY);
    private ChunkId tree;

    @Setup
    public void writeOnce() throws BackupException {
        Instant time = Instant.parse("2026-01-01T00:00:00.123456789Z");
        byte[] hash = new byte[32];
        for (int i = 0; i < ENTRIES; i++) {
            ChunkId segment = new ChunkId(i / IN_SEGMENT, 2, 3, 4);
            Entry.Content content = new Entry.Content.Inline(List.of(new Extent(segment, i % IN_SEGMENT * 3000, 3000)), hash);
            entries[i] = new Entry("file-%05d.txt".formatted(i).getBytes(US_ASCII), Entry.Type.FILE, 0644, 0, 0, "root", "root", 3000,
                    time.plusSeconds(i), time.plusSeconds(i), 0, null, 0, 0, List.of(), content, false);
        }
        tree = write();
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public ChunkId write() throws BackupException {
        TreeWriter writer = new TreeWriter(namer, pages::put);
        for (Entry entry : entries) {
            writer.add(entry);
        }
        return writer.finish();
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long read() throws BackupException {
        long[] bytes = {0};
        new TreeReader(pages::get).entries(tree, null, entry -> {
            bytes[0] += entry.size();
            return true;
        });
        return bytes[0];
    }
}
