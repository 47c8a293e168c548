package org.azekura.bench.stage;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** zstd alone, a MiB at a time. The unit is MiB in a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CompressStage {

    private static final int MIBS = 16;

    @Param({"1", "3", "6"})
    public int level;

    private final byte[] content = Content.mixed(MIBS * Content.MIB);
    private final byte[] output = new byte[Math.toIntExact(Zstd.compressBound(Content.MIB))];
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();

    @Benchmark
    @OperationsPerInvocation(MIBS)
    public int compress() {
        zstd.setLevel(level);
        int sum = 0;
        for (int at = 0; at < content.length; at += Content.MIB) {
            sum += zstd.compressByteArray(output, 0, output.length, content, at, Content.MIB);
        }
        return sum;
    }
}
