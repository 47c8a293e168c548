package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.scsi.ScsiTransport;
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
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Duration RETURN = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final Cdb TEST_UNIT_READY = Cdb.six(0, Direction.NONE, 0, 0);

    private final ScsiPath path;
    private final Doors doors;
    private final Pauses pauses;
    private final Family family;
    private final Runnable forget;
    private final Set<Integer> absent = new HashSet<>();
    private volatile ScsiTransport transport;
    private TimeOuts timeOuts = TimeOuts.of("");
    private Inquiry inquiry;
    private Operations operations = Operations.UNKNOWN;
    private boolean wantsCleaning;
    private boolean leaving;

    /** @param forget runs when the device was reset or the way to it is a new one: nothing that was known of its state is true */
    SpcDevice(ScsiPath path, Doors doors, Pauses pauses, Family family, Runnable forget) {
        this.path = path;
        this.doors = doors;
        this.pauses = pauses;
        this.family = family;
        this.forget = forget;
    }

    String location() {
        return path.location();
    }

    /** Who it is; asked once. */
    Inquiry inquiry() throws BackupException {
        connected();
        return inquiry;
    }

    TimeOuts timeOuts() {
        return timeOuts;
    }

    Operations operations() {
        return operations;
    }

    /** Whether it has asked to be cleaned since this was asked last. */
    boolean takeCleaning() {
        boolean asked = wantsCleaning;
        wantsCleaning = false;
        return asked;
    }

    /** Connects if need be. */
    void connect() throws BackupException {
        connected();
    }

    /** What a call that begins anew starts with: finds out whether the way has broken, or the device was reset, while nobody used it. */
    void revive() throws BackupException {
        if (transport != null) {
            Outcome outcome = execute(transport, TEST_UNIT_READY, null);
            if (outcome instanceof Outcome.Answered answered) {
                settle(answer(answered, TEST_UNIT_READY, 0, 0));
                return;
            }
            drop();
        }
        connected();
    }

    /** What is done last, on a way that is open, when the doors are closed. */
    interface Last {
        void done() throws BackupException;
    }

    /** Does what is left to do with a device that is connected. Each command has a second or two. */
    void farewell(Last last) throws BackupException {
        if (transport != null) {
            leaving = true;
            last.done();
        }
    }

    private ScsiTransport connected() throws BackupException {
        ScsiTransport now = transport;
        if (leaving && now != null) {
            return now;
        }
        doors.requireOpen(location());
        if (now != null) {
            return now;
        }
        now = opened();
        transport = now;
        if (doors.isClosed()) {
            now.close();
        }
        forget.run();
        try {
            settle(once(TEST_UNIT_READY, null));
            introduce();
        } catch (BackupException e) {
            drop();
            throw e;
        }
        return now;
    }

    /** A device that was there before is waited for: a target, or a drive, that starts anew is back within seconds. */
    private ScsiTransport opened() throws BackupException {
        for (Duration waited = Duration.ZERO;; waited = waited.plus(AGAIN)) {
            try {
                return path.open();
            } catch (BackupException e) {
                if (inquiry == null || !Trouble.is(e, "device.io") || waited.compareTo(RETURN) >= 0) {
                    throw e;
                }
            }
            pauses.pause(AGAIN, location());
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

    private void introduce() throws BackupException {
        Inquiry found = Inquiry.of(this);
        if (found.type() != family.type()) {
            throw Trouble.device("device.io", location(), "this is no " + family.word() + ", expected a SCSI device of type " + family.type() + ", found "
                    + found.type() + " (" + found.vendor() + " " + found.product() + "); look at the settings of the library");
        }
        inquiry = found;
        timeOuts = TimeOuts.of(found.product());
        operations = Operations.of(this);
        timeOuts = timeOuts.told(operations.timeOuts());
    }

    /** Sends a command once. The answer may be anything; what comes when the device did not answer is thrown. */
    Answer once(Cdb cdb, ByteBuffer data) throws BackupException {
        for (int i = 1;; i++) {
            ScsiTransport now = connected();
            int asked = data == null ? 0 : data.remaining();
            int from = data == null ? 0 : data.position();
            Outcome outcome = execute(now, cdb, data);
            if (!(outcome instanceof Outcome.Answered answered)) {
                throw loss(outcome, cdb);
            }
            // Neither was begun, so it may be sent again, also if it writes.
            boolean refused = answered.status() == BUSY || answered.status() == QUEUE_FULL;
            if (refused && i < BUSY_TRIES) {
                pauses.pause(Duration.ofMillis(Math.min(1000, 10L << i)), location());
            } else if (refused) {
                throw Trouble.device("device.timeout", location(), "the device says that it is busy, and did not end for a minute");
            } else {
                return answer(answered, cdb, asked, data == null ? 0 : data.position() - from);
            }
        }
    }

    private Outcome execute(ScsiTransport now, Cdb cdb, ByteBuffer data) {
        return now.execute(cdb.bytes(), cdb.direction(), data, leaving ? FAREWELL : timeOuts.of(cdb.operation()));
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

    private BackupException loss(Outcome outcome, Cdb cdb) {
        drop();
        if (doors.isClosed()) {
            return Trouble.closed(location());
        }
        return switch (outcome) {
            case Outcome.Lost lost -> Trouble.device("device.io", location(), "the way to the device broke: " + lost.why()
                    + "; what it has done of the command (" + cdb + ") is not known");
            case Outcome.TimedOut late -> Trouble.device("device.timeout", location(), "no answer within " + late.after().toSeconds()
                    + " s; what the device has done of the command (" + cdb + ") is not known");
            case Outcome.Interrupted interrupted -> Trouble.interrupted(location());
            case Outcome.Answered answered -> throw new IllegalArgumentException(answered.toString());
        };
    }

    private void drop() {
        ScsiTransport old = transport;
        transport = null;
        if (old != null) {
            old.close();
        }
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
        return absent.contains(cdb.key());
    }

    /** Remembers that it has no such command; a form that it does not know is another matter for what has service actions or pages. */
    void note(Cdb cdb, Answer answer) {
        boolean noCommand = answer.sense().filter(sense -> sense.key() == 5 && sense.asc() == 0x20).isPresent();
        boolean noAction = answer.verdict() == Verdict.UNSUPPORTED && cdb.service() >= 0;
        if (noCommand || noAction) {
            absent.add(cdb.key());
        }
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
        drop();
    }
}
