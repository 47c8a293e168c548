package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A machine that hangs and comes back. Two minutes of each test are the watchdog's own patience; a chipset of Intel has it twice. */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class WatchdogIT {

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @TempDir
    Path dir;

    @BeforeAll
    static void make() {
        Guest.assume("watchdogs");
    }

    /** The kernel's own restart after a panic is off: what starts the machine again is not the kernel. */
    @Test
    void aKernelThatIsStuckIsStartedAgainByTheHardware() throws Exception {
        hangs("kernel", "i6300ESB timer", "pc", List.of("-device", "i6300esb"));
    }

    /** The one that most machines have. */
    @Test
    void aKernelThatIsStuckIsStartedAgainByAChipsetOfIntel() throws Exception {
        hangs("kernel", "iTCO_wdt", "q35", List.of("-global", "ICH9-LPC.noreboot=off"));
    }

    @Test
    void aSystemThatIsStuckIsStartedAgainByTheKernelWhereTheHardwareHasNothingForThat() throws Exception {
        hangs("system", "Software Watchdog", "pc", List.of());
    }

    private void hangs(String what, String watchdog, String chipset, List<String> hardware) throws Exception {
        try (Guest guest = Guest.start(dir, what, chipset, hardware)) {
            String took = "GUEST watchdog (.*) of (\\d+) s";
            assertEquals(watchdog, guest.console.await(took, Guest.START).group(1));
            long begin = System.nanoTime();
            // the same again is another start
            assertEquals("120", guest.console.await(took, PATIENCE).group(2));
            System.out.printf("watchdog: %s: a machine whose %s hung was up again after %d s%n", watchdog, what, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        }
    }
}
