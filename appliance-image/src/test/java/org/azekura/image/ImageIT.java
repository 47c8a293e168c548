package org.azekura.image;

import static org.azekura.image.Appliance.is;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The whole image in a machine: from its first start to a factory reset, one after the other on the same disk, for a start takes minutes without help of the
 * processor ({@link PowerCutIT} cuts it off). Its secrets are sealed to a TPM. Run by {@code ./azekura image test} and {@code check --slow}.
 */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImageIT {

    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final String SAVED = "/usr/share/azekura/lib";
    private static final String ENCRYPTED = "secrets +encrypted; the key is sealed to this machine's";
    private static final String FILE = SAVED + "/org.azekura.cli.jar";

    private static Machine machine;
    private static Tpm tpm;
    private static Appliance appliance;
    private static Remote remote;
    private static String password;
    private static int done;

    @BeforeAll
    static void make() throws Exception {
        Machine.assume();
        Tpm.assume();
        LastBuild.require();
        Versions.printSizes();
        Path dir = Recipe.fresh("machine");
        machine = Machine.with(Versions.disk(), dir);
        tpm = new Tpm(dir.resolve("tpm"));
        appliance = new Appliance(machine);
        remote = appliance.remote;
    }

    @AfterAll
    static void end() {
        if (machine != null) {
            machine.close();
            tpm.close();
        }
    }

    /** Each goes on where the one before has ended. */
    private static void after(int step) {
        assumeTrue(done >= step, "what comes before has failed");
    }

    @Test
    @Order(1)
    void aNewDiskComesUpAndTellsItsPassword() throws Exception {
        machine.start(tpm.on());
        machine.console().await(ENCRYPTED, Appliance.START);
        password = appliance.password();
        is(appliance.ready("first start"), Versions.FIRST, "A");
        remote.showsItsPage();
        remote.logIn(password);
        done = 1;
    }

    @Test
    @Order(2)
    void savesAndRestoresWithin() throws Exception {
        after(1);
        JsonNode saved = appliance.backup(SAVED);
        // Its end is 3: what belongs to root belongs to the appliance now, which is no root.
        JsonNode restored = remote.json(3, "restore", saved.get("snapshot").asText(), "--client", appliance.client(), "--to", "/var/tmp/restored");
        assertEquals(saved.get("files"), restored.get("files"));
        for (JsonNode without : restored.get("notRestored")) {
            assertTrue(without.get("reason").asText().startsWith("owner could not be set"), restored::toString);
        }
        String again = appliance.backup("/var/tmp/restored" + SAVED).get("snapshot").asText();
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
        System.out.printf("image: the update was sent and written in %d s%n", Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        is(appliance.ready("update"), Versions.SECOND, "B");
        appliance.hasData();
        assertEquals(List.of(Versions.FIRST, Versions.SECOND), remote.get("firmware").path("slots").findValuesAsText("version"));
        done = 3;
    }

    @Test
    @Order(4)
    void aVersionThatNeverDoesItsWorkGivesWay() throws Exception {
        after(3);
        remote.azekura("firmware", "install", Versions.update(Versions.BROKEN).toString(), "--restart").ok();
        for (int i = 0; i < 3; i++) {
            machine.console().await("version " + Versions.BROKEN + " is not ready", Appliance.START);
        }
        is(appliance.ready("way back"), Versions.SECOND, "B");
        appliance.hasData();
        done = 4;
    }

    @Test
    @Order(5)
    void thePowerButtonEndsItWell() throws Exception {
        after(4);
        machine.pressPowerButton();
        machine.start(tpm.on());
        is(appliance.ready("power button"), Versions.SECOND, "B");
        appliance.hasData();
        showsHowTheStartBeforeHasEnded(machine.console());
        done = 5;
    }

    /** Its journal is on the disk. */
    private static void showsHowTheStartBeforeHasEnded(Console console) throws Exception {
        console.press("3");
        console.await("Which one", SHORT);
        console.type("3");
        console.await("Journal stopped|Reached target poweroff|Stopped azekura|azekura.service: Deactivated", SHORT);
        console.press("q");
        console.await("Number:", SHORT);
    }

    @Test
    @Order(6)
    void aFactoryResetBeginsAnew() throws Exception {
        after(5);
        Console console = machine.console();
        console.press("4");
        console.await("Type ERASE EVERYTHING to do so", SHORT);
        console.type("ERASE EVERYTHING");
        console.await("all data of this appliance are erased", SHORT);
        machine.console().await(ENCRYPTED, Appliance.START);
        String next = appliance.password();
        is(appliance.ready("factory reset"), Versions.SECOND, "B");
        assertNotEquals(password, next);
        remote.forget();
        HttpResponse<String> before = remote.send("POST", "/api/v1/session", Map.of("name", "admin", "password", password));
        assertEquals(401, before.statusCode(), before::body);
        remote.logIn(next);
        assertEquals(0, remote.get("snapshots").size());
        done = 6;
    }
}
