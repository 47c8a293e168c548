package org.azekura.driver.tape.sg;

import static org.azekura.driver.tape.scsi.Commands.SOON;
import static org.azekura.driver.tape.scsi.Commands.answered;
import static org.azekura.driver.tape.scsi.Commands.calmed;
import static org.azekura.driver.tape.scsi.Commands.filemarks;
import static org.azekura.driver.tape.scsi.Commands.good;
import static org.azekura.driver.tape.scsi.Commands.inquiry;
import static org.azekura.driver.tape.scsi.Commands.read;
import static org.azekura.driver.tape.scsi.Commands.tell;
import static org.azekura.driver.tape.scsi.Commands.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.GuestLibrary;
import org.azekura.driver.tape.GuestReservations;
import org.azekura.driver.tape.lio.Target;
import org.azekura.driver.tape.paper.PaperDrive;
import org.azekura.driver.tape.scsi.Commands;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiTransport;

/** Runs in the guest of {@link GuestIT}, on real {@code /dev/sgN}: a line for each test, as {@code GUEST ok NAME}. */
public final class GuestTests {

    private static final Path DEVICES = Path.of("/sys/class/scsi_generic");
    private static final Path KNOBS = Path.of("/sys/bus/pseudo/drivers/scsi_debug");
    private static final int LENGTH = 64 << 10;

    private GuestTests() {}

    private interface Body {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        test("senseAndShortData", GuestTests::senseAndShortData);
        test("theKernelsTapeDriverIsRefused", GuestTests::theKernelsTapeDriverIsRefused);
        test("dataOfADebugDrive", GuestTests::dataOfADebugDrive);
        test("lengthsAndSense", GuestTests::lengthsAndSense);
        test("driveOnTheDebugDevice", () -> GuestLibrary.drive(named("scsi_debug", 1).getFirst()));
        test("timeOut", GuestTests::timeOut);
        test("closedWhileItWaits", GuestTests::closedWhileItWaits);
        test("interruptedWhileItWaits", GuestTests::interruptedWhileItWaits);
        test("libraryOnTgtd", () -> GuestLibrary.library(named("L700", 8).getFirst(), named("ULT3580-TD5", 1)));
        test("simpleReservation", () -> GuestReservations.simple(shared().getFirst(), shared().getLast()));
        test("persistentReservation", () -> GuestReservations.persistent(shared().getFirst(), shared().getLast()));
        test("reservationLeftBehind", () -> GuestReservations.leftBehind(shared().getFirst(), shared().getLast()));
        test("deviceRemoved", GuestTests::deviceRemoved);
    }

