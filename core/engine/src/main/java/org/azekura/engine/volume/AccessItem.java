package org.azekura.engine.volume;

import java.time.Instant;
import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.UserName;

/** Who was let in, and by how many persons something dangerous is done. Nothing in it lets anybody in: no password, no second factor, no token. */
public sealed interface AccessItem extends ConfigurationItem {

    /**
     * A user.
     *
     * @param role     the single word that people see
     * @param clients  that he has to do with, in the order of the alphabet; none: all
     * @param factor   whether he has to have a second factor
     * @param disabled whether he was kept out
     */
    record Account(UserName name, String role, List<ClientName> clients, boolean factor, boolean disabled, Instant made) implements AccessItem {

        public Account {
            clients = List.copyOf(clients);
        }
    }

    /**
     * Whoever had a name that is given to none again, as the audit log names him.
     *
     * @param person who stood behind it; empty if nobody can tell
     */
    record FormerCaller(String name, String person) implements AccessItem {}

    /**
     * What dangerous acts wait for.
     *
     * @param persons 1 or 2
     * @param delay_s seconds
     */
    record PersonsRule(int persons, long delay_s) implements AccessItem {

        public PersonsRule {
            if (persons < 1 || persons > 2 || delay_s < 0) {
                throw new IllegalArgumentException("not in a checkpoint: a rule for " + persons + " persons with a delay of " + delay_s + " s");
            }
        }
    }
}
