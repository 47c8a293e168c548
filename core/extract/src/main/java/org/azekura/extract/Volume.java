package org.azekura.extract;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.engine.volume.Label;

/**
 * A volume, or those of a set of cartridges together; only read.
 *
 * @param label null if it can't be read
 */
record Volume(Medium medium, Label label) {

    static final String LABEL = "azekura-label";
    private static final String PACKS = "packs/";
    private static final Pattern PACK = Pattern.compile("packs/([0-9a-f]{2})/\\1[0-9a-f]{30}");
    private static final Pattern MANIFEST = Pattern.compile("snapshots/[0-9a-f]{32}");
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoints/[0-9a-f]{16}");
    private static final Pattern REGISTER = Pattern.compile("registers/[0-9a-f]{16}");
    private static final Pattern RING = Pattern.compile("keyring-[1-9][0-9]{0,8}");

    /** Whether a folder looks like one. */
    static boolean isAt(Path folder) {
        return Files.isRegularFile(folder.resolve(LABEL)) || Files.isDirectory(folder.resolve(PACKS)) && Files.isDirectory(folder.resolve("snapshots"));
    }

    /** That of a folder. */
    static Volume open(Path folder, Notes notes) throws BackupException {
        return open(new Folder(folder), notes);
    }

    /** What is sound on a volume without a sound label is read all the same: reading harms nothing. */
    static Volume open(Medium medium, Notes notes) throws BackupException {
        try {
            Label label = medium.label();
            if (label != null) {
                return new Volume(medium, label);
            }
            notes.warn(medium.where() + " has no label; what lies there is read all the same");
        } catch (BackupException e) {
            notes.warn(medium.where() + ": " + e.getMessage() + "; what lies there is read all the same");
        }
        return new Volume(medium, null);
    }

    /** For people. */
    String name() {
        return label == null ? where() : label.name();
    }

    /** For people: where it is. */
    String where() {
        return medium.where();
    }

    /** In the order in which they are read best. */
    List<PackId> packs() throws BackupException {
        return names(PACKS, PACK).stream().map(name -> PackId.parse(name.substring(name.lastIndexOf('/') + 1))).toList();
    }

    Medium.Blob pack(PackId id) throws BackupException {
        String name = id.toString();
        return medium.open(PACKS + name.substring(0, 2) + "/" + name);
    }

    List<String> manifests() throws BackupException {
        return names("snapshots/", MANIFEST);
    }

    /** Newest first. */
    List<String> checkpoints() throws BackupException {
        List<String> names = names("checkpoints/", CHECKPOINT);
        names.sort(Comparator.reverseOrder());
        return names;
    }

    /** Newest first; of a volume in a folder none. */
    List<String> registers() throws BackupException {
        List<String> names = medium.isTape() ? names("registers/", REGISTER) : new ArrayList<>();
        names.sort(Comparator.reverseOrder());
        return names;
    }

    /** Newest first. */
    List<String> keyRings() throws BackupException {
        List<String> rings = names("keyring-", RING);
        rings.sort(Comparator.comparingInt(Volume::number).reversed());
        return rings;
    }

    private static int number(String ring) {
        return Integer.parseInt(ring.substring(ring.indexOf('-') + 1));
    }

    private List<String> names(String prefix, Pattern pattern) throws BackupException {
        List<String> names = new ArrayList<>(medium.names(prefix));
        names.removeIf(name -> !pattern.matcher(name).matches());
        return names;
    }

    /** For people: one of its blobs. */
    String at(String name) {
        return where() + "/" + name;
    }

    /** @throws BackupException also if there are more than {@code max} bytes */
    byte[] bytes(String name, int max) throws BackupException {
        return bytes(medium, name, max);
    }

    /** The same of a file. */
    static byte[] bytes(Path file, int max) throws BackupException {
        Path whole = file.toAbsolutePath();
        return bytes(new Folder(whole.getParent()), whole.getFileName().toString(), max);
    }

    static byte[] bytes(Medium medium, String name, int max) throws BackupException {
        try (Medium.Blob blob = medium.open(name)) {
            if (blob.size() > max) {
                throw BackupException.corrupt("volume.unreadable", name, medium.where() + "/" + name + " has more than " + max + " bytes");
            }
            ByteBuffer into = ByteBuffer.allocate((int) blob.size());
            while (into.hasRemaining() && blob.read(into.position(), into) > 0) { }
            byte[] bytes = new byte[into.position()];
            into.flip().get(bytes);
            return bytes;
        }
    }

    static BackupException unreadable(String what, Exception why) {
        return BackupException.media("volume.unreadable", what, "cannot read " + what + ": " + why, why);
    }
}
