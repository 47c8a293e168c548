package org.azekura.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files below a folder at one moment, and what a power loss may leave of them. A program that has synced its files at one moment
 * and written on until another finds, after a power loss, every sector as it was at the one or at the other, in any mixture.
 *
 * @param files content by path below the folder
 */
public record FileCut(Map<String, byte[]> files) {

    /** Copies every file, but for those whose path ends so. Nobody may be writing. */
    public static FileCut of(Path folder, String... leaveOut) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (Arrays.stream(leaveOut).noneMatch(file.toString()::endsWith)) {
                    files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
        return new FileCut(files);
    }

    /** What may be there if the power went after these files were durable and {@code later} was written, but not yet synced. */
    public FileCut torn(FileCut later, Random random) {
        Map<String, byte[]> remains = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>(files.keySet());
        names.addAll(later.files.keySet());
        for (String name : names) {
            byte[] old = files.get(name);
            byte[] fresh = later.files.get(name);
            if (old != null && fresh != null) {
                remains.put(name, torn(old, fresh, random));
            } else if (random.nextBoolean()) {
                // Made or removed since: the folder's entry may have reached the disk, or not.
                remains.put(name, old != null ? old : torn(new byte[0], fresh, random));
            }
        }
        return new FileCut(remains);
    }

    private static byte[] torn(byte[] old, byte[] fresh, Random random) {
        int shorter = Math.min(old.length, fresh.length);
        int longer = Math.max(old.length, fresh.length);
        byte[] mixed = Arrays.copyOf(old, switch (random.nextInt(3)) {
            case 0 -> old.length;
            case 1 -> fresh.length;
            default -> shorter + random.nextInt(longer - shorter + 1);
        });
        // Everything up to some place, or sectors anywhere, few or most of them.
        int chance = random.nextInt(3);
        int prefix = chance == 0 ? random.nextInt(fresh.length + 1) : 0;
        for (int at = 0; at < mixed.length; at += FaultDisk.SECTOR) {
            int end = Math.min(Math.min(mixed.length, fresh.length), at + FaultDisk.SECTOR);
            if (end > at && (chance == 0 ? at < prefix : random.nextInt(8) < (chance == 1 ? 2 : 7))) {
                System.arraycopy(fresh, at, mixed, at, end - at);
            }
        }
        return mixed;
    }

    /** Makes the folder hold exactly these files. */
    public void writeTo(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(Files::isRegularFile).forEach(FileCut::delete);
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
