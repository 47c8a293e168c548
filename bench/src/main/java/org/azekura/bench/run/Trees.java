package org.azekura.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Compares what was restored with what was saved. */
final class Trees {

    private Trees() {}

    /** @throws IOException naming the first path below that is missing, too much, or differs in kind, mode, time of change or content */
    static void equal(Path saved, Path restored) throws IOException {
        same(saved, restored);
        if (Files.isDirectory(saved, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> names = names(saved);
            if (!names.equals(names(restored))) {
                throw new IOException(restored + " has other names than " + saved);
            }
            for (Path name : names) {
                equal(saved.resolve(name), restored.resolve(name));
            }
        } else if (Files.mismatch(saved, restored) >= 0) {
            throw new IOException(restored + " has other content than " + saved);
        }
    }

    private static List<Path> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(Path::getFileName).sorted().toList();
        }
    }

    private static void same(Path saved, Path restored) throws IOException {
        for (String attribute : List.of("unix:mode", "lastModifiedTime", "unix:uid", "unix:gid")) {
            Object expected = Files.getAttribute(saved, attribute, LinkOption.NOFOLLOW_LINKS);
            Object found = Files.getAttribute(restored, attribute, LinkOption.NOFOLLOW_LINKS);
            if (!expected.equals(found)) {
                throw new IOException(restored + ": " + attribute + " is " + found + ", expected " + expected);
            }
        }
    }
}
