package org.azekura.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of drivers in the home. Its form stands in the description of this package; each change is durable at return. One thread at a time. */
final class DriverHome {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final String CURRENT = "current";
    private static final String ABOUT = ".about";
    private static final Logger LOG = LoggerFactory.getLogger(DriverHome.class);
    /** More than any package may have. */
    private static final long MAX_BYTES = 257L << 20;

    private final Path root;
    private final Path coming;
    private final Disk disk;

    /** @param step told before each change of the disk */
    DriverHome(Path root, Consumer<String> step) {
        this.root = root;
        this.coming = root.resolve(".coming");
        this.disk = new Disk(step);
    }

    /** Something that touches the disk. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException, BackupException;
    }

    private <T> T on(String what, Work<T> work) throws BackupException {
        try {
            return work.run();
        } catch (IOException e) {
            throw BackupException.device("driver.home", root.toString(), "cannot " + what + " in " + root + ": " + e, e);
        }
    }

    /** Makes it ready for a run of the process: what a kill left half goes. */
    void open() throws BackupException {
        on("make order", () -> {
            Files.createDirectories(root);
            if (Files.exists(coming, LinkOption.NOFOLLOW_LINKS)) {
                disk.delete(coming);
            }
            Files.createDirectory(coming);
            return null;
        });
    }

    /** The drivers there are, by name, removed ones too. What has no record was never whole and goes. */
    List<String> names() throws BackupException {
        return on("look for drivers", () -> {
            List<String> names = new ArrayList<>();
            for (Path folder : Disk.list(root)) {
                String name = folder.getFileName().toString();
                if (NAME.matcher(name).matches()) {
                    if (Files.exists(folder.resolve(CURRENT))) {
                        names.add(name);
                    } else {
                        disk.delete(folder);
                    }
                }
            }
            return names.stream().sorted().toList();
        });
    }

    /** A copy of a package, which nobody else changes; of one that is too large by far only its beginning. */
    Path take(Path file) throws BackupException {
        return on("copy " + file, () -> {
            disk.step("copy");
            Path copy = Files.createTempFile(coming, "package-", ".azd");
            Disk.copy(file, copy, MAX_BYTES);
            return copy;
        });
    }

    void drop(Path copy) throws BackupException {
        on("remove " + copy, () -> Files.deleteIfExists(copy));
    }

    /** Null if there is none. */
    Current current(String name) throws BackupException {
        byte[] bytes = read(root.resolve(name).resolve(CURRENT));
        return bytes == null ? null : Current.parse(root.resolve(name).resolve(CURRENT).toString(), bytes);
    }

    /** Whether just this stands there. */
    boolean has(String name, Current current) throws BackupException {
        return Arrays.equals(current.encoded(), read(root.resolve(name).resolve(CURRENT)));
    }

    /** @throws BackupException {@code driver.record} also if it is not there */
    About about(String name, String folder) throws BackupException {
        Path file = root.resolve(name).resolve(folder + ABOUT);
        byte[] bytes = read(file);
        if (bytes == null || !Files.isDirectory(folder(name, folder))) {
            throw BackupException.corrupt("driver.record", name, "driver " + name + " is not whole: " + (bytes == null ? file : folder(name, folder)) + " is missing");
        }
        return About.parse(file.toString(), bytes);
    }

    /** Of all versions that lie there, the newest first; those that can't be read are left out. */
    List<About> abouts(String name) throws BackupException {
        return on("look for versions of " + name, () -> {
            List<About> abouts = new ArrayList<>();
            for (Path file : Disk.list(root.resolve(name))) {
                String found = file.getFileName().toString();
                if (found.endsWith(ABOUT) && Current.FOLDER.matcher(found.substring(0, found.length() - ABOUT.length())).matches()) {
                    about(name, found.substring(0, found.length() - ABOUT.length()), abouts);
                }
            }
            return abouts.stream().sorted(Comparator.comparing(About::version).reversed()).toList();
        });
    }

    private void about(String name, String folder, List<About> to) throws BackupException {
        try {
            About about = about(name, folder);
            if (about.folder().equals(folder)) {
                to.add(about);
            }
        } catch (BackupException e) {
            if (!e.failure().code().equals("driver.record")) {
                throw e;
            }
        }
    }

    private byte[] read(Path file) throws BackupException {
        return on("read " + file, () -> Disk.read(file, Lines.MAX_BYTES + 1));
    }

    Path folder(String name, String folder) {
        return root.resolve(name).resolve(folder);
    }

    /** Unpacks a package beside what is there. It is not the current one yet. */
    void add(String name, Admission.Candidate candidate, About about) throws BackupException {
        Path folder = folder(name, about.folder());
        on("unpack", () -> {
            if (!Files.isDirectory(folder.getParent())) {
                disk.step("folder");
                Files.createDirectory(folder.getParent());
                Disk.sync(root);
            }
            if (Files.exists(folder)) {
                disk.delete(folder);
            }
            disk.step("unpack");
            candidate.extractTo(folder);
            disk.write(folder.resolveSibling(about.folder() + ABOUT), about.encoded());
            return null;
        });
    }

    /** From here on this is what the next start of the process runs. */
    void put(String name, Current current) throws BackupException {
        on("note the version of " + name, () -> {
            disk.write(root.resolve(name).resolve(CURRENT), current.encoded());
            return null;
        });
    }

    /** Removes what the record does not name; without a record, all. Where the record is damaged all stays. */
    void tidy(String name) throws BackupException {
        Current current;
        try {
            current = current(name);
        } catch (BackupException e) {
            LOG.debug("{}", e.getMessage());
            return;
        }
        if (current == null) {
            remove(name);
            return;
        }
        Set<String> kept = current.previous() == null ? Set.of(current.here()) : Set.of(current.here(), current.previous());
        on("remove old versions of " + name, () -> {
            for (Path file : Disk.list(root.resolve(name))) {
                String found = file.getFileName().toString();
                if (!found.equals(CURRENT) && !kept.contains(found.endsWith(ABOUT) ? found.substring(0, found.length() - ABOUT.length()) : found)) {
                    disk.delete(file);
                }
            }
            return null;
        });
    }

    /** Forgets a driver. */
    void remove(String name) throws BackupException {
        on("remove " + name, () -> {
            if (!Files.exists(root.resolve(name))) {
                return null;
            }
            disk.step("forget");
            Files.deleteIfExists(root.resolve(name).resolve(CURRENT));
            Disk.sync(root.resolve(name));
            disk.delete(root.resolve(name));
            return null;
        });
    }
}
