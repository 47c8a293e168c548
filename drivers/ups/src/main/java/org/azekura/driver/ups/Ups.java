package org.azekura.driver.ups;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.device.PowerSource;
import org.azekura.api.device.PowerState;
import org.azekura.serial.LineSettings;
import org.azekura.serial.SerialLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A power supply on a serial line. One thread of its own asks it, and opens the line anew when it broke. Thread-safe. */
final class Ups implements PowerSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ups.class);
    private static final LineSettings LINE = new LineSettings(2400, 8, 'N', 1);
    private static final byte[] QUESTION = "Q1\r".getBytes(StandardCharsets.US_ASCII);
    /** 47 characters take 0.2 s at 2400 baud, and devices think for a while. */
    private static final Duration ANSWER = Duration.ofMillis(1_500);
    private static final Duration SELF_TEST = Duration.ofSeconds(8);
    /** A line that breaks so often while it is tried is broken. */
    private static final int BREAKS = 2;
    /** Between questions while somebody waits. */
    private static final Duration HURRY = Duration.ofMillis(200);
    private static final long END_ms = 3_000;

    private final Setup setup;
    private final Duration patience;
    private final Duration trial;
    private final Belief belief;
    private final Thread asker;
    /** Answers that made sense so far; guarded by this, as all below. */
    private long answers;
    private long breaks;
    /** Who waits for answers. */
    private int waiting;
    private boolean closed;
    private String told = "";

    Ups(Setup setup) {
        this(setup, ANSWER, SELF_TEST);
    }

    /**
     * @param patience with one answer
     * @param trial    how long a self-test may take
     */
    Ups(Setup setup, Duration patience, Duration trial) {
        this.setup = setup;
        this.patience = patience;
        this.trial = trial;
        this.belief = new Belief(setup, Instant.now());
        this.asker = Thread.ofPlatform().daemon().name("ups " + setup.port()).unstarted(this::run);
    }

    Ups start() {
        asker.start();
        return this;
    }

    private void run() {
        while (!isClosed()) {
            try (SerialLine line = SerialLine.open(setup.port(), LINE)) {
                while (pause()) {
                    ask(line);
                }
            } catch (BackupException e) {
                broken(e.getMessage());
                pause();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("ups {}: a fault of ours", setup.port(), e);
                trouble("a fault of ours: " + e);
                return;
            }
        }
    }

    private void ask(SerialLine line) throws BackupException, InterruptedException {
        line.drain();
        line.write(QUESTION);
        try {
            String answer = answer(line);
            UpsStatus status = UpsStatus.parse(answer);
            synchronized (this) {
                belief.answered(status, Instant.now());
                answers++;
                told = "";
                notifyAll();
            }
        } catch (BackupException e) {
            if (e.failure().code().equals("device.io") || e.failure().code().equals("device.closed")) {
                throw e; // the line is to be opened anew
            }
            trouble(e.getMessage());
        }
    }

    /** Up to the return, which is left out. */
    private String answer(SerialLine line) throws BackupException {
        StringBuilder answer = new StringBuilder();
        byte[] piece = new byte[UpsStatus.LONGEST];
        for (long end = System.nanoTime() + patience.toNanos(), left = patience.toNanos(); left > 0; left = end - System.nanoTime()) {
            int count = line.read(piece, Duration.ofNanos(left));
            answer.append(new String(piece, 0, count, StandardCharsets.ISO_8859_1));
            int end13 = answer.indexOf("\r");
            if (end13 >= 0 || answer.length() > UpsStatus.LONGEST) {
                return end13 < 0 ? answer.toString() : answer.substring(0, end13);
            }
        }
        throw BackupException.device("device.timeout", setup.port(), answer.isEmpty() ? "no answer to Q1 on " + setup.port() + " within "
                + patience.toMillis() + " ms" : "half an answer to Q1 on " + setup.port() + ": " + answer.length() + " characters", null);
    }

    private synchronized void broken(String what) {
        breaks++;
        trouble(what);
    }

    private synchronized void trouble(String what) {
        belief.trouble(what);
        if (!what.equals(told)) {
            told = what;
            LOG.warn("ups {}: {}", setup.port(), what);
        }
        notifyAll();
    }

    /** Waits until it is time to ask. @return whether that is still wanted */
    private synchronized boolean pause() {
        long begin = System.nanoTime();
        try {
            for (long left = left(begin); !closed && left > 0; left = left(begin)) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
        return !closed;
    }

    private long left(long begin) {
        return begin + (waiting > 0 ? HURRY : setup.poll()).toNanos() - System.nanoTime();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public String location() {
        return setup.port();
    }

    @Override
    public synchronized PowerState state() {
        return closed ? new PowerState(PowerState.Supply.UNKNOWN, OptionalDouble.empty(), OptionalInt.empty(), Instant.now(), "its driver has let go of it")
                : belief.state(Instant.now());
    }

    @Override
    public Patience patience() {
        return setup.patience();
    }

    /** Two answers from now on, so that what they say is believed. */
    @Override
    public synchronized void selfTest() throws BackupException {
        long wanted = answers + 2;
        long most = breaks + BREAKS;
        long end = System.nanoTime() + trial.toNanos();
        waiting++;
        notifyAll();
        try {
            for (long left = trial.toNanos(); !closed && answers < wanted && breaks < most && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", setup.port(), "interrupted while the power supply on " + setup.port() + " was tried", e);
        } finally {
            waiting--;
        }
        if (closed) {
            throw BackupException.device("device.closed", setup.port(), "the power supply on " + setup.port() + " is closed", null);
        }
        if (answers < wanted && breaks >= most) {
            throw BackupException.device("device.io", setup.port(), "the power supply on " + setup.port() + " can't be asked: " + belief.trouble(), null);
        }
        if (answers < wanted) {
            throw BackupException.device("device.timeout", setup.port(), "the power supply on " + setup.port() + " did not answer twice within "
                    + trial.toSeconds() + " s: " + (belief.trouble().isEmpty() ? "it is slow" : belief.trouble()), null);
        }
    }

    /** Returns when the line is free, or a moment later. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            asker.join(END_ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
