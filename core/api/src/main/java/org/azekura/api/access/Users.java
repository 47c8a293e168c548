package org.azekura.api.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.UserName;
import org.azekura.api.catalog.Identity;
import org.azekura.api.catalog.User;
import org.osgi.annotation.versioning.ProviderType;

/** Who may log in with a password. Safe for any number of threads. */
@ProviderType
public interface Users {

    /** By name. */
    List<User> list() throws BackupException;

    /** @throws BackupException {@code user.unknown} */
    User get(UserName name) throws BackupException;

    /** Who he is at the provider that he comes by; empty if he has a password of his own. */
    Optional<Identity> identity(UserName name) throws BackupException;

    /**
     * A user as he is to be.
     *
     * @param password null: one for once is made
     */
    record Wanted(UserName name, Role role, Set<ClientName> clients, String password) {

        public Wanted {
            clients = Set.copyOf(clients);
        }
    }

    /** @param password for once, told here and nowhere else; null if he was given one */
    record Made(User user, String password) {}

    /** @throws BackupException {@code user.exists}, {@code password.invalid}, {@code role.invalid}: a restorer has to do with clients that are named; nothing was changed */
    Made create(Wanted wanted) throws BackupException;

    /**
     * What is to be otherwise; null: as it is.
     *
     * @param factor whether he has to have a second factor
     */
    record Change(Role role, Set<ClientName> clients, Boolean disabled, Boolean factor) {

        public Change {
            clients = clients == null ? null : Set.copyOf(clients);
        }
    }

    /** His sessions end. @throws BackupException {@code user.unknown}, {@code role.invalid}, {@code user.last}: nobody else is an admin; nothing was changed */
    User change(UserName name, Change change) throws BackupException;

    /**
     * Gives him another password; his sessions end.
     *
     * @param password null: one for once is made
     * @throws BackupException {@code user.unknown}, {@code password.invalid}
     */
    Made reset(UserName name, String password) throws BackupException;

    /** His sessions end. @throws BackupException {@code user.unknown}, {@code user.last} */
    void delete(UserName name) throws BackupException;
}
