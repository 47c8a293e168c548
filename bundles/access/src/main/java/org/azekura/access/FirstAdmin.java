package org.azekura.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Role;
import org.azekura.api.access.Users;
import org.azekura.api.catalog.User;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user that a new appliance begins with. His password is for once, kept here until the launcher shows it, and nowhere else; who did not see it gets
 * another by {@code azekura user reset admin} on the appliance itself. Who sets up machines without looking at them lays a file {@value #FILE} into the
 * home before the first start: one line, the password for once, or what a password is checked by ({@code $argon2id$…}).
 */
final class FirstAdmin implements Supplier<String>, BooleanSupplier {

    static final String FILE = "etc/first-password";

    /** Service property that the launcher, which shares no class with us, finds this by; its value is the user's name. */
    static final String PROPERTY = "azekura.first.password";
    /** Why what the file says was not taken; empty if it was, or there is none. */
    static final String REFUSED = "azekura.first.refused";
    static final UserName NAME = new UserName("admin");

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdmin.class);

    private final AtomicReference<String> password = new AtomicReference<>();
    private final UserDesk users;
    private final Path file;
    private User made;
    private String refused = "";

    FirstAdmin(UserDesk users, Path home) {
        this.users = users;
        this.file = home.resolve(FILE);
    }

    /** Makes the user if there is none at all. The file goes in any case: it is of no use later, and has a secret in it. */
    void ensure() throws BackupException {
        Optional<String> wanted = wanted();
        if (users.list().isEmpty()) {
            made = wanted.isPresent() ? given(wanted.get()) : null;
            if (made == null) {
                Users.Made first = users.create(new Users.Wanted(NAME, Role.ADMIN, Set.of(), null));
                made = first.user();
                password.set(first.password());
                LOG.info("made the user {}; his password for once is shown where the appliance was started, and only there", NAME);
            }
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} can't be removed; remove it: a password is in it", file, e);
        }
    }

    /** @return null if it can't be taken: then there is one to show, as without it */
    private User given(String wanted) {
        try {
            User first = users.createFirst(NAME, wanted);
            LOG.info("made the user {} with the password of {}", NAME, FILE);
            return first;
        } catch (BackupException e) {
            LOG.warn("what {} says can't be taken, another password for once is shown: {}", FILE, e.getMessage());
            refused = e.getMessage();
            return null;
        }
    }

    private Optional<String> wanted() {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} can't be read, another password for once is shown", file, e);
            return Optional.empty();
        }
    }

    /** Once it was made. */
    String refused() {
        return refused;
    }

    /** Whether the password that was made opens nothing any more: he has another, or is gone. */
    @Override
    public boolean getAsBoolean() {
        try {
            return made == null || users.list().stream().noneMatch(user -> user.name().equals(NAME) && user.password().equals(made.password()));
        } catch (BackupException e) {
            LOG.debug("whether the first password was used can't be seen just now", e);
            return false;
        }
    }

    /** The password, once; null if there is none to show. */
    @Override
    public String get() {
        return password.getAndSet(null);
    }
}
