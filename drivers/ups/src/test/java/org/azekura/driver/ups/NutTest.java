package org.azekura.driver.ups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.serial.UpsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * NUT's driver for this protocol, which nobody here has written, takes the simulated device for one: what our driver is tested on speaks as devices do. Needs
 * the packages {@code nut-server} and {@code nut-client}.
 */
class NutTest {

    private static final Path DRIVER = Path.of("/lib/nut/nutdrv_qx");
    private static final Path SERVER = Path.of("/lib/nut/upsd");
    private static final Path CLIENT = Path.of("/bin/upsc");

    @TempDir
    Path dir;
    private UpsSimulator device;
    private final List<Process> begun = new ArrayList<>();
    private int port;

    @BeforeEach
    void start() throws Exception {
        boolean there = Files.isExecutable(DRIVER) && Files.isExecutable(SERVER) && Files.isExecutable(CLIENT);
        if (!there) {
            System.err.println("SKIPPED: the simulated power supply is not proven by NUT: install the packages nut-server and nut-client");
        }
        assumeTrue(there, "NUT is missing");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
        device = new UpsSimulator(dir);
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(dir.resolve("ups.conf"), "maxretry = 1\n[sim]\ndriver = nutdrv_qx\nport = " + device.port() + "\nprotocol = megatec\npollinterval = 1\n"
                + "default.battery.voltage.low = 21.6\ndefault.battery.voltage.high = 27.2\n");
        Files.writeString(dir.resolve("upsd.conf"), "LISTEN 127.0.0.1 " + port + "\n");
        Files.writeString(dir.resolve("upsd.users"), "");
        run(DRIVER.toString(), "-a", "sim", "-u", System.getProperty("user.name"), "-DD", "-FF");
        run(SERVER.toString(), "-u", System.getProperty("user.name"), "-DD", "-FF");
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process one : begun) {
            one.destroy();
            if (!one.waitFor(5, TimeUnit.SECONDS)) {
                one.destroyForcibly();
            }
        }
        if (device != null) {
            device.close();
        }
    }

    private Process run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve("nut.out").toFile()));
        builder.environment().put("NUT_CONFPATH", dir.toString());
        builder.environment().put("NUT_STATEPATH", dir.toString());
        builder.environment().put("NUT_ALTPIDPATH", dir.toString());
        Process one = builder.start();
        begun.add(one);
        return one;
    }

    private String ask(String what) throws Exception {
        Process client = new ProcessBuilder(CLIENT.toString(), "sim@127.0.0.1:" + port, what).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(client.getInputStream().readAllBytes()).strip();
        client.waitFor(5, TimeUnit.SECONDS);
        return said;
    }

    private void await(String what, String expected) throws Exception {
        String said = "";
        for (long end = System.nanoTime() + 30_000_000_000L; !said.equals(expected) && System.nanoTime() < end; said = ask(what)) {
            assertTrue(begun.stream().allMatch(Process::isAlive), Files.readString(dir.resolve("nut.out")));
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertEquals(expected, said, Files.readString(dir.resolve("nut.out")));
    }

    @Test
    void takesTheSimulatorForADevice() throws Exception {
        await("ups.status", "OL");
        assertEquals("230.4", ask("input.voltage"));
        assertEquals("27.10", ask("battery.voltage"));
        assertEquals("24.0", ask("battery.voltage.nominal"));
        assertEquals("Azekura", ask("device.mfr"));
        device.onBattery();
        await("ups.status", "OB");
        device.low();
        await("ups.status", "OB LB");
        device.mains();
        await("ups.status", "OL");
    }
}
