package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.scsi.TimeOuts;
import org.azekura.driver.tape.scsi.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One logical unit and the way to it (SPC-3). It is connected when it is used, and anew by the call after a loss. One thread at a time, but for {@link #close}.
 *
 * <p>A unit attention says that what was known of the device is void: whoever uses it is told, through {@code forget}, before anything else happens.
 */
final class SpcDevice {

    private static final Logger LOG = LoggerFactory.getLogger(SpcDevice.class);
    /** A device may have several things to say, but not without end. */
    private static final int MOST_ATTENTIONS = 16;
    private static final int BUSY = 8;
    private static final int CONFLICT = 0x18;
    private static final int QUEUE_FULL = 0x28;
    private static final int BUSY_TRIES = 60;
    private static final Cdb TEST_UNIT_READY = Cdb.six(0, Direction.NONE, 0, 0);

    private final Way way;
    private final Family family;
    private final Runnable forget;
    private final Portrait portrait = new Portrait(this);
    private boolean wantsCleaning;

    /** @param forget runs when the device was reset or the way to it is a new one: nothing that was known of its state is true */
    SpcDevice(ScsiPath path, Doors doors, Pauses pauses, Family family, Runnable forget) {
        this.way = new Way(path, doors, pauses);
        this.family = family;
        this.forget = forget;
    }

    String location() {
        return way.location();
    }

    /** Who it is; asked once. */
    Inquiry inquiry() throws BackupException {
        connect();
        return portrait.inquiry();
    }

    TimeOuts timeOuts() {
        return portrait.timeOuts();
    }

    Operations operations() {
        return portrait.operations();
    }

    /** Whether it has asked to be cleaned since this was asked last. */
    boolean takeCleaning() {
        boolean asked = wantsCleaning;
        wantsCleaning = false;
        return asked;
    }

    /** Whether there is a way to it, as far as is known. */
    boolean isConnected() {
        return way.isOpen();
    }

    /** Connects if need be. */
    void connect() throws BackupException {
        if (way.isUsable()) {
            return;
        }
        way.open(portrait.inquiry() != null);
        forget.run();
        boolean fine = false;
        try {
            settle(once(TEST_UNIT_READY, null));
            portrait.introduce(family);
            fine = true;
        } finally {
            if (!fine) {
                way.close();
            }
        }
    }

    /** What a call that begins anew starts with: finds out whether the way has broken, or the device was reset, while nobody used it. */
    void revive() throws BackupException {
        if (way.isOpen()) {
            Outcome outcome = way.execute(TEST_UNIT_READY, null, timeOuts().of(TEST_UNIT_READY.operation()));
            if (outcome instanceof Outcome.Answered answered) {
                settle(answer(answered, TEST_UNIT_READY, 0, 0));
                return;
            }
            way.close();
        }
        connect();
    }

    /** What is done last, on a way that is open, when the doors are closed. */
    interface Last {
        void done() throws BackupException;
    }

    /** Does what is left to do with a device that is connected. */
    void farewell(Last last) throws BackupException {
        if (way.isOpen()) {
            way.leave();
            last.done();
        }
    }

    /** Takes note of all attentions that are pending. */
    private void settle(Answer first) throws BackupException {
        Answer answer = first;
        for (int i = 0; i < MOST_ATTENTIONS && answer.verdict() == Verdict.ATTENTION; i++) {
            LOG.debug("{}: {}", location(), answer.text());
            answer = once(TEST_UNIT_READY, null);
        }
    }

    /** Asks what it has, unless it has said so. */
    void learn() throws BackupException {
        portrait.learn();
    }

    /** Sends a command once. The answer may be anything; what comes when the device did not answer is thrown. */
    Answer once(Cdb cdb, ByteBuffer data) throws BackupException {
        for (int i = 1;; i++) {
            connect();
            int asked = data == null ? 0 : data.remaining();
            int from = data == null ? 0 : data.position();
            Outcome outcome = way.execute(cdb, data, timeOuts().of(cdb.operation()));
            if (!(outcome instanceof Outcome.Answered answered)) {
                throw way.loss(outcome, cdb);
            }
            // Neither was begun, so it may be sent again, also if it writes.
            boolean refused = answered.status() == BUSY || answered.status() == QUEUE_FULL;
            if (refused && i < BUSY_TRIES) {
                way.pause(Duration.ofMillis(Math.min(1000, 10L << i)));
            } else if (refused) {
                throw Trouble.device("device.timeout", location(), "the device says that it is busy, and did not end for a minute");
            } else {
                return answer(answered, cdb, asked, data == null ? 0 : data.position() - from);
            }
        }
    }

    private Answer answer(Outcome.Answered answered, Cdb cdb, int asked, int came) throws BackupException {
        if (answered.status() == CONFLICT) {
            throw Trouble.device("device.reserved", location(), "somebody else has reserved the device; see that only one host uses it");
        }
        Answer answer = Answer.of(answered, asked, came);
        switch (answer.verdict()) {
            case ATTENTION -> forget.run();
            case CLEAN -> wantsCleaning = true;
            case NOTE -> LOG.info("{}: {}: {}", location(), cdb, answer.text());
            default -> { }
        }
        return answer;
    }

    /** Sends what moves and changes nothing, again if a unit attention comes first. */
    Answer ask(Cdb cdb, ByteBuffer data) throws BackupException {
        int from = data == null ? 0 : data.position();
        Answer answer = once(cdb, data);
        for (int i = 0; i < MOST_ATTENTIONS && answer.verdict() == Verdict.ATTENTION; i++) {
            if (data != null) {
                data.position(from);
            }
            answer = once(cdb, data);
        }
        return answer;
    }

    /** Whether the device can be reached and says that it is ready. */
    Answer testReady() throws BackupException {
        return ask(TEST_UNIT_READY, null);
    }

    /**
     * Asks for data by a command that not every device has. What it does not have is remembered.
     *
     * @return what came; empty if it has no such thing, or does not answer that now
     */
    Optional<byte[]> optional(Cdb cdb, int length) throws BackupException {
        if (lacks(cdb)) {
            return Optional.empty();
        }
        ByteBuffer data = ByteBuffer.allocate(length);
        Answer answer = ask(cdb, data);
        note(cdb, answer);
        // What comes with a failed command is never looked at: it may be anything.
        return answer.isDone() ? Optional.of(Arrays.copyOf(data.array(), answer.length())) : Optional.empty();
    }

    boolean lacks(Cdb cdb) {
        return portrait.lacks(cdb);
    }

    /** Remembers that it has no such command, if that is the answer. */
    void note(Cdb cdb, Answer answer) {
        portrait.note(cdb, answer);
    }

    /** Sends what has to be carried out. */
    Answer require(Cdb cdb, ByteBuffer data, Doing doing) throws BackupException {
        Answer answer = once(cdb, data);
        if (!answer.isDone()) {
            throw refused(answer, doing);
        }
        return answer;
    }

    BackupException refused(Answer answer, Doing doing) {
        return family.refused(location(), answer, doing);
    }

    /** Ends the way to the device, and with it whatever waits for an answer. Any thread. */
    void close() {
        way.close();
    }
}
