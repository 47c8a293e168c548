package org.azekura.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compares what was restored with what was saved. */
final class Trees {

    private static final String ATTRIBUTES = "unix:mode,lastModifiedTime,uid,gid,size,isDirectory,isRegularFile";
    private static final List<String> COMPARED = List.of("mode", "lastModifiedTime", "uid", "gid");
    /** Shorter files are read at once. */
    private static final int SHORT = 64 << 10;

    private Trees() {}

    /** @throws IOException naming the first path found that is missing, too much, or differs in kind, mode, time of change or content */
    static void equal(Path saved, Path restored) throws IOException {
        try {
            same(saved, restored);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void unchecked(Path saved, Path restored) {
        try {
            same(saved, restored);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void same(Path saved, Path restored) throws IOException {
        Map<String, Object> expected = Files.readAttributes(saved, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        Map<String, Object> found = Files.readAttributes(restored, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        for (String attribute : COMPARED) {
            if (!expected.get(attribute).equals(found.get(attribute))) {
                throw new IOException(restored + ": " + attribute + " is " + found.get(attribute) + ", expected " + expected.get(attribute));
            }
        }
        if ((boolean) expected.get("isDirectory")) {
            String[] names = names(saved);
            if (!Arrays.equals(names, names(restored))) {
                throw new IOException(restored + " has other names than " + saved);
            }
            // On all cores: a million files would take minutes.
            Arrays.stream(names).parallel().forEach(name -> unchecked(saved.resolve(name), restored.resolve(name)));
        } else if ((boolean) expected.get("isRegularFile")) {
            content(saved, restored, (long) expected.get("size"), (long) found.get("size"));
        }
    }

    private static void content(Path saved, Path restored, long expected, long found) throws IOException {
        boolean same = expected == found && (expected < SHORT ? Arrays.equals(Files.readAllBytes(saved), Files.readAllBytes(restored))
                : Files.mismatch(saved, restored) < 0);
        if (!same) {
            throw new IOException(restored + " has other content than " + saved);
        }
    }

    private static String[] names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(path -> names.add(path.getFileName().toString()));
        }
        names.sort(null);
        return names.toArray(String[]::new);
    }
}
