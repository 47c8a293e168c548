package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Drive;
import org.azekura.storagenode.cartridge.drive.DriveCare;
import org.azekura.storagenode.cartridge.drive.Mounted;
import org.azekura.storagenode.cartridge.drive.TellingDrive;
import org.azekura.testkit.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TellingDriveTest {

    private static final Barcode A1 = new Barcode("A00001L8");

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private final List<DriveCare.Said> said = new ArrayList<>();
    private long now;

    private TellingDrive drive(String... faults) throws Exception {
        cartridges = new Cartridges(dir, 1, faults);
        Drive drive = cartridges.load("A00001L8", 0);
        TellingDrive telling = new TellingDrive(drive, 0, () -> said::add, A1::equals, () -> now);
        telling.carries(Optional.of(A1));
        return telling;
    }

    @AfterEach
    void close() {
        if (cartridges != null) {
            cartridges.close();
        }
    }

    @Test
    void passesOnEverythingThatADriveCan() {
        List<String> own = Arrays.stream(TellingDrive.class.getDeclaredMethods()).map(TellingDriveTest::form).toList();
        for (Method method : Drive.class.getMethods()) {
            assertTrue(Modifier.isStatic(method.getModifiers()) || own.contains(form(method)), "a drive does it, and this one does not have it done: " + method);
        }
    }

    private static String form(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    @Test
    void tellsOnceThatItIsThereThenOnlyWhatIsWrong() throws Exception {
        TellingDrive drive = drive();
        assertTrue(drive.isDue(10));
        drive.tell();
        assertEquals(1, said.size());
        assertTrue(said.getFirst().isQuiet() && !said.getFirst().serial().isEmpty(), said::toString);
        assertTrue(!drive.isDue(10));
        now = 10;
        assertTrue(drive.isDue(10));
        drive.tell();
        assertEquals(1, said.size(), "nothing is wrong");
        drive.ask();
        assertTrue(drive.isDue(1000));
    }

    @Test
    void tellsAnErrorWithItsCartridgeAndWhatTheDriveSaysOfIt() throws Exception {
        TellingDrive drive = drive("write block 0: medium error");
        Refusal.assertRefused("media.write", () -> drive.write(ByteBuffer.allocate(1024)));
        DriveCare.Said first = said.getFirst();
        assertEquals(List.of(Optional.of(A1), List.of(new Alert(6))), List.of(first.barcode(), first.alerts()));
        assertTrue(first.error() != null && !first.error().isBlank(), said::toString);
    }

    @Test
    void saysNothingOfAStrangersCartridgeThatCannotBeReadNorOfSilence() throws Exception {
        TellingDrive drive = drive("read block 0 always: medium error");
        drive.write(ByteBuffer.allocate(1024));
        drive.rewind();
        drive.carries(Optional.of(new Barcode("X00001L8")));
        Refusal.assertRefused("media.read", () -> drive.read(ByteBuffer.allocate(1 << 20)));
        drive.load(Duration.ofSeconds(1));
        assertEquals(List.of(), said);
        drive.carries(Optional.of(A1));
        Refusal.assertRefused("media.read", () -> drive.read(ByteBuffer.allocate(1 << 20)));
        assertEquals(1, said.size(), "its own must be readable");
        cartridges.faults("load: no answer");
        Refusal.assertRefused("device.io", () -> drive.load(Duration.ofSeconds(1)));
        assertEquals(1, said.size());
    }

    @Test
    void tellsAtAnUnloadWhatHasComeUp() throws Exception {
        TellingDrive drive = drive("unload: alert 20");
        drive.tell();
        drive.unload();
        assertEquals(List.of(new Alert(20)), said.getLast().alerts());
        assertEquals(Optional.of(A1), said.getLast().barcode());
    }

    @Test
    void anUnloadIsGoodAlsoIfTheDriveHasNothingToTellThen() throws Exception {
        drive();
        Drive real = cartridges.library().drives().getFirst();
        Drive silent = (Drive) Proxy.newProxyInstance(Drive.class.getClassLoader(), new Class<?>[] {Drive.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("alerts")) {
                throw BackupException.device("drive.unloaded", "", "there is no cartridge in it", null);
            }
            return method.invoke(real, arguments);
        });
        new TellingDrive(silent, 0, () -> said::add, A1::equals, () -> now).unload();
        assertEquals(List.of(), said.getLast().alerts());
    }

    @Test
    void tellsAtAnUnloadWhatWasDoneAndWhatTheDriveCounted() throws Exception {
        TellingDrive drive = drive("write block 1: corrects 5 errors", "read block 0: corrects 2 errors");
        drive.load(Duration.ofMinutes(1));
        drive.write(ByteBuffer.allocate(1000));
        drive.write(ByteBuffer.allocate(500));
        drive.tell();
        Mounted soFar = said.getLast().mounted().orElseThrow();
        assertEquals(List.of(1500L, 0L, 5L), List.of(soFar.written(), soFar.read(), soFar.counters().writeCorrected()));
        drive.tell();
        assertEquals(1, said.size(), "nothing was done since");
        drive.rewind();
        drive.read(ByteBuffer.allocate(1 << 20));
        drive.unload();
        Mounted all = said.getLast().mounted().orElseThrow();
        assertEquals(new Mounted(soFar.loaded(), 1500, 1000, 0, new Drive.Counters(5, 0, 2, 0), all.life()), all);
        assertTrue(all.life().loads() >= 1, all::toString);
    }

    @Test
    void tellsWhatWasDoneAlsoIfTheUnloadFails() throws Exception {
        TellingDrive drive = drive("unload: no answer");
        drive.write(ByteBuffer.allocate(1000));
        Refusal.assertRefused("device.io", drive::unload);
        Mounted all = said.getLast().mounted().orElseThrow();
        assertEquals(List.of(1000L, 0L), List.of(all.written(), all.read()));
        assertEquals(Optional.of(A1), said.getLast().barcode());
        cartridges.faults();
        drive.unload();
        assertEquals(1, said.stream().filter(one -> one.mounted().isPresent()).count(), "nothing was done since");
    }

    @Test
    void tellsOfOneThatIsLoadedOnceMoreWhatWasDoneBefore() throws Exception {
        TellingDrive drive = drive();
        drive.write(ByteBuffer.allocate(1000));
        drive.load(Duration.ofMinutes(1));
        assertEquals(1000, said.getLast().mounted().orElseThrow().written());
        drive.read(ByteBuffer.allocate(1 << 20));
        drive.unload();
        Mounted second = said.getLast().mounted().orElseThrow();
        assertEquals(List.of(0L, 1000L), List.of(second.written(), second.read()));
        drive.load(Duration.ofMinutes(1));
        drive.unload();
        assertEquals(2, said.size(), "nothing was done");
    }

    @Test
    void whatWasToldAsAnErrorIsMarkedInWhatTheDriveCounted() throws Exception {
        TellingDrive drive = drive("write block 1: medium error");
        drive.write(ByteBuffer.allocate(1000));
        Refusal.assertRefused("media.write", () -> drive.write(ByteBuffer.allocate(1000)));
        drive.unload();
        Mounted mounted = said.getLast().mounted().orElseThrow();
        assertEquals(List.of(1, 1L), List.of(mounted.errors(), mounted.counters().writeUncorrected()));
    }
}
