package org.azekura.rest.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.access.Caller;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Scope;
import org.azekura.rest.job.ProgressView;
import org.azekura.rest.job.SeenJobs;

/**
 * One caller's event stream. A slow reader loses intermediate steps, never the last one of a job: what waits is one event per
 * job. Written by the hub's thread, read by its own. Ends when what the caller has shown holds no more; until that is noticed, it tells for at most
 * one silence.
 */
final class EventStream implements Reply.Stream.Writer {

    private final JobId only;
    private final SeenJobs seen;
    /** Jobs that were asked about: what is of a client, and what is not, does not change. Touched by the stream's thread alone. */
    private final Map<JobId, Boolean> isSeen = new HashMap<>();
    private final Door.Proof proof;
    private final EventHub hub;
    private final long keepAlive_ns;
    private final Map<JobId, EventHub.Event> waiting = new LinkedHashMap<>();
    private boolean ended;

    /** @param only the job to tell of, null for all that {@code seen} has */
    EventStream(JobId only, SeenJobs seen, Door.Proof proof, EventHub hub, long keepAlive_ms) {
        this.only = only;
        this.seen = seen;
        this.proof = proof;
        this.hub = hub;
        this.keepAlive_ns = keepAlive_ms * 1_000_000;
    }

    Caller caller() {
        return seen.caller();
    }

    synchronized void offer(EventHub.Event event) {
        if (only != null && !only.equals(event.progress().job())) {
            return;
        }
        // what is asked for "now" may be older than what was heard meanwhile
        if (event.number() == 0) {
            waiting.putIfAbsent(event.progress().job(), event);
        } else {
            waiting.put(event.progress().job(), event);
        }
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public void write(OutputStream to) throws IOException, InterruptedException {
        try {
            to.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
            to.flush();
            long asked = System.nanoTime();
            for (List<EventHub.Event> events = next(); events != null; events = next()) {
                if (System.nanoTime() - asked >= keepAlive_ns) {
                    if (!holds()) {
                        return;
                    }
                    asked = System.nanoTime();
                }
                if (events.isEmpty()) {
                    to.write(":\n\n".getBytes(StandardCharsets.UTF_8));
                }
                for (EventHub.Event event : events) {
                    if (isSeen.computeIfAbsent(event.progress().job(), this::sees)) {
                        to.write(text(event).getBytes(StandardCharsets.UTF_8));
                    }
                }
                to.flush();
            }
        } finally {
            hub.gone(this);
        }
    }

    @Override
    public void drop() {
        hub.gone(this);
    }

    /** Null: no more. Empty: nothing happened for a while. */
    private synchronized List<EventHub.Event> next() throws InterruptedException {
        long until = System.nanoTime() + keepAlive_ns;
        while (waiting.isEmpty() && !ended) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return List.of();
            }
            wait(left / 1_000_000 + 1);
        }
        if (waiting.isEmpty()) {
            return null;
        }
        List<EventHub.Event> events = new ArrayList<>(waiting.values());
        waiting.clear();
        return events;
    }

    private boolean holds() {
        try {
            return proof.holds();
        } catch (BackupException e) {
            // the catalog is away for now: it is asked again
            return true;
        }
    }

    /** Asked by the stream's own thread: who tells of progress must not wait for a catalog. */
    private boolean sees(JobId job) {
        if (!Scope.isBounded(seen.caller())) {
            return true;
        }
        try {
            return seen.get(job).id().equals(job);
        } catch (BackupException e) {
            return false;
        }
    }

    private String text(EventHub.Event event) throws IOException {
        String id = hub.id(event);
        return (id == null ? "" : "id: " + id + "\n") + "event: progress\ndata: "
                + Json.MAPPER.writeValueAsString(ProgressView.of(event.progress())) + "\n\n";
    }
}
