package org.azekura.client.restore;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.Errno;
import org.azekura.client.posix.PosixException;

/**
 * What an entry is called until it is complete. The same saved path always gets the same name, so a restore that is done again
 * after it was cut off takes away what that one left.
 */
final class TemporaryName {

    private static final String PREFIX = ".azekura-restore-";
    private static final int HASH_BYTES = 12;

    private TemporaryName() {}

    static byte[] of(TargetPath path) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path.saved().bytes());
            return (PREFIX + HexFormat.of().formatHex(hash, 0, HASH_BYTES)).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Makes something under a temporary name. */
    @FunctionalInterface
    interface Making<T> {
        T make() throws PosixException;
    }

    /** Makes it; if there is a leftover of that name, in its place. */
    static <T> T make(Directory in, byte[] temporary, Making<T> making) throws PosixException {
        try {
            return making.make();
        } catch (PosixException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            in.remove(temporary);
            return making.make();
        }
    }
}
