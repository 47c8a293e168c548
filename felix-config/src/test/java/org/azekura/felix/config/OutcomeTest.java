package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.azekura.api.server.ConsoleAddress;
import org.azekura.api.server.StartProblem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.launch.Framework;

/** The names are those of the API: a framework without bundles, and services as the server publishes them. */
class OutcomeTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path storage;
    private Framework framework;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", storage.toString()));
        framework.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void isTheProblemThatTheServerHas() throws Exception {
        publishAddress();
        framework.getBundleContext().registerService(StartProblem.class, () -> "no room", new Hashtable<>(Map.of(StartProblem.TEXT, "no room")));
        assertEquals(new Outcome.Fails("no room"), Outcome.await(framework.getBundleContext(), LONG));
    }

    @Test
    void isTheAddressOfTheConsole() throws Exception {
        publishAddress();
        assertEquals(new Outcome.Answers("https://h:1"), Outcome.await(framework.getBundleContext(), LONG));
    }

    @Test
    void isSilenceAfterTheTimeGiven() throws Exception {
        assertEquals(new Outcome.Silent(), Outcome.await(framework.getBundleContext(), Duration.ofMillis(1)));
    }

    private void publishAddress() {
        URI url = URI.create("https://h:1");
        framework.getBundleContext().registerService(ConsoleAddress.class, () -> url, new Hashtable<>(Map.of(ConsoleAddress.URL, url.toString())));
    }
}
