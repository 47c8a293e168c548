package org.azekura.server.schedule;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.SaveSetId;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.server.Policies;

/** Keeps all courses of one kind in the catalog. Safe for any number of threads. */
public final class CourseBook<C extends Course> {

    private final CatalogStore catalog;
    private final Scheduler scheduler;
    private final InstantSource wall;
    private final Shelf<C> shelf;

    /** Where the catalog has them, and what they are called. */
    public interface Shelf<C> {

        /** By name. */
        List<C> all(CatalogView view) throws BackupException;

        Optional<C> find(CatalogView view, PolicyName name) throws BackupException;

        void put(CatalogEdit edit, C course) throws BackupException;

        void delete(CatalogEdit edit, PolicyName name) throws BackupException;

        /** With which the codes of errors begin. */
        String code();

        /** As {@link Course#kind}; the command of them, too. */
        String kind();

        /** What the command to make one needs. */
        String needs();
    }

    public CourseBook(CatalogStore catalog, Scheduler scheduler, InstantSource wall, Shelf<C> shelf) {
        this.catalog = catalog;
        this.scheduler = scheduler;
        this.wall = wall;
        this.shelf = shelf;
    }

    public List<C> list() throws BackupException {
        return catalog.read(shelf::all);
    }

    /** @throws BackupException {@code *.unknown} */
    public C get(PolicyName name) throws BackupException {
        return catalog.read(view -> known(view, name));
    }

    private C known(CatalogView view, PolicyName name) throws BackupException {
        C course = shelf.find(view, name).orElse(null);
        if (course == null) {
            throw BackupException.operator(shelf.code() + ".unknown", name.value(), "there is no " + shelf.kind() + " " + name + "; " + (shelf.all(view).isEmpty()
                    ? "none is kept yet: make one with \"azekura " + shelf.kind() + " create " + shelf.needs() + "\"" : "\"azekura " + shelf.kind() + " list\" names them all"));
        }
        return course;
    }

    /**
     * @param wanted what is to be kept, in the transaction that keeps it
     * @throws BackupException {@code *.exists}, {@code *.invalid}, {@code schedule.invalid}; nothing has changed then
     */
    public C create(PolicyName name, Timing timing, CatalogStore.Query<C> wanted) throws BackupException {
        return put(timing, wanted, edit -> {
            if (shelf.find(edit, name).isPresent()) {
                throw BackupException.operator(shelf.code() + ".exists", name.value(), "there is a " + shelf.kind() + " " + name + " already; choose another name or delete it first");
            }
            return null;
        });
    }

    /** As {@link #create}, in place of the one of this name. */
    public C change(PolicyName name, Timing timing, CatalogStore.Query<C> wanted) throws BackupException {
        return put(timing, wanted, edit -> known(edit, name));
    }

    /** @param before null if there is none yet */
    private C put(Timing timing, CatalogStore.Query<C> wanted, CatalogStore.Query<C> before) throws BackupException {
        scheduler.preview(timing, 1);
        C made = catalog.write(edit -> {
            C was = before.run(edit);
            C now = wanted.run(edit);
            requireSaveSets(now);
            shelf.put(edit, now);
            if (was == null || !was.timing().sameTimes(now.timing())) {
                now.putScheduled(edit, wall.instant());
            }
            return now;
        });
        scheduler.wake();
        return made;
    }

    private void requireSaveSets(C course) throws BackupException {
        if (course.saveSets().isEmpty()) {
            throw invalid(course.name(), "it names no save set");
        }
        Set<SaveSetId> sets = new HashSet<>();
        for (SaveSetId set : course.saveSets()) {
            if (!sets.add(set)) {
                throw invalid(course.name(), "it names save set " + set + " twice");
            }
        }
    }

    /** Why there can't be one of this name. */
    public BackupException invalid(PolicyName name, String why) {
        return BackupException.operator(shelf.code() + ".invalid", name.value(), shelf.kind() + " " + name + " cannot be made: " + why);
    }

    /** @throws BackupException {@code *.unknown} */
    public void delete(PolicyName name) throws BackupException {
        catalog.write(edit -> {
            known(edit, name);
            shelf.delete(edit, name);
            return null;
        });
    }

    /** As {@link Policies#run}, whatever the course is. */
    public List<Policies.Begun> run(PolicyName name) throws BackupException {
        return scheduler.run(get(name));
    }
}
