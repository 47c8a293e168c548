package org.azekura.api.access;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who is logged in. Kept in memory only: after a start of the appliance everybody logs in again. A session ends when it was not used for a while, at
 * the latest some hours after it was opened, and at once when what its caller proved himself by changes. Safe for any number of threads.
 */
@ProviderType
public interface Sessions {

    /**
     * What somebody says about himself.
     *
     * @param name     as he types it; it may be none
     * @param password may be anything
     * @param code     of the second factor, or a recovery code; null: none was given
     */
    record Login(String name, String password, String code) {}

    /**
     * Takes as long for a name that nobody has as for a wrong password. Of several callers at a time some wait.
     *
     * @param from the caller's address, empty on this machine
     */
    Entry open(Login login, String from) throws BackupException;

    /** For somebody who has proven himself by a token already. @throws BackupException {@code token.unknown} if it has gone meanwhile */
    Entry.Opened open(Caller caller, String from) throws BackupException;

    /**
     * Gives a user another password. All his sessions end; the answer is a new one.
     *
     * @param login with the password that he has; no code is asked for
     * @throws BackupException {@code password.invalid}: the new one will not do, and nothing was changed
     */
    Entry changePassword(Login login, String password, String from) throws BackupException;

    /** The session of this secret, which is used by that; empty if there is none or it has ended. */
    Optional<Session> find(String secret) throws BackupException;

    /** The newest first. @param caller of one caller, as {@link Caller#name}; null: of all */
    List<Session> list(String caller) throws BackupException;

    /** @throws BackupException {@code session.unknown} */
    void end(String id) throws BackupException;

    /** Forgets how often somebody, or somebody by this name, tried. */
    void unlock(UserName name) throws BackupException;
}
