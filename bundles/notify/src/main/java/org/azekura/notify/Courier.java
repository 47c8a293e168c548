package org.azekura.notify;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Notice;
import org.azekura.api.catalog.NoticeTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes to targets what waits for them, on a thread of its own. */
final class Courier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    /** Nobody says that the catalog has something new where an alert was noted by another. */
    private static final Duration LOOKS = Duration.ofSeconds(10);
    private static final long END_ms = 3_000;

    private final Outbox outbox;
    private final Ways.Making ways;
    private final Letters letters;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("notify").unstarted(this::live);

    Courier(Outbox outbox, Ways.Making ways, Letters letters) {
        this.outbox = outbox;
        this.ways = ways;
        this.letters = letters;
    }

    /** Who writes in which language. */
    record Letters(String appliance, Supplier<String> console) {

        LetterWriter in(String language) {
            return new LetterWriter(Phrases.ALL.get(language), appliance, console.get(), ZoneId.systemDefault());
        }
    }

    void open() {
        thread.start();
    }

    /** Something happened. */
    void wake() {
        news.release();
    }

    private void live() {
        try {
            while (true) {
                news.tryAcquire(Math.max(1, restQuietly().toMillis()), TimeUnit.MILLISECONDS);
                news.drainPermits();
                roundQuietly();
            }
        } catch (InterruptedException e) {
            // the appliance stops; what waits is in the catalog
        }
    }

    private Duration restQuietly() {
        try {
            return outbox.rest(LOOKS);
        } catch (BackupException | RuntimeException e) {
            return LOOKS;
        }
    }

    private void roundQuietly() {
        try {
            round();
        } catch (BackupException | RuntimeException e) {
            LOG.warn("what happened could not be told; it is tried again: {}", e.getMessage());
        }
    }

    /** Has what happened wait, and sends what is due. */
    void round() throws BackupException {
        outbox.fill();
        outbox.clear();
        for (Outbox.Due due : outbox.due()) {
            send(due);
        }
    }

    private void send(Outbox.Due due) throws BackupException {
        try {
            ways.of(due.target()).send(parcel(due));
        } catch (BackupException e) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LOG.warn("target={} {} messages wait: {}", due.target().name(), due.notices().size(), e.getMessage());
            outbox.refused(due, e.getMessage(), e.failure().retryable(), Way.Later.of(e));
            return;
        } catch (RuntimeException e) {
            LOG.error("target={} a fault of ours", due.target().name(), e);
            outbox.refused(due, "a fault of the appliance; its log says more of target=" + due.target().name(), true, Duration.ZERO);
            return;
        }
        LOG.info("target={} was told {} messages", due.target().name(), due.notices().size());
        outbox.taken(due);
    }

    private Way.Parcel parcel(Outbox.Due due) {
        List<Way.Numbered> events = new ArrayList<>();
        due.notices().forEach(notice -> events.add(new Way.Numbered(id(due.target(), notice), Told.read(notice.content()))));
        return parcel(due.target(), events);
    }

    Way.Parcel parcel(NoticeTarget target, List<Way.Numbered> events) {
        String id = events.size() == 1 ? events.getFirst().id() : named(events.getFirst().id() + events.getLast().id() + events.size());
        return new Way.Parcel(id, letters.appliance(), target.language(), letters.in(target.language()).write(events.stream().map(Way.Numbered::told).toList()), events);
    }

    private String id(NoticeTarget target, Notice notice) {
        return named(letters.appliance() + "/" + target.name() + "/" + target.made() + "/" + notice.number());
    }

    private static String named(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofMillis(END_ms));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
