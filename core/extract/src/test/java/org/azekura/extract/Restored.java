package org.azekura.extract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A restored tree, one line for each entry: type, mode, number of names, time, size, hash or target, name. */
final class Restored {

    private Restored() {}

    static List<String> list(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(path -> !path.equals(top)).map(path -> line(top, path)).sorted().toList();
        }
    }

    private static String line(Path top, Path path) {
        try {
            String type = Files.isSymbolicLink(path) ? "l" : Files.isDirectory(path) ? "d" : Files.isRegularFile(path) ? "f" : "o";
            int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
            int links = type.equals("d") ? 1 : (int) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
            Instant time = ((FileTime) Files.getAttribute(path, "lastModifiedTime", LinkOption.NOFOLLOW_LINKS)).toInstant();
            String content = switch (type) {
                case "l" -> "-> " + Files.readSymbolicLink(path);
                case "f" -> Files.size(path) + " " + hash(path);
                default -> "-";
            };
            return "%s  %s %04o %d %s %s".formatted(top.relativize(path), type, mode, links, time, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
