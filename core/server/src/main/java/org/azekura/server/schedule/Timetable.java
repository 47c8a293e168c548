package org.azekura.server.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.PolicyRun.Outcome;
import org.azekura.api.catalog.PolicyRun.Part;

/**
 * What is to be done for one course at a moment: a pure function of what the catalog says. Who carries it out writes all of it in one transaction, so a kill
 * leaves either nothing or all, and whoever looks next goes on from there.
 */
final class Timetable {

    /** What a clock is set back by less than this does not run again; by more, it is another time. */
    static final Duration SAME_DAY = Duration.ofDays(1);
    /** Who begins so late has missed it. */
    static final Duration LATE = Duration.ofMinutes(15);

    private final Known known;
    private final Instant now;
    private final Timing timing;
    private final List<PolicyRun> runs;
    private final List<PolicyRun> made = new ArrayList<>();
    private Instant scheduled;
    private Instant look = Instant.MAX;
    /** When no blackout is; null as long as nobody has asked. */
    private Instant free;

    private Timetable(Known known, Instant now) {
        this.known = known;
        this.now = now;
        this.timing = known.timing();
        this.runs = new ArrayList<>(known.open());
    }

    /**
     * What the catalog says.
     *
     * @param scheduled up to when the schedule is dealt with; null if that was never said
     * @param sets      a part for each of its save sets
     * @param open      its runs that have not ended, oldest first
     * @param jobs      those of their parts
     */
    record Known(PolicyName policy, Timing timing, Plan plan, Instant scheduled, List<Part> sets, List<PolicyRun> open, Map<JobId, Job> jobs) {

        /** How many jobs of it run or wait for their turn; one that waits for its client or its storage node may do so for a day. */
        int ahead() {
            return (int) jobs.values().stream().filter(job -> !job.state().ended() && job.state() != Job.State.PARKED).count();
        }
    }

    /** A job is to be begun for this part of this run. A run that is not in the catalog yet has the number 0. */
    record Begin(long run, int part) {}

    /**
     * What is to be in the catalog.
     *
     * @param runs     that have changed; a new one has the number 0
     * @param begins   parts of these whose job is to be begun
     * @param look     when something else is to be done, if nothing happens before
     */
    record Step(Instant scheduled, List<PolicyRun> runs, List<Begin> begins, Instant look) {

        boolean changes(Known known) {
            return !scheduled.equals(known.scheduled()) || !runs.isEmpty() || !begins.isEmpty();
        }
    }

    /** Settles what has ended, and looks what is due. */
    static Timetable of(Instant now, Known known) {
        Timetable table = new Timetable(known, now);
        table.runs.replaceAll(table::settled);
        table.due();
        return table;
    }

    /** Whether it would begin a job if there were room. */
    boolean wantsRoom() {
        return !begins(1).isEmpty();
    }

    /** @param room so many jobs may begin now, whatever its timing says */
    Step step(int room) {
        List<Begin> begins = begins(room);
        runs.replaceAll(this::ended);
        List<PolicyRun> changed = new ArrayList<>(made);
        Set<Long> begun = begins.stream().map(Begin::run).collect(Collectors.toSet());
        runs.stream().filter(run -> isNew(run) || begun.contains(run.number())).forEach(changed::add);
        return new Step(scheduled, List.copyOf(changed), begins, look);
    }

    /** By identity: what has not changed is what the catalog said. */
    private boolean isNew(PolicyRun run) {
        return known.open().stream().noneMatch(before -> before == run);
    }

    /** The same run if nothing of it has ended: one of thousands of parts is not made anew at every look. */
    private PolicyRun settled(PolicyRun run) {
        List<Part> parts = null;
        for (int i = 0; i < run.parts().size(); i++) {
            Part part = run.parts().get(i);
            if (part.outcome() == Outcome.RUNNING) {
                Part now = settled(run, part);
                if (now != part) {
                    parts = parts != null ? parts : new ArrayList<>(run.parts());
                    parts.set(i, now);
                }
            }
        }
        return parts == null ? run : run.with(parts);
    }

