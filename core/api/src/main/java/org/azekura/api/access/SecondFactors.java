package org.azekura.api.access;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Sessions.Login;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Codes that a device of the user makes from a secret and the time (RFC 6238: SHA-1, six digits, 30 seconds, which is what programs on telephones know).
 * Safe for any number of threads.
 */
@ProviderType
public interface SecondFactors {

    /** What comes of the wish to have one. */
    sealed interface Start {

        /**
         * The secret counts from {@link #confirm} on, within ten minutes; until then all is as it was.
         *
         * @param secret in base 32, to be typed
         * @param uri    the same and more as {@code otpauth://}, to be shown as a picture
         */
        record Begun(String secret, String uri) implements Start {}

        /** He did not prove that it is he. */
        record Not(Entry why) implements Start {}
    }

    /**
     * @param login   with the password, and a code if he has a second factor already, which is replaced
     * @param session by its id; no other confirms what it began
     */
    Start begin(Login login, String from, String session) throws BackupException;

    /**
     * It is there.
     *
     * @param recovery codes that open once each when the device is lost; told here and nowhere else
     * @param opened   a new session; all others of his have ended
     */
    record Confirmed(List<String> recovery, Entry.Opened opened) {}

    /**
     * @throws BackupException {@code factor.invalid}: the code is not one of the secret that was begun with, or none was in this session, or it was tried five
     *                         times; nothing was changed
     */
    Confirmed confirm(UserName user, String code, String from, String session) throws BackupException;

    /** For who has lost his: he has none any more, and his sessions end. @throws BackupException {@code user.unknown} */
    void remove(UserName user) throws BackupException;
}
