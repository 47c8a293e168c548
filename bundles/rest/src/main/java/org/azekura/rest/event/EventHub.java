package org.azekura.rest.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobProgress;
import org.azekura.api.server.Jobs;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.job.ProgressView;
import org.azekura.rest.job.SeenJobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spreads job progress to event streams. Numbers the events and remembers the last {@value #REMEMBERED}, so that a stream that
 * broke off goes on where it was. Numbers are prefixed with a word of this start: those of an earlier one mean nothing here.
 */
public final class EventHub implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

    static final int REMEMBERED = 1000;
    /** Of all others; and as many of who has the home's own token, whom nobody crowds out. */
    static final int STREAMS_MAX = 100;
    static final int STREAMS_OF_ONE = 10;
    /** Longest silence: a reader, or a proxy between, must see that we live. */
    private static final long KEEP_ALIVE_MS = 5_000;

    private final Jobs jobs;
    private final String start;
    private final long keepAlive_ms;
    private final AutoCloseable watch;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final Deque<Event> remembered = new ArrayDeque<>();
    private long last;

    /** One progress with its number. */
    record Event(long number, JobProgress progress) {}

    /** @param start a word that no other start has, without a hyphen */
    public EventHub(Jobs jobs, String start) {
        this(jobs, start, KEEP_ALIVE_MS);
    }

    EventHub(Jobs jobs, String start, long keepAlive_ms) {
        this.jobs = jobs;
        this.start = start;
        this.keepAlive_ms = keepAlive_ms;
        this.watch = jobs.watch(this::heard);
    }

    public Route route() {
        return Route.get("events").needs(Right.READ, Right.RESTORE).says("Server-sent events: first how things are, then every change; goes on after Last-Event-ID")
                .streams(Map.of("progress", ProgressView.class)).asks(Parameter.text("job", "7", "Only of this job")).by(this::open);
    }

    private Reply open(Call call) throws BackupException, Refusal {
        String job = call.query("job");
        SeenJobs seen = new SeenJobs(jobs, call.caller());
        JobId only = job == null ? null : seen.get(Names.job(job)).id();
        EventStream stream = new EventStream(only, seen, call.entry().proof(), this, keepAlive_ms);
        synchronized (this) {
            requirePlace(call.caller());
            streams.add(stream);
            resume(call.lastEventId(), stream);
        }
        // after the stream listens, so that no change falls between
        boolean open = false;
        try {
            now(only, seen).forEach(progress -> stream.offer(new Event(0, progress)));
            open = true;
        } finally {
            if (!open) {
                gone(stream);
            }
        }
        return new Reply.Stream(stream);
    }

    private void requirePlace(Caller caller) throws Refusal {
        boolean home = isOfHome(caller);
        if (!home && streams.stream().filter(stream -> stream.caller().name().equals(caller.name())).count() >= STREAMS_OF_ONE) {
            throw Refusal.tooMany("event streams of one caller", STREAMS_OF_ONE);
        }
        if (streams.stream().filter(stream -> isOfHome(stream.caller()) == home).count() >= STREAMS_MAX) {
            throw Refusal.tooMany("event streams", STREAMS_MAX);
        }
    }

    private static boolean isOfHome(Caller caller) {
        return caller.user().isEmpty() && caller.token().isEmpty();
    }

    private List<JobProgress> now(JobId only, SeenJobs seen) throws BackupException {
        if (only != null) {
            return List.of(jobs.progress(only));
        }
        List<JobProgress> now = new ArrayList<>();
        for (Job running : seen.list(true)) {
            now.add(jobs.progress(running.id()));
        }
        return now;
    }

    private void resume(String lastEventId, EventStream stream) {
        if (lastEventId == null || !lastEventId.startsWith(start + "-")) {
            return;
        }
        try {
            long seen = Long.parseLong(lastEventId.substring(start.length() + 1));
            remembered.stream().filter(event -> event.number > seen).forEach(stream::offer);
        } catch (NumberFormatException e) {
            // an id that is not ours: the stream begins with what is now
        }
    }

    private synchronized void heard(JobProgress progress) {
        Event event = new Event(++last, progress);
        remembered.addLast(event);
        if (remembered.size() > REMEMBERED) {
            remembered.removeFirst();
        }
        streams.forEach(stream -> stream.offer(event));
    }

    int streams() {
        return streams.size();
    }

    void gone(EventStream stream) {
        streams.remove(stream);
    }

    /** The id of an event on the wire, or null for one that only says how things are now. */
    String id(Event event) {
        return event.number == 0 ? null : start + "-" + event.number;
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (Exception e) {
            LOG.warn("the watch on jobs did not close: {}", e.toString());
        }
        streams.forEach(EventStream::end);
    }
}