    /** What became of a part's job. */
    private Part settled(PolicyRun run, Part part) {
        Part now = part.isActive() ? ended(part, known.jobs().get(part.job())) : part;
        if (!now.isWaiting() || run.byHand() && now.attempts() == 0) {
            return now;
        }
        if (now.failed() != null && (run.byHand() || now.attempts() > timing.retries())) {
            return now.ended(Outcome.FAILED, now.why());
        }
        return run.byHand() || timing.enabled() ? now : now.ended(Outcome.SKIPPED, "it was switched off");
    }

    private Part ended(Part part, Job job) {
        if (job == null) {
            return part.failed(now, "its job is gone");
        }
        return switch (job.state()) {
            case QUEUED, RUNNING, PAUSED, PARKED -> part;
            case DONE -> part.ended(Outcome.DONE, null);
            case WARNED -> part.ended(Outcome.WARNED, "it ended with warnings");
            case CANCELLED -> part.ended(Outcome.CANCELLED, job.error());
            case FAILED -> part.failed(job.ended(), job.error());
        };
    }

    private void due() {
        scheduled = known.scheduled() == null || known.scheduled().isAfter(now.plus(SAME_DAY)) ? now : known.scheduled();
        if (!timing.enabled() || timing.byHand()) {
            return;
        }
        Optional<Instant> next = known.plan().next(scheduled);
        if (next.isPresent() && !next.get().isAfter(now)) {
            scheduled = known.plan().last(scheduled, now).orElse(next.get());
            come(scheduled);
            next = known.plan().next(scheduled);
        }
        next.ifPresent(this::look);
    }

    private void come(Instant due) {
        if (!timing.catchUp() && due.plus(LATE).isBefore(now)) {
            skip(due, "it was missed: nobody could begin it in time");
            return;
        }
        Optional<PolicyRun> before = runs.stream().filter(run -> run.parts().stream().anyMatch(part -> part.outcome() == Outcome.RUNNING)).findFirst();
        if (before.isEmpty()) {
            runs.add(new PolicyRun(known.policy(), 0, false, due, null, Outcome.RUNNING, null, known.sets()));
        } else if (before.get().parts().stream().anyMatch(part -> part.attempts() > 0)) {
            skip(due, "the run before it, of " + before.get().due() + ", has not ended");
        }
    }

    private void skip(Instant due, String why) {
        made.add(new PolicyRun(known.policy(), 0, false, due, now, Outcome.SKIPPED, why, List.of()));
    }

    /** Stops where there is no more room: an end of a job, which makes some, is told. */
    private List<Begin> begins(int room) {
        List<Begin> begins = new ArrayList<>();
        long bound = timing.atOnce() == 0 ? room : Math.min(room, timing.atOnce() - active());
        for (PolicyRun run : runs) {
            for (int i = 0; i < run.parts().size() && begins.size() < bound; i++) {
                Part part = run.parts().get(i);
                if (part.isWaiting() && mayBegin(run, part)) {
                    begins.add(new Begin(run.number(), i));
                }
            }
        }
        return begins;
    }

    private long active() {
        return runs.stream().flatMap(run -> run.parts().stream()).filter(Part::isActive).count();
    }

    private boolean mayBegin(PolicyRun run, Part part) {
        if (run.byHand()) {
            return true;
        }
        Instant since = part.failed() == null ? run.due() : part.failed();
        Instant from = since.plus(part.failed() == null ? Spread.of(timing.spread(), known.policy(), part.saveSet()) : timing.retryAfter());
        // whoever has set the clock back does not wait until it is there again
        if (from.isAfter(now) && !since.isAfter(now)) {
            look(from);
            return false;
        }
        if (free == null) {
            free = known.plan().blackouts().free(now, known.plan().zone());
        }
        if (free.isAfter(now)) {
            look(free);
            return false;
        }
        return true;
    }

    private PolicyRun ended(PolicyRun run) {
        if (run.parts().stream().anyMatch(part -> part.outcome() == Outcome.RUNNING)) {
            return run;
        }
        Outcome worst = run.parts().stream().map(Part::outcome).max(Outcome::compareTo).orElse(Outcome.DONE);
        String why = run.parts().stream().filter(part -> part.outcome() == worst && part.why() != null).map(part -> part.saveSet() + ": " + part.why())
                .findFirst().orElse(null);
        return run.ended(now, worst, why);
    }

    private void look(Instant at) {
        look = at.isBefore(look) ? at : look;
    }
}
