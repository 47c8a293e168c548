package org.azekura.driver.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.device.Tapes.load;
import static org.azekura.testkit.device.Tapes.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.device.Drive;
import org.azekura.api.device.LoadResult;
import org.azekura.driver.tape.paper.PaperDrive;
import org.azekura.driver.tape.paper.Said;
import org.azekura.driver.tape.scsi.Outcome;
import org.junit.jupiter.api.Test;

/** How cartridges get ready: on paper, with answers made by hand from the standards. Time passes at once. */
class LoadingTest {

    private final List<Duration> pauses = new ArrayList<>();
    private final PaperDrive paper = new PaperDrive();
    private final Drive drive = Papers.library(paper, (time, where) -> pauses.add(time)).drives().getFirst();

    private void ready(Outcome... outcomes) throws Exception {
        drive.identity();
        // The first one is met by what every load begins with.
        paper.script(0x00, Said.good(0));
        paper.script(0x00, outcomes);
    }

    private static Outcome[] becoming(int times) {
        Outcome[] all = new Outcome[times];
        Arrays.fill(all, Said.sense(2, 4, 1));
        return all;
    }

    @Test
    void loadsWhatTheRobotHasOnlyPutIn() throws Exception {
        paper.takenOut();
        load(drive);
        assertTrue(paper.sent().contains("1b"), "LOAD was sent");
        assertEquals(List.of(), pauses);
    }

    @Test
    void waitsThroughBecomingReadyAndMediumChanged() throws Exception {
        ready(Said.sense(2, 4, 1), Said.sense(2, 4, 1), Said.sense(6, 0x28, 0));
        load(drive);
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), pauses);
    }

    @Test
    void waitsAsLongAsItIsToldAndGoesOnLater() throws Exception {
        ready(becoming(3));
        assertEquals(new LoadResult.Busy("loading"), drive.load(Duration.ZERO));
        assertEquals(List.of(), pauses);
        paper.script(0x00, Said.good(0), Said.sense(2, 4, 1));
        assertRefused("drive.busy", drive::position);
        load(drive);
    }

    @Test
    void unloadsNothingThatIsBeingLoaded() throws Exception {
        ready(becoming(4));
        drive.load(Duration.ZERO);
        assertRefused("drive.busy", drive::unload);
        assertEquals(0, paper.sent().stream().filter("1b"::equals).count(), "no UNLOAD is sent meanwhile");
    }

    @Test
    void calibratesForTwoHoursInADriveOfTheNinthGeneration() throws Exception {
        byte[] inquiry = new byte[36];
        System.arraycopy("IBM     ULT3580-TD9     N1.0".getBytes(StandardCharsets.US_ASCII), 0, inquiry, 8, 28);
        inquiry[0] = 1;
        inquiry[4] = 31;
        paper.inquiry(inquiry);
        ready(becoming(300));
        assertEquals(new LoadResult.Busy("calibrating"), drive.load(Duration.ofMinutes(30)));
        assertEquals(Duration.ofSeconds(30), pauses.stream().max(Duration::compareTo).orElseThrow());
        load(drive);
        Duration all = pauses.stream().reduce(Duration.ZERO, Duration::plus);
        assertTrue(all.compareTo(Duration.ofMinutes(120)) > 0 && all.compareTo(Duration.ofMinutes(180)) < 0, all.toString());
    }

    @Test
    void aCleaningCartridgeCleans() throws Exception {
        ready(Said.sense(2, 0x30, 3), Said.sense(2, 0x30, 3), Said.sense(2, 0x3a, 0));
        assertEquals(new LoadResult.Cleaned(), drive.load(Duration.ofMinutes(10)));
    }

    @Test
    void anEmptyDriveIsEmpty() throws Exception {
        ready(Said.sense(2, 0x3a, 0));
        paper.script(0x1b, Said.sense(2, 0x3a, 0));
        assertEquals(new LoadResult.Empty(), drive.load(Duration.ofMinutes(10)));
        paper.script(0x1b, Said.sense(2, 0x3a, 0));
        drive.unload();
    }

    @Test
    void saysWhatItCannotUse() throws Exception {
        ready(Said.sense(3, 0x30, 0));
        assertRefused("media.unfit", () -> drive.load(Duration.ofMinutes(10)));
        ready(Said.sense(3, 0x11, 0));
        assertRefused("media.read", () -> drive.load(Duration.ofMinutes(10)));
    }

    @Test
    void acceptsWhateverDrivesSayOnceTheyHaveLetGo() throws Exception {
        for (Outcome after : new Outcome[] {Said.sense(2, 0x3a, 0), Said.sense(2, 4, 2), Said.good(0)}) {
            load(drive);
            write(drive, 1000, 1);
            paper.script(0x1b, after);
            drive.unload();
            assertRefused("drive.unloaded", drive::position);
        }
    }
}
