package org.azekura.felix.config.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The independent tree generator and walk, {@code src/test/python/tree.py}. */
final class Tree {

    static final boolean ROOT = "0".equals(Run.of(Duration.ofSeconds(10), "id", "-u").out().strip());

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Tree() {}

    /** All file kinds. Answers what could not be made here, one line each. */
    static List<String> make(Path dir, long seed) {
        return python("tree.py", "make", dir.toString(), "--seed", Long.toString(seed)).exits(0).errLines();
    }

    static void bulk(Path dir, int files, long bytes, long seed) {
        python("tree.py", "bulk", dir.toString(), "--files", Integer.toString(files), "--bytes", Long.toString(bytes), "--seed",
                Long.toString(seed)).exits(0);
    }

    static void sparse(Path file, long size, long seed) {
        python("tree.py", "sparse", file.toString(), "--size", Long.toString(size), "--seed", Long.toString(seed)).exits(0);
    }

    /** One line per entry. */
    static List<String> list(Path dir) {
        return python("tree.py", "list", dir.toString()).exits(0).outLines();
    }

    /** One line per difference; empty if the trees are equal in everything that a restore must bring back. */
    static List<String> diff(Path a, Path b, String... options) {
        List<String> arguments = new ArrayList<>(List.of("tree.py", "diff", a.toString(), b.toString(), "--blocks"));
        arguments.addAll(Arrays.asList(options));
        Run run = python(arguments.toArray(String[]::new));
        return run.exits(run.out().isEmpty() ? 0 : 1).outLines();
    }

    static Run python(String... arguments) {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(Arrays.asList(arguments));
        return Run.of(LIMIT, Path.of("src/test/python"), Map.of(), command);
    }
}
