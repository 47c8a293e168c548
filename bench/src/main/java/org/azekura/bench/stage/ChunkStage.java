package org.azekura.bench.stage;

import java.util.concurrent.TimeUnit;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Chunker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Cutting and naming. The unit is MiB in a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ChunkStage {

    private static final int MIBS = 16;

    private final byte[] content = Content.mixed(MIBS * Content.MIB);
    private final Chunker chunker = new Chunker(ChunkSizes.DEFAULT, Content.ID_KEY);
    private final ChunkNamer namer = new ChunkNamer(Content.ID_KEY);

    @Benchmark
    @OperationsPerInvocation(MIBS)
    public int cut() {
        int chunks = 0;
        for (int at = 0; at < content.length; chunks++) {
            at += chunker.cut(content, at, content.length, true);
        }
        return chunks;
    }

    @Benchmark
    @OperationsPerInvocation(MIBS)
    public ChunkId name() {
        ChunkId last = null;
        for (int at = 0; at < content.length; at += Content.MIB) {
            last = namer.data(content, at, Content.MIB);
        }
        return last;
    }
}
