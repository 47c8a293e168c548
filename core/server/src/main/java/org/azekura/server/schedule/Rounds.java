package org.azekura.server.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.PolicyRun.Outcome;
import org.azekura.api.catalog.PolicyRun.Part;
import org.azekura.server.pool.PoolRevival;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after all that runs by a schedule, as often as it is asked to. It remembers nothing but how it understood texts, and whose turn it is: what {@link Timetable} makes of the catalog is written in one transaction for each
 * of them, and its jobs begin behind that. One thread.
 */
final class Rounds {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);
    private static final int KEPT = 100;

    private final CatalogStore catalog;
    private final Scheduler.Queue queue;
    private final CatalogStore.Query<List<Course>> courses;
    private final ZoneId zone;
    private final int most;
    private final Map<Timing, Plan> plans = new HashMap<>();
    /** Whose turn it is to begin jobs first. */
    private int turn;

    /**
     * @param courses all that run
     * @param zone    of those that name none
     * @param most    jobs of each priority are there at once
     */
    Rounds(CatalogStore catalog, Scheduler.Queue queue, CatalogStore.Query<List<Course>> courses, ZoneId zone, int most) {
        this.catalog = catalog;
        this.queue = queue;
        this.courses = courses;
        this.zone = zone;
        this.most = most;
    }

    private record One(Course course, Timetable.Known known) {}

    /** Does what is to be done at this moment. @return when something else is, if nothing happens before; a minute later at the latest, for not every end is told */
    Instant look(Instant now) throws BackupException {
        Instant next = now.plusSeconds(60);
        List<One> all = catalog.read(this::all);
        Collections.rotate(all, all.isEmpty() ? 0 : -turn % all.size());
        int begin = turn;
        int looked = 0;
        Ahead ahead = new Ahead(most);
        List<Timetable> tables = new ArrayList<>();
        for (One one : all) {
            Timetable table = Timetable.of(now, one.known);
            ahead.known(one.known, table.wantsRoom());
            tables.add(table);
        }
        for (One one : all) {
            Timetable.Step step = tables.get(looked).step(ahead.room(one.known));
            ahead.begins(one.known, step.begins().size());
            looked++;
            if (!step.begins().isEmpty()) {
                turn = begin + looked; // who finds no room now comes first in the next look
            }
            boolean again = step.changes(one.known) && carryOut(now, one.course, step);
            Instant look = again ? now : step.look();
            next = look.isBefore(next) ? look : next;
        }
        return next;
    }

    private List<One> all(CatalogView view) throws BackupException {
        List<One> all = new ArrayList<>();
        List<Course> known = courses.run(view);
        plans.keySet().retainAll(known.stream().map(Course::timing).toList());
        for (Course course : known) {
            List<PolicyRun> runs = course.open(view);
            try {
                all.add(new One(course, new Timetable.Known(course.name(), course.timing(), plan(course.timing()), course.scheduled(view).orElse(null),
                        course.saveSets().stream().map(Part::waiting).toList(), runs, jobs(view, runs))));
            } catch (BackupException e) {
                log.warn("{}={} is left alone: {}", course.kind(), course.name(), e.getMessage());
            }
        }
        return all;
    }

    private Plan plan(Timing timing) throws BackupException {
        Plan known = plans.get(timing);
        if (known == null) {
            known = Plan.of(timing, zone);
            plans.put(timing, known);
        }
        return known;
    }

    private static Map<JobId, Job> jobs(CatalogView view, List<PolicyRun> runs) throws BackupException {
        Map<JobId, Job> jobs = new HashMap<>();
        for (PolicyRun run : runs) {
            for (Part part : run.parts()) {
                if (part.isActive()) {
                    view.job(part.job()).ifPresent(job -> jobs.put(job.id(), job));
                }
            }
        }
        return jobs;
    }

    /** @return whether to look again at once */
    private boolean carryOut(Instant now, Course course, Timetable.Step step) throws BackupException {
        Map<Timetable.Begin, Attempt> attempts = new HashMap<>();
        for (PolicyRun run : step.runs()) {
            for (Timetable.Begin begin : step.begins()) {
                if (begin.run() == run.number() && run.ended() == null) {
                    attempts.put(begin, Attempt.of(catalog, queue, course, run.parts().get(begin.part()).saveSet(), false));
                }
            }
        }
        List<Job> begun = new ArrayList<>();
        boolean changed = catalog.write(edit -> {
            begun.clear();
            if (!course.isIn(edit)) {
                return true; // by whom, this looks at in the next round
            }
            PoolRevival.requireNone(edit);
            course.putScheduled(edit, step.scheduled());
            for (PolicyRun run : step.runs()) {
                put(edit, course, run, attempts, now, begun);
            }
            course.forget(edit, KEPT);
            return false;
        });
        if (!changed) {
            step.runs().forEach(run -> tell(course, run));
            queue.begin(begun);
        }
        return changed || attempts.values().stream().anyMatch(attempt -> attempt.job() == null);
    }

    private static void put(CatalogEdit edit, Course course, PolicyRun run, Map<Timetable.Begin, Attempt> attempts, Instant now, List<Job> begun) throws BackupException {
        List<Part> parts = new ArrayList<>(run.parts());
        for (int i = 0; i < parts.size(); i++) {
            Attempt attempt = run.ended() == null ? attempts.get(new Timetable.Begin(run.number(), i)) : null;
            if (attempt != null) {
                parts.set(i, attempt.put(edit, parts.get(i), now, begun));
            }
        }
        long number = run.number() > 0 ? run.number() : nextNumber(edit, course);
        course.put(edit, new PolicyRun(run.policy(), number, run.byHand(), run.due(), run.ended(), run.outcome(), run.why(), parts));
    }

    static long nextNumber(CatalogView view, Course course) throws BackupException {
        return course.runs(view, 1).stream().mapToLong(PolicyRun::number).findFirst().orElse(0) + 1;
    }

    private static void tell(Course course, PolicyRun run) {
        if (run.outcome() == Outcome.SKIPPED || run.outcome() == Outcome.FAILED) {
            log.warn("{}={} its run of {} {}: {}", course.kind(), run.policy(), run.due(), run.outcome() == Outcome.SKIPPED ? "is left out" : "failed", run.why());
        } else {
            log.info("{}={} its run of {} is {}", course.kind(), run.policy(), run.due(), run.outcome().word());
        }
    }
}
