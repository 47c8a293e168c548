package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.MatchResult;

/** The image in a machine as its admin meets it: what the serial line says, and what its console in the network does. */
final class Appliance {

    /** What the health unit gives a version, and what comes before it. */
    static final Duration START = Duration.ofMinutes(20);
    private static final String READY = "READY version (\\S+) slot ([AB]) after (\\d+) s";
    private static final String PASSWORD = "password\\s+([a-z2-9]+(?:-[a-z2-9]+)+)";

    private final Machine machine;
    final Remote remote;
    private String client;

    Appliance(Machine machine) throws Exception {
        this.machine = machine;
        this.remote = new Remote(machine.port);
    }

    /** @return version, slot, and seconds since the kernel's start */
    MatchResult ready(String what) {
        long begin = System.nanoTime();
        MatchResult ready = machine.console().await(READY, START);
        System.out.printf("image: %s: version %s is ready in slot %s, %s s after the kernel's start, %d s after this began%n", what, ready.group(1), ready.group(2), ready.group(3),
                Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        return ready;
    }

    /** The one that is good once. */
    String password() {
        return machine.console().find(PASSWORD, START).group(1);
    }

    /** At the first start. */
    MatchResult logIn() throws Exception {
        String password = password();
        MatchResult ready = ready("first start");
        remote.logIn(password);
        return ready;
    }

    /** Of files of this appliance itself. */
    JsonNode backup(String path) throws Exception {
        // The first pool is made behind the start.
        remote.await("pools", pools -> !pools.isEmpty());
        return remote.json("backup", "--client", client(), path);
    }

    /** The appliance as its own client. */
    String client() throws IOException, InterruptedException {
        if (client == null) {
            client = remote.get("clients").get(0).get("name").asText();
        }
        return client;
    }

    /** Who was an admin is one, and all that was saved can be read. */
    void hasData() throws Exception {
        remote.logInAgain();
        JsonNode snapshots = remote.get("snapshots");
        assertFalse(snapshots.isEmpty(), "no snapshot is there");
        for (JsonNode snapshot : snapshots) {
            remote.azekura("verify", "--snapshot", snapshot.get("id").asText()).ok();
        }
    }

    static void is(MatchResult ready, String version, String slot) {
        assertEquals(version + " " + slot, ready.group(1) + " " + ready.group(2));
    }
}
