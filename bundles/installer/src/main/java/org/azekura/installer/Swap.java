package org.azekura.installer;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.driver.DeviceUse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts one version of a driver in another's place while jobs wait. Used once, by one thread. */
final class Swap {

    private static final Logger LOG = LoggerFactory.getLogger(Swap.class);

    private final Uses.Pausing users;
    private final DriverFramework framework;

    /** @param users of the driver */
    Swap(Uses.Pausing users, DriverFramework framework) {
        this.users = users;
        this.framework = framework;
    }

    /** Makes a copy of the version that ran, for when it can't be started itself. */
    @FunctionalInterface
    interface Again {
        DriverBundles install() throws BackupException;
    }

    /** What the next start of the process runs is the new version. */
    @FunctionalInterface
    interface Commit {
        void run() throws BackupException;
    }

    /** What runs at the end. */
    sealed interface End {

        DriverBundles running();

        /** The new version. */
        record Swapped(DriverBundles running) implements End {}

        /** The one before. @param why the new one would not do */
        record BackedOut(DriverBundles running, BackupException why) implements End {}

        /** Nothing. @param why the one before would not do either */
        record Lost(BackupException why) implements End {
            @Override
            public DriverBundles running() {
                return null;
            }
        }
    }

    /**
     * @param old   what runs; null if nothing does
     * @param next  resolved, not started
     * @param again for a fresh copy of {@code old}; null if there was nothing
     */
    End run(String why, DriverBundles old, DriverBundles next, Again again, Commit commit) throws BackupException {
        long begin = System.nanoTime();
        End end;
        DeviceUse.Pause pause;
        try {
            pause = users.pause(framework.patience().calls());
        } catch (BackupException e) {
            next.uninstall();
            throw e;
        }
        try (pause) {
            end = swap(old, next, again, commit, pause);
        }
        LOG.info("{}: who uses it waited {} ms", why, Duration.ofNanos(System.nanoTime() - begin).toMillis());
        if (end instanceof End.Swapped && old != null) {
            old.uninstall();
        }
        return end;
    }

    private End swap(DriverBundles old, DriverBundles next, Again again, Commit commit, DeviceUse.Pause pause) {
        if (old != null) {
            framework.stop(old);
        }
        Duration patience = framework.patience().start();
        try {
            next.start(patience);
            pause.prove(patience);
            commit.run();
            return new End.Swapped(next);
        } catch (BackupException e) {
            LOG.warn("{}; the version before is started again", e.getMessage());
            framework.discard(next);
            return backOut(old, again, pause, e);
        }
    }

    private End backOut(DriverBundles old, Again again, DeviceUse.Pause pause, BackupException why) {
        if (again == null) {
            return new End.Lost(why);
        }
        try {
            DriverBundles back = old != null && old.canStart() ? old : again.install();
            back.start(framework.patience().start());
            try {
                pause.prove(framework.patience().start());
            } catch (BackupException e) {
                // It runs; whoever uses it sees what is wrong with a device, which may be the device itself.
                LOG.error("the version before runs again, and {}", e.getMessage());
            }
            return new End.BackedOut(back, why);
        } catch (BackupException e) {
            e.addSuppressed(why);
            return new End.Lost(e);
        }
    }
}
