package org.azekura.access;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Role;
import org.azekura.api.access.Users;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user that a new appliance begins with. His password is for once, kept here until the launcher shows it, and nowhere else; who did not see it gets
 * another by {@code azekura user reset admin} on the appliance itself.
 */
final class FirstAdmin implements Supplier<String> {

    /** Service property that the launcher, which shares no class with us, finds this by; its value is the user's name. */
    static final String PROPERTY = "azekura.first.password";
    static final UserName NAME = new UserName("admin");

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdmin.class);

    private final AtomicReference<String> password = new AtomicReference<>();

    /** Makes the user if there is none at all. */
    void ensure(Users users) throws BackupException {
        if (users.list().isEmpty()) {
            password.set(users.create(new Users.Wanted(NAME, Role.ADMIN, Set.of(), null)).password());
            LOG.info("made the user {}; his password for once is shown where the appliance was started, and only there", NAME);
        }
    }

    /** The password, once; null if there is none to show. */
    @Override
    public String get() {
        return password.getAndSet(null);
    }
}
