package org.azekura.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.BackupException;

/** A folder that {@link DriverPackage#extractTo} has made, read again. */
public final class UnpackedFolder {

    private static final int PIECE = 64 << 10;

    private UnpackedFolder() {}

    /**
     * What {@link DriverPackage#contentId} said of the package: it is another if a byte of what lies in the folder is, or if a file is missing or is one
     * too many.
     *
     * @throws BackupException {@code package.io}; {@code package.refused} if nothing of a package is there, or too much
     */
    public static String contentId(Path folder) throws BackupException {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> files = found.filter(file -> !Files.isDirectory(file)).limit(EntryList.MAX_ENTRIES + 1L).toList();
            if (files.isEmpty() || files.size() > EntryList.MAX_ENTRIES) {
                throw DriverPackage.refused(folder, new Flaw(files.isEmpty() ? "nothing is there" : "it has more than " + EntryList.MAX_ENTRIES + " files"),
                        DriverPackage.ANEW);
            }
            List<EntryList.Line> lines = new ArrayList<>();
            for (Path file : files) {
                lines.add(line(folder.relativize(file).toString(), file));
            }
            lines.sort(Comparator.comparing((EntryList.Line line) -> !line.name().equals(EntryName.MANIFEST)).thenComparing(EntryList.Line::name));
            return Digests.hex(new EntryList(lines).encode());
        } catch (IOException e) {
            throw BackupException.device("package.io", folder.toString(), "cannot read " + folder + ": " + e, e);
        }
    }

    /**
     * What the package said of itself.
     *
     * @throws BackupException {@code package.io}; {@code package.refused} if it is not what a package says
     */
    public static DriverManifest manifest(Path folder) throws BackupException {
        try {
            return ManifestText.decode(Files.readAllBytes(folder.resolve(EntryName.MANIFEST)));
        } catch (IOException e) {
            throw BackupException.device("package.io", folder.toString(), "cannot read " + folder + ": " + e, e);
        } catch (Flaw e) {
            throw DriverPackage.refused(folder, e, DriverPackage.ANEW);
        }
    }

    private static EntryList.Line line(String name, Path file) throws IOException {
        MessageDigest sha256 = Digests.sha256();
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[PIECE];
            for (int got = in.read(piece); got > 0; got = in.read(piece)) {
                sha256.update(piece, 0, got);
                size += got;
            }
        }
        return new EntryList.Line(name, size, HexFormat.of().formatHex(sha256.digest()));
    }
}
