package org.azekura.driver.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.driver.tape.paper.Said;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.scsi.ScsiTransport;
import org.azekura.driver.tape.sg.SgPath;

/** Two hosts at one drive whose reservations a kernel enforces, in the guest of the slow test. */
public final class GuestReservations {

    private static final int LENGTH = 64 << 10;
    /** As much as a bus of tcm_loop takes at once, wherever in memory it lies. */
    private static final int LONGEST = 256 << 10;
    private static final int CONFLICT = 0x18;

    private GuestReservations() {}

    private static TapeLibrary host(String name, String boot, ScsiPath drive) {
        return new TapeLibrary(new TapeLibrary.Setup(Optional.empty(), List.of(drive), List.of(), LONGEST, true, HostKey.of(name, boot)));
    }

    /** The same device as one that has no persistent reservation. */
    private record Old(ScsiPath drive) implements ScsiPath {
        @Override
        public ScsiTransport open() throws BackupException {
            ScsiTransport opened = drive.open();
            return new ScsiTransport() {
                @Override
                public Outcome execute(byte[] cdb, Direction direction, ByteBuffer data, Duration timeout) {
                    return (cdb[0] & 0xfe) == 0x5e ? Said.sense(5, 0x20, 0) : opened.execute(cdb, direction, data, timeout);
                }

                @Override
                public void close() {
                    opened.close();
                }
            };
        }

        @Override
        public String location() {
            return drive.location();
        }
    }

    /** PERSISTENT RESERVE. @param one and the other: the ways of two hosts to the drive */
    public static void persistent(Path one, Path other) throws Exception {
        isRefusedUntilItIsLetGo(new SgPath(one), new SgPath(other));
    }

    /** RESERVE(6). */
    public static void simple(Path one, Path other) throws Exception {
        isRefusedUntilItIsLetGo(new Old(new SgPath(one)), new Old(new SgPath(other)));
    }

    private static void isRefusedUntilItIsLetGo(ScsiPath one, ScsiPath other) throws Exception {
        try (TapeLibrary ours = host("one", "boot", one); TapeLibrary theirs = host("other", "boot", other)) {
            Drive drive = ours.drives().getFirst();
            Drive same = theirs.drives().getFirst();
            load(drive);
            drive.rewind();
            write(drive, LENGTH, 1, 2);
            BackupException e = assertRefused("device.reserved", () -> same.load(Duration.ZERO));
            assertTrue(e.getMessage().contains("somebody else has reserved the device"), e.getMessage());
            refusesTheCommandsOfOthers(other);
            write(drive, LENGTH, 3);
            assertTrue(drive.writeFilemarks(1, false).isWritten());
            drive.unload();
            load(same);
            same.rewind();
            assertBlocks(same, LENGTH, 1, 2, 3);
            assertRefused("device.reserved", () -> drive.load(Duration.ZERO));
            same.unload();
        }
    }

    /** Whoever asks: it is the device that keeps others away, not the driver that keeps away. */
    private static void refusesTheCommandsOfOthers(ScsiPath other) throws BackupException {
        try (ScsiTransport raw = other.open()) {
            for (byte[] cdb : List.of(new byte[] {0x0a, 0, 0, 2, 0, 0}, new byte[] {0x01, 0, 0, 0, 0, 0}, new byte[] {0x1b, 0, 0, 0, 0, 0})) {
                Direction direction = cdb[0] == 0x0a ? Direction.OUT : Direction.NONE;
                Outcome outcome = raw.execute(cdb, direction, ByteBuffer.allocate(direction == Direction.OUT ? 512 : 0), Duration.ofSeconds(20));
                assertEquals(CONFLICT, outcome instanceof Outcome.Answered answered ? answered.status() : -1, outcome + " to " + cdb[0]);
            }
        }
    }

    /** What a host that crashed has left is taken over when it comes again, on whatever way; what the crashed one still sends is refused. */
    public static void leftBehind(Path one, Path other) throws Exception {
        TapeLibrary crashed = host("one", "first boot", new SgPath(one));
        try (TapeLibrary stranger = host("other", "boot", new SgPath(other)); TapeLibrary again = host("one", "second boot", new SgPath(other))) {
            Drive before = crashed.drives().getFirst();
            load(before);
            before.rewind();
            write(before, LENGTH, 1);
            assertTrue(before.writeFilemarks(1, false).isWritten());
            assertRefused("device.reserved", () -> stranger.drives().getFirst().load(Duration.ZERO));
            Drive after = again.drives().getFirst();
            load(after);
            after.rewind();
            assertBlocks(after, LENGTH, 1);
            assertRefused("drive.attention", () -> write(before, LENGTH, 2));
            refusesTheCommandsOfOthers(new SgPath(one));
            after.unload();
        }
        crashed.close();
    }
}
