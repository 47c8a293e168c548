package org.azekura.server.trees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.api.BackupException;

/** The folder that has what is on the shared device, and the names in it. Thread-safe. */
record SegmentFolder(Path path) {

    private static final String FRAMES = ".frames";
    private static final String PART = ".part";
    private static final String PENDING = ".pending";
    private static final String WRITER = "writer";
    private static final Pattern OPENED = Pattern.compile("(.+\\.[0-9a-f]{8})\\.\\d+");
    /** There if all that is on the device was here too when the store was closed. */
    private static final String WHOLE = "whole";

    /**
     * Under which name this folder's owner writes from now on: two servers may have one name, and a copy of a folder is met as what it is. Each opening has
     * another, so that a put which outlives the store that began it takes no name of the next one.
     */
    String writer(String server) throws IOException {
        Path file = path.resolve(WRITER);
        String last = Files.exists(file) ? Files.readString(file).strip() : Segment.server(server) + "." + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
        String owner = owner(last);
        String now = owner + "." + (owner.equals(last) ? 1 : Long.parseLong(last.substring(owner.length() + 1)) + 1);
        Path draft = path.resolve(WRITER + ".tmp");
        Files.writeString(draft, now + "\n");
        TreeFolder.force(draft);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        new TreeFolder(path).sync();
        return now;
    }

    /** What the names have in common under which one folder's owner writes. */
    static String owner(String writer) {
        Matcher parts = OPENED.matcher(writer);
        return parts.matches() ? parts.group(1) : writer;
    }

    Path file(Segment segment) {
        return path.resolve(segment.key() + FRAMES);
    }

    /** What has come of one so far. */
    Path part(Segment segment) {
        return path.resolve(segment.key() + PART);
    }

    /** Frames that are not on the device yet. @param writer whose they are */
    Path pending(String writer, int number) {
        return path.resolve("%s-%08d".formatted(writer, number) + PENDING);
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

    /** Forgets what never came to the device: nobody was told that it is durable. @param writer whose; empty for all */
    void forgetPending(String writer) throws IOException {
        String begin = writer.isEmpty() ? "" : writer + "-";
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(file -> file.toString().endsWith(PENDING) && file.getFileName().toString().startsWith(begin)).toList()) {
                Files.deleteIfExists(file);
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
