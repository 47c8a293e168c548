package org.azekura.installer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.driver.PublisherTrust;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the drivers at the start of the process: what the home has, what the distribution has in packages and is not here yet or newer, and what the
 * launcher has started already, unless the home has a newer one of it. Nobody uses drivers yet. What fails is left out, and said. Used once.
 */
final class Beginning {

    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

    private final Admission admission;
    private final DriverHome home;
    private final DriverFramework framework;
    private final Roster roster;
    private final Map<String, String> packed = new HashMap<>();

    Beginning(Admission admission, DriverHome home, DriverFramework framework, Roster roster) {
        this.admission = admission;
        this.home = home;
        this.framework = framework;
        this.roster = roster;
    }

    /**
     * What the distribution has.
     *
     * @param packages content ids of its packages, by the name of the driver
     * @param bundles  names of drivers that the launcher starts
     */
    record Distribution(Map<String, String> packages, Set<String> bundles) {}

    /**
     * @param packages of the distribution
     * @param trust    of these
     * @throws BackupException if not even the folder of drivers can be read
     */
    Distribution run(List<Path> packages, PublisherTrust trust) throws BackupException {
        framework.begin();
        home.open();
        Map<String, Admission.Candidate> distribution = new TreeMap<>();
        for (Path file : packages) {
            try {
                Admission.Candidate candidate = admission.look(file);
                distribution.merge(candidate.name(), candidate, (a, b) -> a.version().compareTo(b.version()) < 0 ? b : a);
            } catch (BackupException e) {
                LOG.error("a driver of the distribution is left out: {}", e.getMessage());
            }
        }
        Map<String, Shipped> shipped = framework.shipped().stream().collect(Collectors.toMap(one -> one.whole().name(), one -> one, (one, other) -> one));
        Set<String> all = new TreeSet<>(home.names());
        all.addAll(distribution.keySet());
        all.addAll(shipped.keySet());
        for (String name : all) {
            begin(name, distribution.get(name), shipped.get(name), trust);
        }
        return new Distribution(Map.copyOf(packed), Set.copyOf(shipped.keySet()));
    }

    private void begin(String name, Admission.Candidate offered, Shipped shipped, PublisherTrust trust) {
        if (offered != null) {
            packed.put(name, offered.contentId());
        }
        try {
            Records.Found found = new Records(admission, home).read(name);
            if (shipped != null) {
                beginBeside(name, found.current(), shipped);
            } else {
                begin(name, found.current(), offered, trust);
            }
            Driver now = roster.find(name);
            if (!found.problem().isEmpty()) {
                roster.put(name, now == null ? Driver.failed(null, found.problem())
                        : now.with(now.problem().isEmpty() ? found.problem() : found.problem() + "; " + now.problem()));
            }
        } catch (BackupException e) {
            LOG.error("driver {} does not run: {}", name, e.getMessage());
            roster.put(name, Driver.failed(null, e.getMessage()));
        }
    }

    private void begin(String name, Current found, Admission.Candidate offered, PublisherTrust trust) throws BackupException {
        Current current = found;
        About offer = offered == null || !isNews(name, current, offered) ? null : let(offered, trust);
        if (offer != null) {
            home.add(name, offered, offer);
            if (run(name, Current.followed(current, offer), current)) {
                return;
            }
            current = home.current(name);
        }
        if (current != null && !current.isRemoved() && !run(name, current, back(current))) {
            LOG.error("driver {} does not run; jobs on its devices wait", name);
        }
    }

    /** What the launcher has started goes on, unless a newer one is here: then that takes its place. */
    private void beginBeside(String name, Current current, Shipped shipped) throws BackupException {
        Whole whole = shipped.whole();
        DriverBundles running = framework.adopt(shipped);
        roster.put(name, Driver.active(whole, running));
        if (current == null || current.isRemoved()) {
            return;
        }
        if (home.about(name, current.here()).version().compareTo(whole.version()) <= 0) {
            LOG.info("driver {} {} came with the appliance, and is no older than the one before", name, whole.version());
            home.remove(name);
            return;
        }
        framework.stop(running);
        if (run(name, current, back(current))) {
            running.uninstall();
            return;
        }
        String problem = roster.get(name).problem();
        home.remove(name);
        DriverBundles again = running.canStart() ? running : framework.install(whole);
        again.start(framework.patience().start());
        roster.put(name, Driver.active(whole, again).with(problem));
        LOG.error("driver {} {}, which came with the appliance, runs again, for {}", name, whole.version(), problem);
    }

    /** Null if it may not come in. */
    private About let(Admission.Candidate offered, PublisherTrust trust) {
        try {
            About offer = About.of(offered, offered.verified(trust));
            offered.requireServed(framework.exported());
            return offer;
        } catch (BackupException e) {
            LOG.error("driver {} of the distribution is left out: {}", offered.name(), e.getMessage());
            return null;
        }
    }

    /** What a version that does not start gives way to. */
    private static Current back(Current current) {
        return current.previous() == null ? null : new Current(current.previous(), null, current.refused());
    }

    private boolean isNews(String name, Current current, Admission.Candidate offer) throws BackupException {
        if (current == null) {
            return true;
        }
        if (current.isRemoved() || current.refused().contains(offer.contentId())) {
            return false;
        }
        About here = home.about(name, current.here());
        // A build may have made the same version anew.
        return here.version().compareTo(offer.version()) < 0 || here.version().equals(offer.version()) && !here.content().equals(offer.contentId());
    }

    /**
     * Runs a version as the current one.
     *
     * @param back what becomes current if it does not start; null if nothing does
     * @return false if it did not start, and neither did that
     */
    private boolean run(String name, Current current, Current back) throws BackupException {
        Whole whole = Whole.of(name, home.about(name, current.here()), home.folder(name, current.here()));
        DriverBundles version = null;
        try {
            version = framework.install(whole);
            version.resolve();
            version.start(framework.patience().start());
            if (!home.has(name, current)) {
                home.put(name, current);
            }
            roster.put(name, Driver.active(whole, version));
            LOG.info("driver {} {} of {} runs", name, whole.version(), whole.source());
            return true;
        } catch (BackupException e) {
            LOG.error("{}", e.getMessage());
            roster.put(name, Driver.failed(whole, e.getMessage()));
            if (version != null) {
                framework.discard(version);
            }
            if (back == null || back.isRemoved()) {
                return false;
            }
            home.put(name, back.refusing(whole.content()));
            boolean runs = run(name, home.current(name), null);
            roster.put(name, roster.get(name).with(whole.version() + " did not start: " + e.getMessage()));
            return runs;
        }
    }
}
