package org.azekura.server.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final List<Begin> begins = new ArrayList<>();
    private Instant scheduled;
    private Instant look = Instant.MAX;

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

    /** @param room so many jobs may begin now, whatever its timing says */
    static Step at(Instant now, Known known, int room) {
        Timetable table = new Timetable(known, now);
        table.runs.replaceAll(run -> run.with(run.parts().stream().map(part -> table.settled(run, part)).toList()));
        table.due();
        table.begin(room);
        table.end();
        List<PolicyRun> changed = new ArrayList<>(table.made);
        table.runs.stream().filter(run -> !known.open().contains(run) || table.begins.stream().anyMatch(begin -> begin.run() == run.number())).forEach(changed::add);
        return new Step(table.scheduled, List.copyOf(changed), table.begins, table.look);
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
        Optional<Instant> due = known.plan().last(scheduled, now);
        if (due.isPresent()) {
            scheduled = due.get();
            come(due.get());
        }
        known.plan().next(scheduled).ifPresent(this::look);
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

    private void begin(int room) {
        long active = runs.stream().flatMap(run -> run.parts().stream()).filter(Part::isActive).count();
        for (PolicyRun run : runs) {
            for (int i = 0; i < run.parts().size(); i++) {
                Part part = run.parts().get(i);
                if (part.isWaiting() && mayBegin(run, part) && begins.size() < room && (timing.atOnce() == 0 || active < timing.atOnce())) {
                    begins.add(new Begin(run.number(), i));
                    active++;
                }
            }
        }
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
        Instant free = known.plan().blackouts().free(now, known.plan().zone());
        if (free.isAfter(now)) {
            look(free);
            return false;
        }
        return true;
    }

    private void end() {
        for (int i = 0; i < runs.size(); i++) {
            List<Part> parts = runs.get(i).parts();
            Outcome worst = parts.stream().map(Part::outcome).max(Outcome::compareTo).orElse(Outcome.DONE);
            if (parts.stream().noneMatch(part -> part.outcome() == Outcome.RUNNING)) {
                String why = parts.stream().filter(part -> part.outcome() == worst && part.why() != null).map(part -> part.saveSet() + ": " + part.why())
                        .findFirst().orElse(null);
                runs.set(i, runs.get(i).ended(now, worst, why));
            }
        }
    }

    private void look(Instant at) {
        look = at.isBefore(look) ? at : look;
    }
}
