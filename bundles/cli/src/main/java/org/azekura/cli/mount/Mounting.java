package org.azekura.cli.mount;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is at the place where something is to be mounted, and how it is taken away again. */
final class Mounting {

    private static final int DEVICE_FIELD = 2;
    private static final int POINT_FIELD = 4;
    private static final int READ_AHEAD_KiB = 1024;
    private static final long END_SECONDS = 10;

    private Mounting() {}

    /**
     * Looks whether something can be mounted there.
     *
     * @return the directory, without symbolic links
     * @throws IOException why not, in one line
     */
    static Path require(Path asked) throws IOException {
        String there = name(asked.toAbsolutePath().normalize());
        if (there != null) {
            throw new IOException(asked + " is a mount of " + there + " already; unmount it first: " + end(asked));
        }
        if (!Files.exists(asked)) {
            throw new IOException("there is no directory " + asked + "; make it first: mkdir " + asked);
        }
        if (!Files.isDirectory(asked)) {
            throw new IOException(asked + " is no directory; a snapshot is mounted on an empty one");
        }
        Path directory = asked.toRealPath();
        there = name(directory);
        if (there != null) {
            throw new IOException(asked + " is a mount of " + there + " already; unmount it first: " + end(asked));
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            if (entries.iterator().hasNext()) {
                throw new IOException(asked + " is not empty; what is in it would be hidden: give an empty directory");
            }
        }
        return directory;
    }

    /** How it is unmounted by who has mounted it, for people. */
    static String end(Path directory) {
        return (isRoot() ? "umount " : "fusermount3 -u ") + directory;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** What is mounted at this place, null if nothing is. */
    private static String name(Path directory) throws IOException {
        String name = null;
        for (String[] fields : table()) {
            int dash = List.of(fields).indexOf("-");
            if (dash > 0 && plain(fields[POINT_FIELD]).equals(latin(directory)) && fields[dash + 1].startsWith("fuse")) {
                name = plain(fields[dash + 2]);
            }
        }
        return name;
    }

    /** Has the kernel read as much ahead as one question may be for; its own measure of 128 KiB is for disks. Who is not root goes without. */
    static void readAhead(String device) {
        try {
            Files.writeString(Path.of("/sys/class/bdi", device, "read_ahead_kb"), READ_AHEAD_KiB + "\n");
        } catch (IOException e) {
            // it reads in smaller pieces
        }
    }

    /** The number by which the table of mounts names what was mounted there last. */
    static String device(Path directory) throws IOException {
        String device = null;
        for (String[] fields : table()) {
            if (plain(fields[POINT_FIELD]).equals(latin(directory))) {
                device = fields[DEVICE_FIELD];
            }
        }
        if (device == null) {
            throw new IOException(directory + " was unmounted as soon as it was mounted");
        }
        return device;
    }

    /** Whether this process sees it somewhere. */
    static boolean isMounted(String device) {
        try {
            return table().stream().anyMatch(fields -> fields[DEVICE_FIELD].equals(device));
        } catch (IOException e) {
            return true;
        }
    }

    private static List<String[]> table() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo"), StandardCharsets.ISO_8859_1).stream().map(line -> line.split(" ")).toList();
    }

    private static String latin(Path path) {
        return new String(path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The table writes blanks as octal numbers. */
    private static String plain(String field) {
        return field.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\");
    }

    /** Why libfuse could not mount; it has printed what it knows. */
    static String why(Path directory) {
        if (!Files.exists(Path.of("/dev/fuse"))) {
            return "there is no /dev/fuse: the kernel's module fuse is not loaded (modprobe fuse), or this container is not given the device";
        }
        if (!isRoot() && !isInPath("fusermount3")) {
            return "who is not root mounts by fusermount3, which is not on this machine; install the Debian package fuse3";
        }
        return "the snapshot can't be mounted on " + directory + "; what libfuse says of it stands above";
    }

    private static boolean isInPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":")).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Also if it is in use; nothing if it is no mount any more. */
    static void detach(Path directory) {
        List<String> command = isRoot() ? List.of("umount", "-l", directory.toString())
                : List.of("fusermount3", "-u", "-z", directory.toString());
        try {
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // it goes with this process
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
