package org.azekura.catalog.postgresql;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By what a server that takes part hears at once that something is offered. The thread that takes waits at it without a lock; whoever ends the part closes it under that wait. Its session says
 * that the server takes part, so there is none as soon as it does not.
 */
final class OfferBell {

    static final String CHANNEL = "azekura_offer";
    private static final Logger LOG = LoggerFactory.getLogger(OfferBell.class);

    private final PostgresDatabase database;
    private final WriterMark mark;
    private final BooleanSupplier isPart;
    /** Null if this server takes no part, or nobody has waited yet. Guarded by this. */
    private Bell bell;

    /** @param isPart whether this server takes part just now */
    OfferBell(PostgresDatabase database, WriterMark mark, BooleanSupplier isPart) {
        this.database = database;
        this.mark = mark;
        this.isPart = isPart;
    }

    /** From one thread at a time. @return null if this server takes no part */
    Bell listen() throws BackupException {
        synchronized (this) {
            if (bell != null) {
                return bell;
            }
        }
        Bell made = isPart.getAsBoolean() ? database.bell(CHANNEL, mark.part()) : null;
        synchronized (this) {
            if (isPart.getAsBoolean()) {
                bell = made;
                return made;
            }
        }
        quietly(made);
        return null;
    }

    /** The part of this server is over, or it can't be heard what is offered. */
    void hush() {
        Bell gone;
        synchronized (this) {
            gone = bell;
            bell = null;
        }
        quietly(gone);
    }

    private static void quietly(Bell gone) {
        if (gone != null) {
            try {
                gone.close();
            } catch (Exception e) {
                LOG.debug("{}", e.getMessage());
            }
        }
    }
}
