package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.Outcome;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.DriverOrder;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.storagenode.driver.DriverOrders;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Transports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DriverOrdersTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final PublisherTrust TRUST = new PublisherTrust(List.of(new byte[] {1}), false);
    private static final InstalledDriver DISK = new InstalledDriver("disk", "1.0.0", "Ann", InstalledDriver.State.ACTIVE, List.of(new DeviceName("d")), "");

    @TempDir
    Path dir;
    private final LocalTransport transport = new LocalTransport();
    private final StorageNodeRole role = new StorageNodeRole();
    private final Installer installer = new Installer();
    private FakeServer server;

    /** Notes what it gets; a first byte of 0 is refused, one of 1 backed out. */
    private static final class Installer implements DriverInstaller {

        final List<byte[]> installed = new CopyOnWriteArrayList<>();
        final List<String> calls = new CopyOnWriteArrayList<>();
        volatile Runnable meanwhile = () -> {};

        @Override
        public List<InstalledDriver> list() {
            return List.of(DISK);
        }

        @Override
        public List<Unserved> unserved(Map<String, String> offered) {
            return List.of();
        }

        @Override
        public Outcome.Done install(Path file, PublisherTrust trust) throws BackupException {
            calls.add("install " + trust.certificates().size() + " " + trust.development());
            byte[] bytes = read(file);
            if (bytes[0] == 0) {
                throw BackupException.operator("package.refused", "disk", "it is unsigned");
            }
            installed.add(bytes);
            return new Outcome.Done(DISK);
        }

        @Override
        public Outcome update(Path file, PublisherTrust trust) {
            calls.add("update");
            meanwhile.run();
            return read(file)[0] == 1 ? new Outcome.BackedOut(DISK, "it failed its self-test") : new Outcome.Done(DISK);
        }

        @Override
        public void remove(String name, boolean park) throws BackupException {
            throw BackupException.operator("driver.used", name, "driver disk serves [d]");
        }

        @Override
        public Outcome restart(String name, String why) {
            throw new UnsupportedOperationException();
        }

        private static byte[] read(Path file) {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer(transport);
        Files.createDirectories(dir.resolve("packages"));
        Files.writeString(dir.resolve("packages/ffffffffffffffffffffffffffffffff.azd"), "left by a kill");
        role.installerCame(installer);
        FakeDrivers drivers = new FakeDrivers(role);
        role.start(new NodeName("n"), "0", List.of(new Endpoint(transport.scheme(), "server")), new Transports(transport), drivers, dir, Duration.ofSeconds(5));
        server.awaitNode();
        assertEquals(List.of(), kept(), "what an earlier run has left is gone");
    }

    @AfterEach
    void stop() {
        role.close();
        server.close();
    }

    private static String upload(int number) {
        return "%032x".formatted(number);
    }

    private static byte[] content(int first, int length) {
        byte[] bytes = new byte[length];
        new Random(first).nextBytes(bytes);
        bytes[0] = (byte) first;
        return bytes;
    }

    private void bring(String upload, byte[] content, long said) throws BackupException {
        try (Stream stream = server.stream(new StreamOpening.BringPackage(upload, said))) {
            for (int at = 0; at < content.length; at += 1 << 20) {
                stream.send(ByteBuffer.wrap(content, at, Math.min(1 << 20, content.length - at)).slice(), LONG);
            }
            stream.endSending();
            assertNull(stream.receive(LONG));
        }
    }

    private DeviceAnswer.DriverChanged change(String upload, boolean update) throws BackupException {
        return server.order(new DriverOrder.ChangeDriver(upload, update, TRUST), DeviceAnswer.DriverChanged.class);
    }

    private List<String> kept() {
        return List.of(dir.resolve("packages").toFile().list());
    }

    private void awaitKept(int files) {
        for (long end = System.nanoTime() + LONG.toNanos(); kept().size() != files; Thread.onSpinWait()) {
            assertTrue(System.nanoTime() < end, () -> "kept: " + kept());
        }
    }

    @Test
    void hasWhatCameWholeInstalledAndKeepsNothingOfIt() throws Exception {
        byte[] content = content(7, 3_000_000);
        bring(upload(1), content, content.length);
        assertEquals(List.of(upload(1) + ".azd"), kept());
        assertEquals(new DeviceAnswer.DriverChanged(DISK, null), change(upload(1), false));
        assertArrayEquals(content, installer.installed.getFirst());
        assertEquals(List.of("install 1 false"), installer.calls);
        assertEquals(List.of(), kept());
        assertRefused("package.missing", () -> change(upload(1), false));
    }

    @Test
    void tellsARefusalAndABackOutApart() throws Exception {
        bring(upload(1), content(0, 10), 10);
        assertRefused("package.refused", () -> change(upload(1), false));
        bring(upload(2), content(1, 10), 10);
        assertEquals(new DeviceAnswer.DriverChanged(DISK, "it failed its self-test"), change(upload(2), true));
        assertRefused("driver.used", () -> server.done(new DriverOrder.RemoveDriver("disk", false)));
        assertEquals(List.of(DISK), server.order(new DriverOrder.ListDrivers(), DeviceAnswer.Drivers.class).drivers());
        assertEquals(List.of(), kept());
    }

    @Test
    void saysWhatThereIsWhenTheChangesAreOver() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        installer.meanwhile = () -> {
            begun.countDown();
            try {
                assertTrue(free.await(120, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            order.add("changed");
        };
        bring(upload(1), content(7, 10), 10);
        Thread change = Thread.ofVirtual().start(() -> assertDoesNotThrow(() -> change(upload(1), true)));
        assertTrue(begun.await(120, TimeUnit.SECONDS));
        Thread settled = Thread.ofVirtual().start(() -> {
            assertEquals(List.of(DISK), assertDoesNotThrow(() -> server.order(new DriverOrder.SettleDrivers(), DeviceAnswer.Drivers.class)).drivers());
            order.add("settled");
        });
        assertEquals(List.of(DISK), server.order(new DriverOrder.ListDrivers(), DeviceAnswer.Drivers.class).drivers());
        free.countDown();
        settled.join();
        change.join();
        assertEquals(List.of("changed", "settled"), order);
        assertEquals(List.of(DISK), server.order(new DriverOrder.SettleDrivers(), DeviceAnswer.Drivers.class).drivers());
    }

    @Test
    void keepsNothingOfAPackageThatIsBrokenOff() throws Exception {
        for (int i = 1; i <= DriverOrders.MAX_PACKAGES + 1; i++) {
            try (Stream stream = server.stream(new StreamOpening.BringPackage(upload(i), 20))) {
                stream.send(ByteBuffer.wrap(content(7, 10)), LONG);
                awaitKept(1);
            }
            awaitKept(0);
        }
        bring(upload(99), content(7, 10), 10);
        assertEquals(new DeviceAnswer.DriverChanged(DISK, null), change(upload(99), false));
        assertEquals(List.of(), kept());
    }

    @Test
    void refusesWhatDidNotComeWhole() throws Exception {
        assertThrows(BackupException.class, () -> bring(upload(1), content(7, 10), 11));
        assertRefused("package.missing", () -> change(upload(1), false));
        assertThrows(BackupException.class, () -> bring(upload(2), content(7, 12), 11));
        assertRefused("package.missing", () -> change(upload(2), false));
        assertRefused("package.missing", () -> change(upload(3), false));
        assertRefused("package.missing", () -> change("../../token", false));
        assertEquals(List.of(), installer.calls);
        assertEquals(List.of(), kept());
    }

    @Test
    void boundsWhatComes() throws Exception {
        assertThrows(BackupException.class, () -> bring(upload(1), content(7, 10), DriverOrders.MAX_BYTES + 1));
        assertThrows(BackupException.class, () -> bring("../x", content(7, 10), 10));
        for (int i = 1; i <= DriverOrders.MAX_PACKAGES; i++) {
            bring(upload(i), content(7, 10), 10);
        }
        assertThrows(BackupException.class, () -> bring(upload(9), content(7, 10), 10));
        change(upload(1), false);
        bring(upload(9), content(7, 10), 10);
        assertTrue(kept().size() <= DriverOrders.MAX_PACKAGES);
    }

    @Test
    void changesNothingWhereThereIsNoInstaller() throws Exception {
        role.installerWent(installer);
        bring(upload(1), content(7, 10), 10);
        assertRefused("driver.fixed", () -> change(upload(1), false));
        assertEquals(List.of(), server.order(new DriverOrder.ListDrivers(), DeviceAnswer.Drivers.class).drivers());
        assertEquals(List.of(), kept());
    }

    @Test
    void listsAndTriesDevices() throws Exception {
        DeviceName device = new DeviceName("d");
        server.done(new DeviceOrder.ConfigureDevice(device, "memory", Map.of("size", "1")));
        DeviceAnswer.DeviceFound found = server.order(new DeviceOrder.ListDevices(), DeviceAnswer.Devices.class).devices().getFirst();
        assertEquals(device, found.device());
        assertEquals("memory", found.driver());
        assertTrue(found.location() != null && found.problem() == null, found.toString());
        server.done(new DeviceOrder.TestDevice(device));
        assertRefused("device.unknown", () -> server.done(new DeviceOrder.TestDevice(new DeviceName("none"))));
    }
}
