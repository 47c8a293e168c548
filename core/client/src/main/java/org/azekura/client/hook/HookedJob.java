package org.azekura.client.hook;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.RawPath;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientReport;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.stream.IncomingStream;
import org.azekura.wire.Conversation;

/** The hooks of one attempt at a job: {@code pre}, then perhaps {@code dump}, then {@code post}, once. One thread. */
public final class HookedJob implements AutoCloseable {

    private static final Duration TELL_TIME = Duration.ofSeconds(20);

    private final Hooks hooks;
    private final HookFacts facts;
    private final Means means;
    private final Runnable left;
    private boolean owes;
    /** Where {@code post} is. */
    private Path last;

    /** What a job calls hooks with. */
    record Means(HookFolders folders, Duration time, OwedHooks owed, Breaker breaker, Tally tally, Conversation server) {}

    /** @param left is run when nothing more is called for this job */
    HookedJob(Hooks hooks, HookFacts facts, Means means, Runnable left) {
        this.hooks = hooks;
        this.facts = facts;
        this.means = means;
        this.left = left;
    }

    void begin() throws BackupException {
        try {
            for (HookName each : new HookName[] {hooks.pre(), hooks.post(), hooks.dump()}) {
                if (each != null) {
                    means.folders.find(each);
                }
            }
            if (hooks.post() != null) {
                last = means.folders.find(hooks.post());
                means.owed.owe(hooks.post(), facts);
                owes = true;
            }
            if (hooks.pre() != null) {
                call(hooks.pre(), "pre", null);
            }
        } catch (BackupException | RuntimeException e) {
            means.breaker.trip(e);
            close();
            throw e;
        }
    }

    /** Whether a hook brings what is saved. */
    public boolean dumps() {
        return hooks.dump() != null;
    }

    /** What the hook dumps; the caller closes it. */
    public IncomingStream dump() throws BackupException {
        HookName name = hooks.dump();
        Program program = start(name, "dump", null, true);
        return new DumpStream(name, program, means.tally::step, ended -> await(name, "dump", ended));
    }

    /**
     * All is read, or written: calls {@code post}.
     *
     * @param problems gets it if it fails
     */
    public void done(Problems problems) {
        BackupException failure = post("done");
        if (failure != null) {
            problems.add(RawPath.of(last.toString()), failure.getMessage());
        }
    }

    /** Calls {@code post} if that was not done: the job has failed. */
    @Override
    public void close() {
        if (!hooks.none()) {
            try {
                boolean cancelled = means.breaker.cancelled();
                post(!cancelled ? "failed" : means.breaker.goesOnLater() ? "interrupted" : "cancelled");
            } finally {
                left.run();
            }
        }
    }

    /** @return why it failed, else null */
    private BackupException post(String result) {
        if (!owes) {
            return null;
        }
        owes = false;
        try {
            call(hooks.post(), "post", result);
            return null;
        } catch (BackupException e) {
            return e;
        } finally {
            settle();
        }
    }

    private void settle() {
        try {
            means.owed.settle(facts.job());
        } catch (IOException e) {
            HookDesk.LOG.warn("job={} hook {} may be called once more at the next start of this client: {}", facts.job(), hooks.post(), e.toString());
        }
    }

    private void call(HookName name, String phase, String result) throws BackupException {
        await(name, phase, start(name, phase, result, false));
    }

    /** One that sets things right is not ended with its job. */
    private Program start(HookName name, String phase, String result, boolean dump) throws BackupException {
        Path path = means.folders.find(name);
        HookDesk.LOG.info("job={} calls hook {} ({})", facts.job(), name, phase);
        Program program = Program.start(name, path, facts.in(phase, result), dump, means.time);
        if (result == null) {
            means.breaker.onTrip(() -> program.stop("its job ended"));
        }
        return program;
    }

    private void await(HookName name, String phase, Program program) throws BackupException {
        try {
            program.await(means.tally::step);
            tell(false, "hook " + name + " (" + phase + ") is done", program);
        } catch (BackupException e) {
            tell(true, phase + ": " + e.getMessage(), program);
            throw e;
        }
    }

    /** A line that cannot be told ends no job. */
    private void tell(boolean warning, String first, Program program) {
        List<String> lines = new ArrayList<>();
        lines.add(first.substring(0, Math.min(first.length(), ClientReport.Remarks.MAX_LINE)));
        program.lines().stream().limit(ClientReport.Remarks.MAX_LINES - 1L).forEach(lines::add);
        lines.forEach(line -> HookDesk.LOG.info("job={} {}", facts.job(), line));
        try {
            means.server.ask(new ClientReport.Remarks(facts.job(), warning, lines), Answer.Done.class, TELL_TIME);
        } catch (BackupException e) {
            HookDesk.LOG.warn("job={} what a hook said cannot be told to the server: {}", facts.job(), e.getMessage());
        }
    }
}
