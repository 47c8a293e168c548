package org.azekura.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.bench.meter.Program;

/** The kernel's caches. */
final class PageCache {

    private static final Path DROP = Path.of("/proc/sys/vm/drop_caches");

    private PageCache() {}

    static boolean mayDrop() {
        return Files.isWritable(DROP);
    }

    /** Has everything written out, so that nobody pays for what another one wrote; then drops it if the round is cold. */
    static void settle(Program program, boolean cold) throws IOException, InterruptedException {
        program.run("sync");
        if (cold) {
            Files.writeString(DROP, "3");
        }
    }
}
