package org.azekura.client.drill;

import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.api.DrillTimes;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.message.RestoreBatch;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.restore.Batches;
import org.azekura.client.restore.ChunkSource;
import org.azekura.client.restore.Restorer;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.plan.PlanReader;

/** Restores a plan into a scratch folder, portion by portion, and compares each. Used once, by one thread. */
final class Rehearsal {

    /** More at once does not make it faster. */
    private static final long MOST = 4L << 30;

    private final Path top;
    private final long room;
    private final boolean asItLies;
    private final Breaker breaker;
    private final Tally tally;
    private final Batches plan;
    private final PlanReader reader = new PlanReader();
    private final Watch watch = new Watch();
    private final Witness witness;
    private final Findings findings = new Findings();
    /** The next of the plan that no portion has; null if it is still to come. */
    private PlannedBatch next;
    private boolean ended;

    /** What was found so far. */
    static final class Findings {
        final Differences differences = new Differences();
        final Differences unmade = new Differences();
        final Unheld unheld = new Unheld();
        /** Files of which something could not be read. */
        long lost;
        long entries;
        long files;
        long bytes;
    }

    /**
     * @param top      an empty folder
     * @param room     bytes that may be written there
     * @param asItLies whether parts of files come in any order
     */
    Rehearsal(Path top, long room, boolean asItLies, Breaker breaker, Tally tally, ChunkNamer namer, Batches plan, ChunkSource chunks) {
        this.top = top;
        this.room = room;
        this.asItLies = asItLies;
        this.breaker = breaker;
        this.tally = tally;
        this.plan = plan;
        this.witness = new Witness(chunks, namer, tally, watch);
    }

    /** The next portion, restored; null if there is none. @throws BackupException {@code scratch.full}; whatever ends a restore */
    Portion restore() throws BackupException {
        if (peek() == null) {
            return null;
        }
        Portion portion = new Portion(Math.min(MOST, room / 2), asItLies, witness);
        Problems problems = new Problems();
        long begin = System.nanoTime();
        long counted = watch.counted();
        new Restorer(Scratch.raw(top), breaker, problems, new Tally(), asItLies, (path, kind, reason) -> unset(portion, path, kind, reason))
                .run(() -> next(portion), witness);
        watch.restored(begin, counted);
        problems.list().forEach(problem -> told(portion, problem));
        return portion;
    }

    /** Holds what is there against what is to be there. */
    void compare(Portion portion) throws BackupException {
        long begin = System.nanoTime();
        new Comparison(top, portion, findings, breaker, tally).run();
        watch.compared(begin);
    }

    /** Whether all of the plan has been restored. @throws BackupException why nobody can tell */
    boolean isThrough() throws BackupException {
        return peek() == null;
    }

    Findings findings() {
        return findings;
    }

    DrillTimes times() {
        return watch.times();
    }

    /** What it took to clear a portion away. @param since when that began */
    void cleared(long since) {
        watch.compared(since);
    }

    private void unset(Portion portion, RawPath path, String kind, String reason) {
        findings.unheld.add(path, kind, reason);
        Expected expected = portion.get(path);
        if (expected != null) {
            expected.unset.add(kind);
        }
    }

    /** Kinds of attributes are told of the folder itself; each entry's are known already. */
    private void told(Portion portion, PathProblem problem) {
        Expected expected = portion.get(problem.path());
        if (expected != null) {
            expected.problem = problem;
            findings.lost += problem.ranges().isEmpty() ? 0 : 1;
        } else if (!problem.path().equals(Scratch.raw(top))) {
            findings.differences.add(problem);
        }
    }

    private RestoreBatch next(Portion portion) throws BackupException {
        RestoreBatch ready = portion.next();
        if (ready == null && peek() != null) {
            if (!portion.isFullWith(next)) {
                take(portion);
            } else if (portion.isOpen() && !asItLies) {
                portion.close();
            } else if (portion.isOpen()) {
                take(portion); // its other parts may be anywhere
            }
            ready = portion.next();
        }
        return ready;
    }

    private void take(Portion portion) throws BackupException {
        if (portion.bytes() + next.bytes() > room) {
            throw BackupException.device("scratch.full", top.getParent().toString(), "the rehearsal needs more than " + (portion.bytes() + next.bytes() >> 20) + " MiB at once in "
                    + top.getParent() + ", where " + (room >> 20) + " MiB are free; make room there, take a sample, or name a client that has more (--client)", null);
        }
        next.problems().forEach(findings.differences::add);
        portion.take(next, findings.differences);
        next = null;
    }

    private PlannedBatch peek() throws BackupException {
        if (next == null && !ended) {
            long begin = System.nanoTime();
            RestoreBatch batch = plan.next();
            watch.waited(begin);
            ended = batch == null;
            next = ended ? null : PlannedBatch.of(batch, reader);
        }
        return next;
    }
}
