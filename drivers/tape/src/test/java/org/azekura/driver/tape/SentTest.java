package org.azekura.driver.tape;

import static org.azekura.testkit.device.Tapes.assertBlocks;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.driver.tape.paper.PaperDrive;
import org.azekura.driver.tape.paper.Said;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.scsi.ScsiTransport;
import org.junit.jupiter.api.Test;

/** With what commands get to a drive, and what is made of data that come with one that failed: on paper, with a way between that looks at each. */
class SentTest {

    private static final int JUNK = 0xa5;

    private final PaperDrive paper = new PaperDrive();
    /** How long each was waited for, by its code. */
    private final Map<Integer, Duration> times = new TreeMap<>();
    private final Drive drive = new TapeLibrary(new TapeLibrary.Setup(Optional.empty(), List.of(new Looked()), List.of(), 1 << 20, true, Libraries.KEY),
            (time, where) -> { }).drives().getFirst();

    /** Puts bytes from elsewhere into the buffer of a command that fails, as a peer does, and says that all of them came. */
    private final class Looked implements ScsiPath {

        @Override
        public ScsiTransport open() {
            ScsiTransport way = paper.open();
            return new ScsiTransport() {
                @Override
                public Outcome execute(byte[] cdb, Direction direction, ByteBuffer data, Duration timeout) {
                    times.put(cdb[0] & 0xff, timeout);
                    Outcome outcome = way.execute(cdb, direction, data, timeout);
                    boolean failed = outcome instanceof Outcome.Answered answered && answered.status() != 0;
                    while (failed && direction == Direction.IN && data.hasRemaining()) {
                        data.put((byte) JUNK);
                    }
                    return outcome;
                }

                @Override
                public void close() {
                    way.close();
                }
            };
        }

        @Override
        public String location() {
            return paper.location();
        }
    }

    @Test
    void eachCommandHasItsTimeAndTheDrivesWordComesFirst() throws Exception {
        load(drive);
        write(drive, 1000, 1);
        drive.writeFilemarks(1, false);
        drive.locate(Position.of(1));
        drive.rewind();
        assertBlocks(drive, 1000, 1);
        drive.spaceToEnd();
        drive.unload();
        // It says 2,000 s for READ; of the others it names no time, so they have what the makers publish.
        Map<Integer, Integer> expected = Map.of(0x08, 2000, 0x0a, 1500, 0x10, 1620, 0x92, 2940, 0x01, 600, 0x1b, 960, 0x34, 60, 0x00, 60);
        expected.forEach((code, seconds) -> assertEquals(Duration.ofSeconds(seconds), times.get(code), Integer.toHexString(code)));
    }

    @Test
    void whatComesWithAFailedCommandIsNotLookedAt() throws Exception {
        for (int code : new int[] {0x05, 0x44, 0x4d, 0x8c, 0xa2, 0xa3}) {
            paper.script(code, Said.sense(5, 0x24, 0), Said.sense(5, 0x24, 0), Said.sense(5, 0x24, 0), Said.sense(5, 0x24, 0));
        }
        Drive.Cartridge cartridge = load(drive);
        assertEquals(Optional.empty(), cartridge.serial());
        assertEquals(-1, cartridge.capacity());
        Drive.Capabilities can = drive.capabilities();
        assertEquals(1, can.minBlock());
        assertEquals(1 << 20, can.maxBlock());
        assertFalse(can.encryption() || can.alerts() || can.counters(), can.toString());
        assertEquals(List.of(), drive.alerts());
        assertEquals(Drive.Counters.NONE, drive.counters());
        write(drive, 1000, 1);
        drive.rewind();
        assertBlocks(drive, 1000, 1);
    }
}
