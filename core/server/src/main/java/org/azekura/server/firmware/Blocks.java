package org.azekura.server.firmware;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;

/**
 * Whether each block of an update is the one that was signed. The signature is of a hash tree's root; RAUC proves blocks while it reads them, that is
 * while it writes a slot. Here they are proved before. A file is: content, tree, signature, and the signature's length in 8 bytes.
 */
final class Blocks {

    private static final int BLOCK = 4096;
    private static final int LENGTH = Long.BYTES;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Pattern SAID = Pattern.compile("Verity (Salt|Hash|Size):\\s*'?([0-9a-f]+)'?");

    private Blocks() {}

    /**
     * @param said what RAUC says of the file, for people
     * @throws BackupException {@code firmware.refused}
     */
    static void requireWhole(Path file, String said) throws BackupException {
        String salt = null;
        String hash = null;
        long tree = 0;
        for (Matcher found = SAID.matcher(said); found.find();) {
            switch (found.group(1)) {
                case "Salt" -> salt = found.group(2);
                case "Hash" -> hash = found.group(2);
                default -> tree = Long.parseLong(found.group(2));
            }
        }
        if (hash == null || salt == null) {
            return; // another form, whose signature is of all bytes
        }
        long content = content(file) - tree;
        Program.Said proof = Program.call(LIMIT, List.of("veritysetup", "verify", "--no-superblock", "--salt=" + salt, "--hash-offset=" + content,
                "--data-blocks=" + content / BLOCK, file.toString(), file.toString(), hash), Map.of());
        if (!proof.went()) {
            throw Rauc.refused("it is not as it was signed: " + proof.wrong() + "; get it again");
        }
    }

    /** Bytes before the signature. */
    private static long content(Path file) throws BackupException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long end = in.length() - LENGTH;
            in.seek(end);
            return end - in.readLong();
        } catch (IOException e) {
            throw BackupException.device("firmware.io", file.toString(), "cannot read " + file + ": " + e, e);
        }
    }
}
