package org.azekura.installer;

import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.driver.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts one version of a driver in another's place, and keeps the roster and the record. One thread at a time. */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final DriverHome home;
    private final DriverFramework framework;
    private final Roster roster;
    private final Uses uses;
    private final DeviceBook devices;

    Exchange(DriverHome home, DriverFramework framework, Roster roster, Uses uses, DeviceBook devices) {
        this.home = home;
        this.framework = framework;
        this.roster = roster;
        this.uses = uses;
        this.devices = devices;
    }

    /** By a version that is in no package of the home yet. */
    Outcome update(String name, Admission.Candidate candidate, About about) throws BackupException {
        Driver now = roster.get(name);
        Current before = now.whole() == null ? null : home.current(name);
        home.add(name, candidate, about);
        try {
            Whole whole = Whole.of(name, about, home.folder(name, about.folder()));
            String why = "driver " + name + " is updated" + (now.whole() == null ? "" : " from " + now.whole().version()) + " to " + about.version();
            LOG.info("{}", why);
            return swap(why, now, whole, now.whole() == null ? null : () -> framework.install(now.whole()), () -> home.put(name, Current.followed(before, about)));
        } finally {
            home.tidy(name);
        }
    }

    /** By the same, started anew. @param why it is */
    Outcome restart(String name, String why) throws BackupException {
        Driver now = roster.get(name);
        String what = "driver " + name + " " + now.whole().version() + " is started anew, for " + why;
        LOG.warn("{}", what);
        return swap(what, now, now.whole(), null, () -> {});
    }

    private Outcome swap(String why, Driver now, Whole whole, Swap.Again again, Swap.Commit commit) throws BackupException {
        DriverBundles next = resolved(whole);
        String name = whole.name();
        Set<DeviceName> served = Set.copyOf(devices.of(name));
        roster.put(name, now.swapping(why));
        Swap.End end = null;
        try {
            end = new Swap(patience -> uses.pause(whole.kind(), served, why, patience), framework).run(why, now.running(), next, again, commit);
            return ended(name, now, whole, end);
        } finally {
            if (end == null) {
                roster.put(name, now);
            }
        }
    }

    private DriverBundles resolved(Whole whole) throws BackupException {
        DriverBundles next = framework.install(whole);
        boolean resolved = false;
        try {
            next.resolve();
            resolved = true;
            return next;
        } finally {
            if (!resolved) {
                next.uninstall();
            }
        }
    }

    private Outcome ended(String name, Driver now, Whole whole, Swap.End end) {
        return switch (end) {
            case Swap.End.Swapped(DriverBundles running) -> {
                roster.put(name, Driver.active(whole, running));
                LOG.info("driver {} {} of {} runs", name, whole.version(), whole.source());
                yield new Outcome.Done(roster.describe(name));
            }
            case Swap.End.BackedOut(DriverBundles running, BackupException why) -> {
                // Who ordered a change of a transport may have lost the answer with it.
                roster.put(name, Driver.active(now.whole(), running).with(now.serves(Admission.Kind.DEVICE) ? ""
                        : whole.version() + " was backed out: " + why.getMessage()));
                LOG.warn("driver {} {} was backed out, {} runs again: {}", name, whole.version(), now.whole().version(), why.getMessage());
                yield new Outcome.BackedOut(roster.describe(name), why.getMessage());
            }
            case Swap.End.Lost(BackupException why) -> {
                roster.put(name, Driver.failed(now.whole(), why.getMessage()));
                LOG.error("driver {} does not run any more: {}", name, why.getMessage());
                yield new Outcome.BackedOut(roster.describe(name), why.getMessage());
            }
        };
    }
}
