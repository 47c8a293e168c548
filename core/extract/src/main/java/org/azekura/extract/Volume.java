package org.azekura.extract;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.engine.volume.Label;

/**
 * A volume that is a folder; only read.
 *
 * @param label null if it can't be read
 */
record Volume(Path folder, Label label) {

    private static final String LABEL = "azekura-label";
    private static final String PACKS = "packs";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern RING = Pattern.compile("keyring-[1-9][0-9]{0,8}");

    /** Whether a folder looks like one. */
    static boolean isAt(Path folder) {
        return Files.isRegularFile(folder.resolve(LABEL)) || Files.isDirectory(folder.resolve(PACKS)) && Files.isDirectory(folder.resolve("snapshots"));
    }

    /** What is sound on a volume without a sound label is read all the same: reading harms nothing. */
    static Volume open(Path folder, Notes notes) throws BackupException {
        Path file = folder.resolve(LABEL);
        try {
            if (Files.exists(file)) {
                return new Volume(folder, Label.parse(bytes(file, Label.BYTES)));
            }
            notes.warn(folder + " has no label; what lies there is read all the same");
        } catch (BackupException e) {
            notes.warn(folder + ": " + e.getMessage() + "; what lies there is read all the same");
        }
        return new Volume(folder, null);
    }

    /** For people. */
    String name() {
        return label == null ? folder.toString() : label.name();
    }

    /** In no order. */
    List<PackId> packs() throws BackupException {
        List<PackId> packs = new ArrayList<>();
        for (Path above : files(folder.resolve(PACKS), Pattern.compile("[0-9a-f]{2}"))) {
            for (Path pack : files(above, ID)) {
                packs.add(PackId.parse(pack.getFileName().toString()));
            }
        }
        return packs;
    }

    Path pack(PackId id) {
        String name = id.toString();
        return folder.resolve(PACKS).resolve(name.substring(0, 2)).resolve(name);
    }

    List<Path> manifests() throws BackupException {
        return files(folder.resolve("snapshots"), ID);
    }

    /** Newest first. */
    List<Path> checkpoints() throws BackupException {
        return files(folder.resolve("checkpoints"), NUMBER).reversed();
    }

    /** Newest first. */
    List<Path> keyRings() throws BackupException {
        List<Path> rings = new ArrayList<>(files(folder, RING));
        rings.sort((a, b) -> Integer.compare(number(b), number(a)));
        return rings;
    }

    private static int number(Path ring) {
        String name = ring.getFileName().toString();
        return Integer.parseInt(name.substring(name.indexOf('-') + 1));
    }

    private static List<Path> files(Path folder, Pattern names) throws BackupException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(file -> {
                if (names.matcher(file.getFileName().toString()).matches()) {
                    files.add(file);
                }
            });
        } catch (NoSuchFileException | NotDirectoryException e) {
            return files;
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(folder, e);
        }
        files.sort(null);
        return files;
    }

    /** @throws BackupException also if there are more than {@code max} bytes */
    static byte[] bytes(Path file, int max) throws BackupException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(max + 1);
            if (bytes.length > max) {
                throw BackupException.corrupt("volume.unreadable", file.toString(), file + " has more than " + max + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static BackupException unreadable(Path file, Exception why) {
        return BackupException.media("volume.unreadable", file.toString(), "cannot read " + file + ": " + why, why);
    }
}