    private static void test(String name, Body body) throws IOException {
        long begin = System.nanoTime();
        try {
            body.run();
            System.out.println("GUEST ok " + name + " " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) + " ms");
        } catch (Exception | AssertionError e) {
            GuestLibrary.printRecordings();
            System.out.println("GUEST failed " + name + " " + e);
            e.printStackTrace(System.out);
        }
    }

    private static List<Path> named(String model, int type) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var all = Files.list(DEVICES)) {
            for (Path device : all.sorted().toList()) {
                if (line(device.resolve("device/model")).equals(model) && line(device.resolve("device/type")).equals(Integer.toString(type))) {
                    found.add(Path.of("/dev").resolve(device.getFileName()));
                }
            }
        }
        assertTrue(!found.isEmpty(), "there is no " + model);
        return found;
    }

    private static String line(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    private static void knob(String name, String value) throws IOException {
        Files.writeString(KNOBS.resolve(name), value);
    }

    /** The ways of two hosts to one drive. */
    private static List<Path> shared() throws Exception {
        if (Files.notExists(Path.of("/sys/class/uio/uio0"))) {
            Target.make(new PaperDrive());
        }
        return named("ULTRIUM-HH8", 1);
    }

    private static ScsiTransport debug() throws Exception {
        ScsiTransport drive = calmed(open(named("scsi_debug", 1).getFirst()));
        tell(drive, Commands.cdb("1b0000000100"));
        good(tell(calmed(drive), Commands.REWIND));
        return drive;
    }

    private static ScsiTransport open(Path device) throws BackupException {
        return new SgPath(device).open();
    }

    private static void senseAndShortData() throws Exception {
        try (ScsiTransport drive = open(named("scsi_debug", 1).getFirst())) {
            ByteBuffer data = ByteBuffer.allocate(300).position(4).limit(104);
            Outcome.Answered answer = answered(drive.execute(inquiry(100), Direction.IN, data, SOON));
            assertEquals(0, answer.status());
            assertEquals(100 - answer.residual(), data.position() - 4);
            assertTrue(data.position() < 104 && data.position() > 40, "it has less than was asked for: " + data);
            assertEquals("Linux   scsi_debug", new String(data.array(), 4 + 8, 18, StandardCharsets.US_ASCII));
            // The command that no device has.
            answer = tell(drive, Commands.cdb("ff0000000000"));
            assertEquals(2, answer.status());
            assertEquals(5, answer.sense()[2] & 0xf);
            assertEquals(0x20, answer.sense()[12]);
        }
    }

    /** It would take requests for blocks, and write them on the tape. */
    private static void theKernelsTapeDriverIsRefused() throws Exception {
        Path tape = Path.of("/dev/nst0");
        assertTrue(Files.exists(tape), "there is a device of the kernel's tape driver");
        try {
            open(tape).close();
            throw new AssertionError("it was opened");
        } catch (BackupException e) {
            assertTrue(e.getMessage().contains("no device of the SCSI generic driver"), e.getMessage());
        }
    }

    /** It keeps four bytes of each block. */
    private static void dataOfADebugDrive() throws Exception {
        try (ScsiTransport drive = debug()) {
            for (int i = 0; i < 4; i++) {
                byte[] block = new byte[LENGTH];
                Arrays.fill(block, (byte) (i + 1));
                ByteBuffer out = i % 2 == 0 ? ByteBuffer.wrap(block) : ByteBuffer.allocateDirect(LENGTH + 3).position(3).put(block).position(3);
                good(drive.execute(write(LENGTH), Direction.OUT, out, SOON));
                assertEquals(LENGTH, out.remaining());
            }
            good(tell(drive, filemarks(1)));
            good(tell(drive, Commands.REWIND));
            for (int i = 0; i < 4; i++) {
                ByteBuffer into = i % 2 == 0 ? ByteBuffer.allocateDirect(LENGTH) : ByteBuffer.allocate(LENGTH);
                good(drive.execute(read(LENGTH), Direction.IN, into, SOON));
                assertEquals(LENGTH, into.position());
                byte[] kept = new byte[4];
                into.get(0, kept);
                assertArrayEquals(new byte[] {(byte) (i + 1), (byte) (i + 1), (byte) (i + 1), (byte) (i + 1)}, kept);
            }
        }
    }

    private static void lengthsAndSense() throws Exception {
        try (ScsiTransport drive = debug()) {
            good(drive.execute(write(1024), Direction.OUT, ByteBuffer.allocate(1024), SOON));
            good(tell(drive, filemarks(1)));
            good(tell(drive, Commands.REWIND));
            Outcome.Answered answer = answered(drive.execute(read(LENGTH), Direction.IN, ByteBuffer.allocate(LENGTH), SOON));
            assertEquals(2, answer.status());
            ByteBuffer sense = ByteBuffer.wrap(answer.sense());
            assertEquals(0x20, sense.get(2) & 0x2f, "a block of another length, no error");
            assertEquals(LENGTH - 1024, sense.getInt(3));
            assertEquals(LENGTH - 1024, answer.residual());
            answer = answered(drive.execute(read(LENGTH), Direction.IN, ByteBuffer.allocate(LENGTH), SOON));
            assertEquals(0x80, answer.sense()[2] & 0x8f, "a filemark");
            answer = answered(drive.execute(read(LENGTH), Direction.IN, ByteBuffer.allocate(LENGTH), SOON));
            assertEquals(8, answer.sense()[2] & 0xf, "blank check");
        }
    }

    /** Commands disappear in the device. */
    private static void silent(Body body) throws Exception {
        knob("opts", "4");
        knob("every_nth", "1");
        try {
            body.run();
        } finally {
            knob("every_nth", "0");
            knob("opts", "0");
        }
    }

    private static void timeOut() throws Exception {
        try (ScsiTransport drive = debug()) {
            Duration second = Duration.ofSeconds(1);
            silent(() -> assertEquals(new Outcome.TimedOut(second), drive.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), second)));
            assertInstanceOf(Outcome.Lost.class, drive.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), second));
        }
        debug().close();
    }

    private static void closedWhileItWaits() throws Exception {
        ScsiTransport drive = debug();
        silent(() -> {
            CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> drive.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), SOON));
            // Long enough that it waits in the kernel, most times.
            Thread.sleep(1000);
            drive.close();
            assertEquals(new Outcome.Lost("it was closed"), outcome.get(5, TimeUnit.SECONDS));
        });
    }

    private static void interruptedWhileItWaits() throws Exception {
        ScsiTransport drive = debug();
        silent(() -> {
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform().daemon()
                    .start(() -> outcome.complete(drive.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), SOON)));
            Thread.sleep(1000);
            thread.interrupt();
            assertEquals(new Outcome.Interrupted(), outcome.get(5, TimeUnit.SECONDS));
        });
        assertInstanceOf(Outcome.Lost.class, drive.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), SOON));
        drive.close();
    }

    private static void deviceRemoved() throws Exception {
        Path device = named("scsi_debug", 1).getFirst();
        try (ScsiTransport drive = debug()) {
            Files.writeString(DEVICES.resolve(device.getFileName()).resolve("device/delete"), "1");
            assertInstanceOf(Outcome.Lost.class, drive.execute(Commands.READY, Direction.NONE, ByteBuffer.allocate(0), SOON));
        }
        try {
            open(device).close();
            throw new AssertionError("it can be opened still");
        } catch (BackupException e) {
            assertEquals("device.io", e.failure().code());
        }
    }
}
