package org.azekura.driver.tape;

import java.util.OptionalLong;
import org.azekura.api.BackupException;
import org.azekura.api.device.Position;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.SpaceResult.Stop;
import org.azekura.driver.tape.Mount.Form;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Verdict;

/**
 * How a drive goes over blocks and filemarks (SSC-3, SPACE). A drive that numbers its objects and files is told to space, and checked by its numbers; if
 * they are not as they must be it is not told again, and blocks are read over. One thread at a time.
 */
final class Spacing {

    private static final int SPACE_6 = 0x11;
    private static final int SPACE_16 = 0x91;
    private static final int BLOCKS = 0;
    private static final int FILEMARKS = 1;
    private static final int MOST_SHORT = 0x7fffff;

    private final SpcDevice device;
    private final Places places;
    private final Winding winding;
    private boolean miscounts;

    Spacing(SpcDevice device, Places places, Winding winding) {
        this.device = device;
        this.places = places;
        this.winding = winding;
    }

    void toEnd(Mount mount) throws BackupException {
        if (mount.isLost()) {
            winding.rewind(mount);
        }
        places.probe(mount);
        switch (mount.form()) {
            case COUNTED -> winding.toEnd(mount);
            case TOKENS -> winding.walkToEnd(mount);
            case NUMBERS, UNDECIDED -> winding.spaceToEnd(mount);
        }
        if (mount.form() == Form.UNDECIDED) {
            mount.track().beginning();
        }
    }

    SpaceResult blocks(Mount mount, long count) throws BackupException {
        places.probe(mount);
        mount.moved();
        if (mount.form() == Form.NUMBERS && !miscounts && count != 0) {
            SpaceResult told = told(mount, count);
            if (told != null) {
                return told;
            }
            miscounts = true;
        }
        return count < 0 ? back(mount, -count) : forward(mount, count);
    }

    private SpaceResult forward(Mount mount, long count) throws BackupException {
        for (long passed = 0; passed < count; passed++) {
            switch (winding.skip(mount)) {
                case BLOCK -> mount.located(-1);
                case FILEMARK -> {
                    places.passedFilemark(mount);
                    return new SpaceResult(passed, Stop.FILEMARK);
                }
                case END_OF_DATA -> {
                    return new SpaceResult(passed, Stop.END_OF_DATA);
                }
            }
        }
        return new SpaceResult(count, Stop.COUNT);
    }

    private SpaceResult back(Mount mount, long count) throws BackupException {
        resolve(mount);
        Track track = mount.track();
        long block = track.block();
        if (count <= block) {
            winding.goTo(mount, track.file(), block - count);
            return new SpaceResult(count, Stop.COUNT);
        }
        if (track.file() == 0) {
            winding.rewind(mount);
            return new SpaceResult(block, Stop.BEGINNING);
        }
        winding.backTo(mount, track.file() - 1);
        return new SpaceResult(block, Stop.FILEMARK);
    }

    /** Makes our own count known: a drive that goes to places by token does not say how many filemarks lie before. */
    private void resolve(Mount mount) throws BackupException {
        if (mount.track().file() < 0) {
            Position here = places.position(mount);
            winding.rewind(mount);
            while (!places.position(mount).equals(here)) {
                if (winding.skip(mount) == Winding.Met.END_OF_DATA) {
                    throw Trouble.lost(device.location());
                }
            }
        }
        winding.resolve(mount);
    }

    SpaceResult filemarks(Mount mount, long count) throws BackupException {
        places.probe(mount);
        mount.moved();
        if (mount.form() == Form.NUMBERS && count != 0) {
            return filemarksTold(mount, count);
        }
        if (mount.track().file() < 0) {
            resolve(mount);
        }
        if (count >= 0) {
            for (long passed = 0; passed < count; passed++) {
                if (!winding.nextFile(mount)) {
                    return new SpaceResult(passed, Stop.END_OF_DATA);
                }
            }
            return new SpaceResult(count, Stop.COUNT);
        }
        long file = mount.track().file();
        if (-count > file) {
            winding.rewind(mount);
            return new SpaceResult(file, Stop.BEGINNING);
        }
        winding.backTo(mount, file + count);
        return new SpaceResult(-count, Stop.COUNT);
    }

    /** Has the drive do it, and believes what its numbers say; null, and nothing was moved in the end, if they can't be. */
    private SpaceResult told(Mount mount, long count) throws BackupException {
        Places.Here before = places.here();
        Answer answer = space(BLOCKS, count);
        Verdict verdict = answer.verdict();
        Places.Here after = places.here();
        long went = Math.abs(after.object() - before.object());
        SpaceResult result = switch (verdict) {
            case DONE, NOTE, CLEAN, EARLY_WARNING, PROGRAMMED_WARNING ->
                    went == Math.abs(count) && after.file().equals(before.file()) && after.file().isPresent() ? new SpaceResult(went, Stop.COUNT) : null;
            case FILEMARK -> went > 0 ? new SpaceResult(went - 1, Stop.FILEMARK) : null;
            case END_OF_DATA -> count > 0 ? new SpaceResult(went, Stop.END_OF_DATA) : null;
            case BEGINNING -> after.object() == 0 ? new SpaceResult(went, Stop.BEGINNING) : null;
            case ATTENTION -> throw device.refused(answer, Doing.READING);
            default -> null;
        };
        if (result == null) {
            places.locate(mount, before.object());
        } else {
            mount.track().unknown(after.object());
        }
        return result;
    }

    private SpaceResult filemarksTold(Mount mount, long count) throws BackupException {
        Places.Here before = places.here();
        Answer answer = space(FILEMARKS, count);
        Verdict verdict = answer.verdict();
        boolean stopped = verdict == Verdict.END_OF_DATA || verdict == Verdict.BEGINNING;
        if (!answer.isDone() && !stopped && verdict != Verdict.FILEMARK) {
            throw device.refused(answer, Doing.READING);
        }
        mount.track().unknown(-1);
        if (!stopped) {
            return new SpaceResult(Math.abs(count), Stop.COUNT);
        }
        Places.Here after = places.here();
        return new SpaceResult(passed(answer, count, before.file(), after.file()), verdict == Verdict.BEGINNING ? Stop.BEGINNING : Stop.END_OF_DATA);
    }

    /** By the numbers of the files if the drive has such, else what it says is left. */
    private static long passed(Answer answer, long count, OptionalLong before, OptionalLong after) {
        if (before.isPresent() && after.isPresent()) {
            return Math.abs(after.getAsLong() - before.getAsLong());
        }
        OptionalLong left = answer.sense().map(sense -> sense.information()).orElse(OptionalLong.empty());
        return Math.max(0, Math.abs(count) - Math.abs(left.orElse(0)));
    }

    private Answer space(int what, long count) throws BackupException {
        if (Math.abs(count) <= MOST_SHORT) {
            return device.once(Cdb.six(SPACE_6, Direction.NONE, what, (int) count), null);
        }
        return device.once(Cdb.of(16, SPACE_16, Direction.NONE).with(1, what).with64(4, count), null);
    }
}
