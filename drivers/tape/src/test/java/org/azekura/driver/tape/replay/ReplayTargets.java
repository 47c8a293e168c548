package org.azekura.driver.tape.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.testkit.fuzz.Target;

/** Recordings of any bytes. */
public final class ReplayTargets {

    private ReplayTargets() {}

    public static List<Target> all() {
        return List.of(Target.of("recording", "recording.damaged", List.of(ReplayTest.GOLDEN.getBytes(StandardCharsets.UTF_8)), ReplayTargets::recording));
    }

    /** What was taken is written as it was read. */
    private static void recording(byte[] bytes) throws BackupException {
        for (Exchange exchange : Replay.parse("x", bytes)) {
            Exchange again = Exchange.parse(new Words("x", 1, exchange.call()), new Words("x", 2, exchange.reply()));
            assertEquals(exchange.call(), again.call());
            assertEquals(exchange.reply(), again.reply());
        }
    }
}
