package org.azekura.access;

import java.nio.charset.StandardCharsets;
import org.azekura.api.BackupException;

/** What requests bring and what comes of them, sealed by the home's key for the number of each: passwords are among it. */
record RequestSeal(HomeKey key) {

    static String label(long number) {
        return "request " + number;
    }

    String close(String text, long number) {
        return key.seal(text.getBytes(StandardCharsets.UTF_8), label(number));
    }

    /** @throws BackupException {@code request.damaged} */
    String open(String sealed, long number) throws BackupException {
        try {
            return new String(key.open(sealed, label(number)), StandardCharsets.UTF_8);
        } catch (BackupException e) {
            throw new BackupException(BackupException.corrupt("request.damaged", Long.toString(number), "request " + number
                    + " cannot be read: it was changed, or access.key of the home is another one; ask anew").failure(), e);
        }
    }
}
