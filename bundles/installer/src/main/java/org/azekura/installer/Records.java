package org.azekura.installer;

import java.util.List;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads which version of a driver runs, and mends what can't be read from what lies on the disk. */
final class Records {

    private static final Logger LOG = LoggerFactory.getLogger(Records.class);

    private final Admission admission;
    private final DriverHome home;

    Records(Admission admission, DriverHome home) {
        this.admission = admission;
        this.home = home;
    }

    /**
     * @param current null if there is none
     * @param problem what was mended; empty if all is well
     */
    record Found(Current current, String problem) {}

    /**
     * Reads a record, and makes order in its folder. In place of one that is damaged, or that names a version that is not whole, the newest version is
     * written that lies there with the very content that was verified once.
     *
     * @throws BackupException {@code driver.record} if there is none, and the distribution has to help; {@code driver.home}
     */
    Found read(String name) throws BackupException {
        try {
            Current current = home.current(name);
            if (current != null && !current.isRemoved()) {
                home.about(name, current.here());
            }
            home.tidy(name);
            return new Found(current, "");
        } catch (BackupException e) {
            if (!e.failure().code().equals("driver.record")) {
                throw e;
            }
            return mended(name, e);
        }
    }

    private Found mended(String name, BackupException why) throws BackupException {
        List<About> whole = home.abouts(name).stream().filter(about -> isWhole(name, about)).toList();
        if (whole.isEmpty()) {
            LOG.warn("driver {}: {}; no version of it is whole here", name, why.getMessage());
            return new Found(null, why.getMessage() + "; no version was whole here");
        }
        Current current = new Current(whole.getFirst().folder(), whole.size() == 1 ? null : whole.get(1).folder(), List.of());
        home.put(name, current);
        home.tidy(name);
        String problem = why.getMessage() + "; " + whole.getFirst().version() + ", the newest version that is whole here, took its place";
        LOG.warn("driver {}: {}", name, problem);
        return new Found(current, problem);
    }

    private boolean isWhole(String name, About about) {
        try {
            if (admission.contentId(home.folder(name, about.folder())).equals(about.content())) {
                return true;
            }
            LOG.warn("driver {}: {} is not what was verified once; it is left out", name, home.folder(name, about.folder()));
        } catch (BackupException e) {
            LOG.warn("driver {}: {}", name, e.getMessage());
        }
        return false;
    }
}
