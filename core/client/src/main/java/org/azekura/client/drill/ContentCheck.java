package org.azekura.client.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PathProblem;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.OpenFile;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.chunk.Extent;

/** Reads a file back: each slice by its hash, each hole as zeros, and as a hole where those can be. One thread. */
final class ContentCheck {

    /** File systems give room by such units at most; what is smaller need be no hole. */
    private static final long UNIT = 64 << 10;

    private final Differences differences;
    private final Ability ability;
    private final Breaker breaker;
    private final Tally tally;
    private final byte[] buffer = new byte[Extent.MAX_CHUNK];

    ContentCheck(Differences differences, Ability ability, Breaker breaker, Tally tally) {
        this.differences = differences;
        this.ability = ability;
        this.breaker = breaker;
        this.tally = tally;
    }

    void compare(Expected expected, Directory above) throws PosixException, BackupException {
        List<PathProblem.Range> wrong = new ArrayList<>();
        boolean unread = false;
        expected.slices.sort(Comparator.comparingLong(slice -> slice.at));
        try (OpenFile file = above.read(expected.path.name())) {
            file.forget();
            for (Slice slice : expected.slices) {
                breaker.check();
                tally.step();
                if (slice.hash == null) {
                    unread = true;
                } else if (file.read(slice.at, buffer, 0, slice.length) != slice.length || !Arrays.equals(Slice.hash(buffer, 0, slice.length), slice.hash)) {
                    wrong.add(new PathProblem.Range(slice.at, slice.at + slice.length));
                }
            }
            for (PathProblem.Range hole : expected.holes) {
                compare(file, hole, expected, wrong);
            }
        }
        if (!wrong.isEmpty()) {
            differences.add(new PathProblem(expected.path.saved(), "the content that was restored is not that which was saved", wrong));
        }
        if (unread && expected.problem == null) {
            differences.add(expected.path.saved(), "some of its content was never read");
        }
    }

    private void compare(OpenFile file, PathProblem.Range hole, Expected expected, List<PathProblem.Range> wrong) throws PosixException, BackupException {
        long from = Math.min(hole.to(), (hole.from() + UNIT - 1) / UNIT * UNIT);
        long to = Math.max(from, hole.to() / UNIT * UNIT);
        boolean zeros = isZero(file, hole.from(), from) && isZero(file, to, hole.to());
        long data = from == to ? -1 : file.nextData(from);
        boolean filled = data == from && file.nextHole(from) >= to;
        while (zeros && data >= 0 && data < to) {
            long end = Math.min(to, file.nextHole(data));
            zeros = isZero(file, data, end);
            data = end < to ? file.nextData(end) : -1;
        }
        if (!zeros) {
            wrong.add(hole);
        } else if (filled && ability.holdsHoles()) {
            differences.add(new PathProblem(expected.path.saved(), "what was saved as a hole takes room", List.of(hole)));
        }
    }

    private boolean isZero(OpenFile file, long from, long to) throws PosixException, BackupException {
        for (long at = from; at < to; at += buffer.length) {
            breaker.check();
            tally.step();
            int length = (int) Math.min(buffer.length, to - at);
            if (file.read(at, buffer, 0, length) != length || !isZero(buffer, length)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
