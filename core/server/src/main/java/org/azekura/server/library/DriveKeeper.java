package org.azekura.server.library;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.message.NodeReport;
import org.azekura.api.server.Jobs;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.media.MediaDesk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes of what drives say: their nodes hear which of them are out, and those that ask for it are cleaned; cartridges are read when nobody wants their library. On threads of its own. */
public final class DriveKeeper implements MediaDesk.Drives, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DriveKeeper.class);
    private static final long PAUSE = 60;
    /** Where a cartridge is read that others may want to make way. */
    private static final long AT_ONCE = 1;
    /** Where a drive is to be cleaned as soon as nobody is at work in it. */
    private static final long SHORT = 10;

    private final DriveUses uses;
    private final CleaningWatch cleaning;
    private final ReadingWatch reading;
    private final ShutVolumes shut;
    private final Semaphore woken = new Semaphore(0);
    private volatile Duration readWithin = Duration.ZERO;
    private volatile boolean closed;

    public DriveKeeper(LibraryDesk libraries, Jobs jobs) {
        this.uses = libraries.drives();
        this.shut = libraries.shut();
        libraries.onChange(woken::release);
        this.cleaning = libraries.cleaning(jobs, InstantSource.system());
        this.reading = libraries.reading(jobs, InstantSource.system(), () -> readWithin);
    }

    /** All of each cartridge is read in so long; zero: it is not. */
    public void readWithin(Duration time) {
        readWithin = time;
        woken.release();
    }

    /** Begins to look after drives. */
    public void open() {
        Thread.ofPlatform().daemon().name("server-drives").start(this::run);
    }

    private void run() {
        try {
            long pause = PAUSE;
            while (!closed) {
                if (woken.tryAcquire(pause, TimeUnit.SECONDS)) {
                    woken.drainPermits();
                }
                if (!closed) {
                    pause = round();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Seconds until the next one. */
    private long round() {
        try {
            shut.round();
            long next = cleaning.round() ? SHORT : PAUSE;
            return reading.round() ? AT_ONCE : next;
        } catch (BackupException e) {
            log.warn("which drives want to be cleaned, and what is not written any more or is to be read, can't be looked up: {}", e.getMessage());
            return PAUSE;
        }
    }

    /** A node that is to open its pools hears first which drives it may not use. */
    public void joined(ConnectedNode node) throws BackupException {
        uses.joined(node);
    }

    @Override
    public void said(ConnectedNode node, NodeReport.DriveSaid said) {
        Thread.ofVirtual().name("server-drives of " + node.name()).start(() -> {
            uses.tryTell(node, said.device());
            woken.release();
        });
    }

    @Override
    public void close() {
        closed = true;
        woken.release();
    }
}
