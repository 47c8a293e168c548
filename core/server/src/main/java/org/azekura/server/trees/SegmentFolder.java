package org.azekura.server.trees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.azekura.api.BackupException;

/** The folder that has what is on the shared device, and the names in it. Thread-safe. */
record SegmentFolder(Path path) {

    private static final String FRAMES = ".frames";
    private static final String PART = ".part";
    private static final String PENDING = ".pending";
    private static final String WRITER = "writer";
    /** There if all that is on the device was here too when the store was closed. */
    private static final String WHOLE = "whole";

    /** Under which name this folder's owner writes: two servers may have one name, and a copy of a folder is met as what it is. */
    String writer(String server) throws IOException {
        Path file = path.resolve(WRITER);
        if (!Files.exists(file)) {
            Path draft = path.resolve(WRITER + ".tmp");
            Files.writeString(draft, Segment.server(server) + "." + HexFormat.of().toHexDigits(new SecureRandom().nextInt()) + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    Path file(Segment segment) {
        return path.resolve(segment.key() + FRAMES);
    }

    /** What has come of one so far. */
    Path part(Segment segment) {
        return path.resolve(segment.key() + PART);
    }

    /** Frames that are not on the device yet. */
    Path pending(int number) {
        return path.resolve("%08d".formatted(number) + PENDING);
    }

    void move(Path from, Segment to) throws IOException {
        Files.move(from, file(to), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ascending. */
    List<Segment> segments() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(FRAMES))
                    .map(name -> Segment.parse(name.substring(0, name.length() - FRAMES.length()))).flatMap(Optional::stream).sorted().toList();
        }
    }

    /** Forgets what never came to the device: nobody was told that it is durable. */
    void forgetPending() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(file -> file.toString().endsWith(PENDING)).toList()) {
                Files.delete(file);
            }
        }
    }

    void whole(boolean is) throws IOException {
        if (is) {
            Files.writeString(path.resolve(WHOLE), "");
        } else {
            Files.deleteIfExists(path.resolve(WHOLE));
        }
        new TreeFolder(path).sync();
    }

    /**
     * Makes files of a store of this folder alone of all segments, in their order.
     *
     * @throws BackupException {@code trees.shared} if they may not be all that there are
     */
    void leave() throws IOException, BackupException {
        List<Segment> segments = segments();
        if (segments.isEmpty()) {
            return;
        }
        if (!Files.exists(path.resolve(WHOLE))) {
            throw BackupException.operator("trees.shared", path.toString(), "tree pages are in a shared store, and " + path + " has not all of them: put the"
                    + " setting treesDevice back, start once while that device is there, and stop with \"azekura down\"; then take the setting away");
        }
        TreeFolder folder = new TreeFolder(path);
        int last = folder.numbers().isEmpty() ? 0 : folder.numbers().getLast();
        for (Segment segment : segments) {
            Files.move(file(segment), folder.file(++last), StandardCopyOption.ATOMIC_MOVE);
        }
        whole(false);
    }
}
