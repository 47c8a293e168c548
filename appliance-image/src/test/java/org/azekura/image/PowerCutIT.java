package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Power fails while an update is written, each time in the same machine from the same moment on: when the update was sent and looked through, the machine is suspended, and
 * resumed for each failure. Its disk forgets what was not flushed.
 */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class PowerCutIT {

    private static final String SAVED = "/usr/share/azekura/lib";
    private static final int CUTS = Integer.getInteger("azekura.image.cuts", 10);
    private static final long SEED = Long.getLong("azekura.seed", System.nanoTime());
    /** Up to a little behind the end of an update. */
    private static final double FARTHEST = 1.1;

    @Test
    void anyMomentOfAnUpdateLeavesOneThatStartsAndAllData() throws Exception {
        Machine.assume();
        Daemon.assume("power cuts", "/usr/bin/qemu-img", "qemu-utils");
        LastBuild.require();
        try (Machine machine = suspended()) {
            var appliance = new Appliance(machine);
            long whole_ms = installsUndisturbed(machine, appliance);
            System.out.println("image: -Dazekura.seed=" + SEED);
            var random = new Random(SEED);
            for (int i = 1; i <= CUTS; i++) {
                long moment_ms = (long) (random.nextDouble() * FARTHEST * whole_ms);
                install(machine, appliance);
                TimeUnit.MILLISECONDS.sleep(moment_ms);
                System.out.printf("image: power cut %d, %d s after the order to install, which takes %d s: %s%n", i, moment_ms / 1000, whole_ms / 1000, state(appliance));
                machine.cutPower();
                machine.start();
                MatchResult ready = appliance.ready("power cut " + i);
                assertTrue(List.of(Versions.FIRST + " A", Versions.SECOND + " B").contains(ready.group(1) + " " + ready.group(2)), ready::group);
                appliance.hasData();
                machine.cutPower();
            }
        }
    }

    /** With data, and an update that was looked through. */
    private static Machine suspended() throws Exception {
        Machine before = Boolean.getBoolean("azekura.image.reuse") ? Machine.suspended(Recipe.HERE.resolve("target/power")) : null;
        if (before != null) {
            return before;
        }
        Machine machine = Machine.forgetful(Versions.disk(), Recipe.fresh("power"));
        try {
            var appliance = new Appliance(machine);
            machine.start();
            appliance.logIn();
            appliance.backup(SAVED);
            appliance.remote.upload("firmware/updates", Versions.update(Versions.SECOND));
            machine.suspend();
            return machine;
        } catch (Exception | AssertionError e) {
            machine.close();
            throw e;
        }
    }

    /** Goes on from there, and orders to install. */
    private static void install(Machine machine, Appliance appliance) throws Exception {
        machine.resume();
        appliance.remote.connectAgain();
        appliance.remote.logInAgain();
        appliance.remote.post("firmware/updates/" + update(appliance).path("id").asText() + "/install");
    }

    private static JsonNode update(Appliance appliance) throws Exception {
        return appliance.remote.get("firmware").path("update");
    }

    private static String state(Appliance appliance) throws Exception {
        JsonNode update = update(appliance);
        return update.path("state").asText() + " " + update.path("percent").asText() + " %";
    }

    /** @return how long it takes, in ms */
    private static long installsUndisturbed(Machine machine, Appliance appliance) throws Exception {
        install(machine, appliance);
        long begin = System.nanoTime();
        appliance.remote.await("firmware", firmware -> !firmware.path("update").path("state").asText().equals("installing"));
        long took_ms = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        assertEquals("installed", update(appliance).path("state").asText());
        machine.cutPower();
        return took_ms;
    }
}
