package org.azekura.driver.tape;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.device.LoadResult;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Verdict;

/** How a cartridge gets ready in a drive and is let go of (SSC-3, LOAD UNLOAD). One thread at a time. */
final class Loading {

    private static final int LOAD_UNLOAD = 0x1b;
    private static final int IMMEDIATE = 1;
    private static final int LOAD = 1;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** No drive takes longer to load what it knows; an LTO-9 drive calibrates new media for up to two hours. */
    private static final Duration USUAL = Duration.ofMinutes(3);
    private static final int CALIBRATES = 9;

    private final SpcDevice device;
    private final Pauses pauses;
    private boolean busy;
    private boolean cleaning;
    private Duration waited = Duration.ZERO;

    Loading(SpcDevice device, Pauses pauses) {
        this.device = device;
        this.pauses = pauses;
    }

    /** Whether a load goes on that somebody had no patience for. */
    boolean isBusy() {
        return busy;
    }

    /** @return null if what lies in the drive is ready */
    LoadResult await(Duration patience) throws BackupException {
        boolean told = busy;
        Duration wait = FIRST_WAIT;
        Duration left = patience;
        if (!busy) {
            waited = Duration.ZERO;
        }
        busy = false;
        while (true) {
            Answer answer = device.testReady();
            Verdict verdict = answer.verdict();
            boolean mayLoad = verdict == Verdict.LOAD || verdict == Verdict.EMPTY && !cleaning;
            if (answer.isDone()) {
                return null;
            } else if (mayLoad && !told) {
                told = true;
                Answer load = load();
                if (load.verdict() == Verdict.EMPTY) {
                    return new LoadResult.Empty();
                } else if (load.isDone()) {
                    continue;
                }
            } else if (verdict == Verdict.EMPTY) {
                boolean wasCleaning = cleaning;
                cleaning = false;
                return wasCleaning ? new LoadResult.Cleaned() : new LoadResult.Empty();
            }
            goesOn(answer);
            if (left.isZero() || left.isNegative()) {
                busy = true;
                return new LoadResult.Busy(why());
            }
            Duration now = wait.compareTo(left) < 0 ? wait : left;
            pauses.pause(now, device.location());
            waited = waited.plus(now);
            left = left.minus(now);
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
    }

    private void goesOn(Answer answer) throws BackupException {
        switch (answer.verdict()) {
            case CLEANING -> cleaning = true;
            case RETRY, LOAD, EMPTY -> { }
            default -> throw device.refused(answer, Doing.LOADING);
        }
    }

    private String why() {
        return cleaning ? "cleaning" : device.timeOuts().generation() >= CALIBRATES && waited.compareTo(USUAL) > 0 ? "calibrating" : "loading";
    }

    private Answer load() throws BackupException {
        Answer answer = device.ask(Cdb.six(LOAD_UNLOAD, Direction.NONE, IMMEDIATE, LOAD), null);
        return answer.verdict() == Verdict.UNSUPPORTED ? device.ask(Cdb.six(LOAD_UNLOAD, Direction.NONE, 0, LOAD), null) : answer;
    }

    /** @throws BackupException {@code drive.busy} if a load goes on still */
    void requireAtRest() throws BackupException {
        if (busy && device.testReady().verdict() == Verdict.RETRY) {
            throw Trouble.device("drive.busy", device.location(), "a cartridge is being loaded still: " + why() + "; load again to wait for it");
        }
        busy = false;
    }

    /** Lets go of what lies in the drive; there may be nothing. */
    void unload() throws BackupException {
        Answer answer = device.ask(Cdb.six(LOAD_UNLOAD, Direction.NONE, 0, 0), null);
        boolean gone = answer.verdict() == Verdict.EMPTY || answer.verdict() == Verdict.LOAD || answer.verdict() == Verdict.CLEANING;
        if (!answer.isDone() && !gone) {
            throw device.refused(answer, Doing.LOADING);
        }
        cleaning = false;
    }
}
