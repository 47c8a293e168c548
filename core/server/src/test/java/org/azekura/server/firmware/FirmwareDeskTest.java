package org.azekura.server.firmware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.driver.DriverInstaller.Unserved;
import org.azekura.api.server.Firmware.Slot;
import org.azekura.api.server.Firmware.Stage;
import org.azekura.api.server.Firmware.Update;
import org.azekura.testkit.image.ImageMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class FirmwareDeskTest {

    @TempDir
    Path dir;
    private ImageMachine machine;
    private Places places;
    private FirmwareDesk desk;

    @BeforeEach
    void start() throws Exception {
        machine = new ImageMachine(dir.resolve("root"));
        places = Places.of(machine.root(), dir.resolve("home"), machine.environment());
        desk = new FirmwareDesk(places, () -> null);
        desk.begin();
    }

    @AfterEach
    void stop() {
        if (desk != null) {
            desk.close();
        }
        if (machine != null) {
            machine.close();
        }
    }

    /** As a browser or the command line sends it. */
    private Path sent(Path update) throws IOException {
        return Files.copy(update, dir.resolve("sent"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String refused(String code, Executable what) {
        BackupException e = assertThrows(BackupException.class, what);
        assertEquals(code, e.failure().code(), e.getMessage());
        return e.getMessage();
    }

    private void assertRefused(String code, String why, Path file) throws Exception {
        Path sent = sent(file);
        String said = refused(code, () -> desk.take(sent));
        assertTrue(said.contains(why), said);
        assertTrue(Files.exists(sent), "it is the sender's still");
        assertFalse(Files.exists(places.folder()), "something was kept");
        assertEquals(null, desk.state().update());
    }

    @Test
    void tellsWhatRunsAndThatTheOtherSlotWasNeverWritten() throws Exception {
        assertEquals(List.of(new Slot("A", "2.0.0", true, true, true), new Slot("B", "", false, false, false)), desk.state().slots());
        assertEquals("2.0.0", desk.state().version());
        assertEquals("A", desk.state().slot());
    }

    /** As the version is that a new disk brought, when the other slot runs: the updater has not written it. */
    @Test
    void tellsWhichVersionWasGoodInTheOtherSlotUntilItIsWritten() throws Exception {
        Files.writeString(places.slot(), "SLOT=A\nA_GOOD=1.0.0\nB_GOOD=1.9.0\n");
        assertEquals(List.of("2.0.0", "1.9.0"), desk.state().slots().stream().map(Slot::version).toList());
        Update update = desk.take(sent(machine.mountable("2.1.0", "")));
        desk.install(update.id(), false);
        assertEquals(Stage.INSTALLED, end(update.id()).stage());
        assertEquals(List.of("2.0.0", "2.1.0"), desk.state().slots().stream().map(Slot::version).toList());
    }

    @Test
    void whatIsSignedAndNotOlderIsKeptForTheInstallation() throws Exception {
        for (String version : List.of("2.0.0", "2.0.1", "2.10.0", "10.0.0")) {
            Path sent = sent(machine.update(version));
            Update update = desk.take(sent);
            assertEquals(version, update.version());
            assertEquals(Stage.CHECKED, update.stage());
            assertFalse(Files.exists(sent));
            assertEquals(update, desk.update(update.id()));
            assertEquals(1, places.folder().toFile().list().length);
        }
        String id = desk.state().update().id();
        desk.drop(id);
        assertEquals(0, places.folder().toFile().list().length);
        refused("update.unknown", () -> desk.update(id));
    }

    @Test
    void whatIsOlderIsRefused() throws Exception {
        assertRefused("firmware.refused", "version 1.9.9 is older than 2.0.0, which runs", machine.update("1.9.9"));
    }

    @Test
    void whatIsForOtherMachinesIsRefused() throws Exception {
        assertRefused("firmware.refused", "for machines of the kind toaster", machine.foreign("toaster", "firmware"));
    }

    @Test
    void whatSomebodyElseHasSignedIsRefused() throws Exception {
        assertRefused("firmware.refused", "signature verification failed", machine.foreign("azekura-x86_64", "stranger"));
    }

    /** Its signature holds: it is of the root of a tree of blocks, and RAUC looks at a block when it writes it. */
    @Test
    void ofWhatIsSignedEachBlockIsLookedAtBeforeAnythingIsWritten() throws Exception {
        Path file = machine.update("2.1.0");
        byte[] bytes = Files.readAllBytes(file);
        for (int at : new int[] {100, bytes.length / 2, bytes.length - 8000}) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            assertRefused("firmware.refused", "it is not as it was signed", Files.write(dir.resolve("changed"), changed));
        }
    }

    @Test
    void whatIsNoUpdateIsCalledSo() throws Exception {
        byte[] update = Files.readAllBytes(machine.update("2.1.0"));
        for (byte[] none : List.of("no update".getBytes(UTF_8), new byte[100_000], Arrays.copyOf(update, update.length / 2))) {
            assertRefused("firmware.invalid", "no update at all", Files.write(dir.resolve("none"), none));
        }
    }

    @Test
    void anUpdateIsWrittenIntoTheOtherSlotAndRunsNext() throws Exception {
        Update update = desk.take(sent(machine.mountable("2.1.0", "")));
        assertEquals(Stage.INSTALLING, desk.install(update.id(), false).stage());
        Update ended = end(update.id());
        assertEquals(Stage.INSTALLED, ended.stage(), ended + "\n" + machine.said());
        assertEquals(100, ended.percent());
        assertArrayEquals(ImageMachine.content("2.1.0", "rootfs"), Arrays.copyOf(machine.read("rootfs_B"), 300_000));
        assertArrayEquals(ImageMachine.content("2.1.0", "kernel"), Arrays.copyOf(machine.read("kernel_B"), 300_000));
        assertArrayEquals(new byte[1 << 20], machine.read("rootfs_A"));
        assertEquals(List.of(new Slot("A", "2.0.0", true, false, true), new Slot("B", "2.1.0", false, true, true)), desk.state().slots());
        assertEquals(0, places.folder().toFile().list().length);
    }

    /** The rule is asked again by who writes, for what is sent past this appliance. */
    @Test
    void whatCanNotBeWrittenLeavesWhatRunsAndCanBeTriedAgain() throws Exception {
        Update update = desk.take(sent(machine.mountable("2.1.0", "")));
        machine.runs("3.0.0");
        desk.install(update.id(), false);
        Update ended = end(update.id());
        assertEquals(Stage.FAILED, ended.stage());
        assertTrue(ended.problem().startsWith("Pre-install handler error"), ended.problem());
        assertTrue(machine.said().contains("version 2.1.0 is older than 3.0.0, which runs"), machine.said());
        assertArrayEquals(new byte[1 << 20], machine.read("rootfs_B"));
        machine.runs("2.0.0");
        desk.install(update.id(), false);
        assertEquals(Stage.INSTALLED, end(update.id()).stage());
    }

    /** Somebody may install or update a driver while the update waits. */
    @Test
    void driversAreLookedForWhenItIsInstalledAndNotWhenItWasSent() throws Exception {
        AtomicReference<List<Unserved>> unserved = new AtomicReference<>(List.of());
        desk = new FirmwareDesk(places, () -> installer(unserved::get));
        Update update = desk.take(sent(machine.mountable("2.1.0", "")));
        assertEquals(List.of(), update.drivers());
        unserved.set(List.of(new Unserved("shelf", "1.0.0", "org.azekura.api.device 0.8.0")));
        assertEquals(unserved.get(), desk.state().update().drivers());
        assertEquals(unserved.get(), desk.update(update.id()).drivers());
        assertTrue(refused("drivers.refused", () -> desk.install(update.id(), false)).contains("shelf 1.0.0 needs"));
        unserved.set(List.of());
        desk.install(update.id(), false);
        assertEquals(Stage.INSTALLED, end(update.id()).stage());
    }

    /** What was let in before stays what is installed by its id. */
    @Test
    void whatCanNotBeJudgedIsNotPutInThePlaceOfWhatWas() throws Exception {
        AtomicReference<List<Unserved>> unserved = new AtomicReference<>(List.of());
        desk = new FirmwareDesk(places, () -> installer(unserved::get));
        Path good = machine.update("2.1.0");
        Update update = desk.take(sent(good));
        unserved.set(null);
        Path other = sent(machine.update("2.2.0"));
        assertThrows(NullPointerException.class, () -> desk.take(other));
        assertTrue(Files.exists(other), "it is the sender's still");
        assertArrayEquals(Files.readAllBytes(good), Files.readAllBytes(places.folder().resolve("update.raucb")));
        unserved.set(List.of());
        assertEquals(update, desk.update(update.id()));
    }

    private static DriverInstaller installer(Supplier<List<Unserved>> unserved) {
        return (DriverInstaller) Proxy.newProxyInstance(DriverInstaller.class.getClassLoader(), new Class<?>[] {DriverInstaller.class}, (_, _, _) -> List.copyOf(unserved.get()));
    }

    @Test
    void whileOneIsWrittenNoOtherNeedBeSent() throws Exception {
        Update update = desk.take(sent(machine.mountable("2.1.0", "")));
        desk.requireReady();
        Path held = dir.resolve("held");
        assertEquals(0, new ProcessBuilder("mkfifo", held.toString()).start().waitFor());
        Path check = Files.move(places.check(), dir.resolve("update-check"));
        Files.writeString(places.check(), "#!/bin/sh\nread go < " + held + "\nexec " + check + " \"$@\"\n");
        assertTrue(places.check().toFile().setExecutable(true));
        desk.install(update.id(), false);
        assertTrue(refused("firmware.busy", desk::requireReady).contains("version 2.1.0 is being installed"));
        assertTrue(refused("firmware.busy", desk::restart).contains("version 2.1.0 is being installed"));
        // the process of the appliance may be another one than that which has ordered it
        assertTrue(refused("firmware.busy", new FirmwareDesk(places, () -> null)::restart).contains("a version is being written"));
        Files.writeString(held, "go\n");
        assertEquals(Stage.INSTALLED, end(update.id()).stage());
        desk.requireReady();
    }

    private Update end(String id) throws Exception {
        for (long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(2); desk.update(id).stage() == Stage.INSTALLING; Thread.sleep(20)) {
            assertTrue(System.nanoTime() < limit, "it has no end: " + desk.update(id));
            // also while the service does not answer
            assertEquals(2, desk.state().slots().size());
        }
        return desk.update(id);
    }

    @Test
    void theSystemIsAskedToStartAgain() throws Exception {
        assertEquals("reboot", restarted("ok"));
        assertTrue(refused("firmware.system", () -> restarted("some words\nrefused not now")).contains("refused not now"));
        Files.delete(places.door());
        refused("firmware.system", desk::restart);
    }

    private String restarted(String answer) throws Exception {
        Files.deleteIfExists(places.door());
        try (ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            door.bind(UnixDomainSocketAddress.of(places.door()));
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> {
                try (var caller = door.accept()) {
                    ByteBuffer line = ByteBuffer.allocate(100);
                    while (line.position() == 0 || line.get(line.position() - 1) != '\n') {
                        caller.read(line);
                    }
                    caller.write(ByteBuffer.wrap((answer + "\n").getBytes(UTF_8)));
                    return new String(line.array(), 0, line.position() - 1, UTF_8);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            desk.restart();
            return asked.get(2, TimeUnit.MINUTES);
        }
    }

    /** By the image's own rule of the bus: who gets into the appliance can't have an older version run. */
    @Test
    void theApplianceMayAskTheUpdaterButNotSayWhichSlotRunsNext() throws Exception {
        assertEquals(null, machine.asAppliance("status"));
        String said = machine.asAppliance("status", "mark-active", "other");
        assertTrue(said != null && said.contains("Rejected send message") && said.contains("member=\"Mark\""), said);
    }

    @Test
    void whatAnEarlierRunHasLeftIsGone() throws Exception {
        desk.take(sent(machine.update("2.1.0")));
        desk = new FirmwareDesk(places, () -> null);
        desk.begin();
        assertEquals(0, places.folder().toFile().list().length);
        assertEquals(null, desk.state().update());
    }

    @Test
    void aMachineWithoutAnImageSaysSo() throws Exception {
        Files.delete(places.slot());
        Path sent = sent(machine.update("2.1.0"));
        for (Executable one : List.<Executable>of(desk::requireReady, desk::state, () -> desk.take(sent), () -> desk.update("x"), () -> desk.install("x", true), () -> desk.drop("x"),
                desk::restart)) {
            assertEquals("this appliance does not run from an image; update its Debian package with apt", refused("firmware.unsupported", one));
        }
    }
}
