package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The whole image in a machine: from its first start to a factory reset, one after the other on the same disk, for a start takes minutes without help of the
 * processor. Run by {@code ./azekura image test} and {@code check --slow}.
 */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImageIT {

    /** What the health unit gives a version, and what comes before it. */
    private static final Duration START = Duration.ofMinutes(20);
    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final String READY = "READY version (\\S+) slot ([AB]) after (\\d+) s";
    private static final String PASSWORD = "password\\s+([a-z2-9]+(?:-[a-z2-9]+)+)";
    private static final String SAVED = "/usr/share/azekura/lib";
    private static final String FILE = SAVED + "/org.azekura.cli.jar";
    private static final int CUTS = Integer.getInteger("azekura.image.cuts", 10);

    private static Machine machine;
    private static Remote remote;
    private static String password;
    private static String client;
    private static String snapshot;
    private static long install_ms;
    private static int done;

    @BeforeAll
    static void make() throws Exception {
        Machine.assume();
        Versions.make();
        Versions.printSizes();
        Path dir = Recipe.HERE.resolve("target/machine");
        Ran.of("rm", "-rf", dir.toString()).ok();
        machine = Machine.with(Versions.disk(), dir);
        remote = new Remote(machine.port);
    }

    @AfterAll
    static void end() {
        if (machine != null) {
            machine.close();
        }
    }

    /** Each goes on where the one before has ended. */
    private static void after(int step) {
        assumeTrue(done >= step, "what comes before has failed");
    }

    private static MatchResult ready(String what) {
        long begin = System.nanoTime();
        MatchResult ready = machine.console().await(READY, START);
        System.out.printf("image: %s: version %s is ready in slot %s, %s s after the kernel's start, %d s after this began%n", what, ready.group(1), ready.group(2), ready.group(3),
                Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        return ready;
    }

    private static void is(MatchResult ready, String version, String slot) {
        assertEquals(List.of(version, slot), List.of(ready.group(1), ready.group(2)));
    }

    private static String password() {
        return machine.console().find(PASSWORD, START).group(1);
    }

    /** Who was an admin is one, and what was saved can be read, all of it. */
    private static void dataAreThere() throws Exception {
        remote.logInAgain();
        remote.azekura("verify", "--snapshot", snapshot).ok();
    }

    @Test
    @Order(1)
    void aNewDiskComesUpAndTellsItsPassword() throws Exception {
        machine.start();
        password = password();
        is(ready("first start"), Versions.FIRST, "A");
        remote.showsItsPage();
        remote.logIn(password);
        done = 1;
    }

    @Test
    @Order(2)
    void savesAndRestoresWithin() throws Exception {
        after(1);
        // The first pool is made behind the start.
        remote.await("pools", pools -> pools.size() > 0);
        client = remote.get("clients").get(0).get("name").asText();
        JsonNode saved = remote.json("backup", "--client", client, SAVED);
        snapshot = saved.get("snapshot").asText();
        // Its end is 3: what belongs to root belongs to the appliance now, which is no root.
        JsonNode restored = remote.json(3, "restore", snapshot, "--client", client, "--to", "/var/tmp/restored");
        assertEquals(saved.get("files"), restored.get("files"));
        for (JsonNode without : restored.get("notRestored")) {
            assertTrue(without.get("reason").asText().startsWith("owner could not be set"), restored::toString);
        }
        String again = remote.json("backup", "--client", client, "/var/tmp/restored" + SAVED).get("snapshot").asText();
        assertEquals(-1, Files.mismatch(Versions.root(FILE), remote.download(again, "/var/tmp/restored" + FILE, Recipe.HERE.resolve("target/machine/restored"))),
                "what was restored is what is in the image");
        done = 2;
    }

    @Test
    @Order(3)
    void anUpdateStartsFromTheOtherSlotWithAllData() throws Exception {
        after(2);
        long begin = System.nanoTime();
        remote.azekura("firmware", "install", Versions.update(Versions.SECOND).toString(), "--restart").ok();
        install_ms = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        System.out.printf("image: the update was sent and written in %d s%n", install_ms / 1000);
        is(ready("update"), Versions.SECOND, "B");
        dataAreThere();
        done = 3;
    }

    @Test
    @Order(4)
    void aVersionThatNeverDoesItsWorkGivesWay() throws Exception {
        after(3);
        remote.azekura("firmware", "install", Versions.update(Versions.BROKEN).toString(), "--restart").ok();
        for (int i = 0; i < 3; i++) {
            machine.console().await("version " + Versions.BROKEN + " is not ready", START);
        }
        is(ready("way back"), Versions.SECOND, "B");
        dataAreThere();
        done = 4;
    }

    /** Into the slot that the broken version has. */
    @Test
    @Order(5)
    void powerMayFailAtAnyMomentOfAnUpdate() throws Exception {
        after(4);
        long seed = Long.getLong("azekura.seed", System.nanoTime());
        System.out.println("image: -Dazekura.seed=" + seed);
        var random = new Random(seed);
        for (int i = 1; i <= CUTS; i++) {
            Process update = remote.begin("firmware", "install", Versions.update(Versions.SECOND).toString());
            try {
                remote.await("firmware", firmware -> List.of("installing", "installed").contains(firmware.path("update").path("state").asText()));
                // Up to a little behind its end.
                long moment_ms = (long) (random.nextDouble() * install_ms);
                update.waitFor(moment_ms, TimeUnit.MILLISECONDS);
                System.out.printf("image: power cut %d, %d ms after it began to write, at %d %%%n", i, moment_ms, remote.get("firmware").path("update").path("percent").asInt());
                machine.cutPower();
            } finally {
                update.destroyForcibly().waitFor();
            }
            machine.start();
            assertEquals(Versions.SECOND, ready("power cut " + i).group(1));
            dataAreThere();
        }
        done = 5;
    }

    @Test
    @Order(6)
    void thePowerButtonEndsItWell() throws Exception {
        after(4);
        machine.pressPowerButton();
        machine.start();
        assertEquals(Versions.SECOND, ready("power button").group(1));
        dataAreThere();
        done = 6;
    }

    @Test
    @Order(7)
    void aFactoryResetBeginsAnew() throws Exception {
        after(6);
        Console console = machine.console();
        console.type("4");
        console.await("Type ERASE EVERYTHING to do so", SHORT);
        console.type("ERASE EVERYTHING");
        console.await("all data of this appliance are erased", SHORT);
        String next = password();
        assertEquals(Versions.SECOND, ready("factory reset").group(1));
        assertNotEquals(password, next);
        remote.forget();
        HttpResponse<String> before = remote.send("POST", "/api/v1/session", Map.of("name", "admin", "password", password));
        assertEquals(401, before.statusCode(), before::body);
        remote.logIn(next);
        assertEquals(0, remote.get("snapshots").size());
        done = 7;
    }
}
