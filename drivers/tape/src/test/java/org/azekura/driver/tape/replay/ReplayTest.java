package org.azekura.driver.tape.replay;

import static org.azekura.driver.tape.scsi.Commands.SOON;
import static org.azekura.driver.tape.scsi.Commands.answered;
import static org.azekura.driver.tape.scsi.Commands.cdb;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.scsi.ScsiTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    /** The form is kept: recordings from other people's drives outlive us. */
    static final String GOLDEN = """
            azekura scsi recording 1
            # a drive
            > 120000000800 in 8
            < 00 residual 2 in 6 01800502

            > 080000100000 in 4096
            < 02 residual 3096 sense 700000000000100a0000000000000000
            > 0a0000040000 out 4 01020304
            < 00
            > 0a0000200000 out 8192 crc32c 71345c80
            < 00
            > b5200010000000000034 out 52 secret
            < 18
            > 000000000000
            < lost the target has closed the connection
            """;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    @TempDir
    Path dir;

    /** Answers as the golden recording has it. */
    private static final class Device implements ScsiTransport {
        private int calls;

        @Override
        public Outcome execute(byte[] cdb, Direction direction, ByteBuffer data, Duration timeout) {
            return switch (calls++) {
                case 0 -> {
                    data.put(new byte[] {1, (byte) 0x80, 5, 2, 0, 0});
                    yield new Outcome.Answered(0, new byte[0], 2);
                }
                case 1 -> new Outcome.Answered(2, cdb("700000000000100a0000000000000000"), 3096);
                case 4 -> new Outcome.Answered(0x18, new byte[0], 0);
                case 5 -> new Outcome.Lost("the target has closed the\nconnection");
                default -> new Outcome.Answered(0, new byte[0], 0);
            };
        }

        @Override
        public void close() {
            calls = 100;
        }
    }

    private static void talk(ScsiTransport device) {
        ByteBuffer inquiry = ByteBuffer.allocate(10).position(2);
        Outcome.Answered answer = answered(device.execute(cdb("120000000800"), Direction.IN, inquiry, SOON));
        assertEquals(2, answer.residual());
        assertArrayEquals(new byte[] {0, 0, 1, (byte) 0x80, 5, 2, 0, 0, 0, 0}, inquiry.array());
        assertEquals(8, inquiry.position());
        answer = answered(device.execute(cdb("080000100000"), Direction.IN, ByteBuffer.allocate(4096), SOON));
        assertEquals(2, answer.status());
        assertArrayEquals(cdb("700000000000100a0000000000000000"), answer.sense());
        device.execute(cdb("0a0000040000"), Direction.OUT, ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), SOON);
        byte[] block = new byte[8192];
        Arrays.fill(block, (byte) 7);
        device.execute(cdb("0a0000200000"), Direction.OUT, ByteBuffer.wrap(block), SOON);
        assertEquals(0x18, answered(device.execute(cdb("b5200010000000000034"), Direction.OUT, ByteBuffer.wrap(new byte[52]), SOON)).status());
        assertInstanceOf(Outcome.Lost.class, device.execute(cdb("000000000000"), Direction.NONE, NOTHING, SOON));
        device.close();
    }

    @Test
    void whatIsRecordedCanBePlayed() throws Exception {
        Path file = dir.resolve("recording");
        talk(Recording.of(new Device(), file));
        String golden = GOLDEN.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).reduce("", (all, line) -> all + line + "\n");
        assertEquals(golden, Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        for (byte[] recording : new byte[][] {Files.readAllBytes(file), GOLDEN.getBytes(StandardCharsets.UTF_8)}) {
            Replay replay = Replay.of("test", recording);
            talk(replay);
            assertNull(replay.mismatch());
            assertEquals(0, replay.left());
        }
    }

    @Test
    void eachConnectionIsRecordedInAFileOfItsOwnAndServedWithoutOneTooManyOrNone() throws Exception {
        ScsiPath device = new ScsiPath() {
            @Override
            public ScsiTransport open() {
                return new Device();
            }

            @Override
            public String location() {
                return "iscsi://host:1/iqn.a:b/3";
            }
        };
        for (int i = 0; i < 2; i++) {
            talk(new RecordedPath(device, dir).open());
        }
        try (Stream<Path> files = Files.list(dir)) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            assertEquals(2, names.size());
            assertTrue(names.stream().allMatch(name -> name.matches("iscsi_host_1_iqn.a_b_3-\\d{8}-\\d{6}-\\d+\\.scsi")), names.toString());
        }
        talk(new RecordedPath(device, dir.resolve("missing")).open());
    }

    private static Replay replay(String lines) throws BackupException {
        return Replay.of("test", (Recording.HEAD + "\n" + lines).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anotherCommandOtherDataAndOneTooManyAreLost() throws Exception {
        String two = "> 0a0000020000 out 2 0102\n< 00\n> 000000000000\n< 00\n";
        byte[] write = cdb("0a0000020000");
        Replay other = replay(two);
        assertInstanceOf(Outcome.Lost.class, other.execute(cdb("000000000000"), Direction.NONE, NOTHING, SOON));
        assertTrue(other.mismatch().contains("goes on with \"> 0a0000020000 out 2 0102\"; asked was \"> 000000000000\""), other.mismatch());
        assertInstanceOf(Outcome.Lost.class, other.execute(write, Direction.OUT, ByteBuffer.wrap(new byte[] {1, 2}), SOON));
        assertInstanceOf(Outcome.Lost.class, replay(two).execute(write, Direction.OUT, ByteBuffer.wrap(new byte[] {1, 3}), SOON));
        assertInstanceOf(Outcome.Lost.class, replay(two).execute(write, Direction.OUT, ByteBuffer.wrap(new byte[] {1, 2, 0}), SOON));
        Replay end = replay("");
        assertInstanceOf(Outcome.Lost.class, end.execute(write, Direction.OUT, ByteBuffer.wrap(new byte[] {1, 2}), SOON));
        Replay whole = replay(two);
        whole.execute(write, Direction.OUT, ByteBuffer.wrap(new byte[] {1, 2}), SOON);
        assertEquals(1, whole.left());
    }

    @Test
    void timeOutsAreThoseOfTheCaller() throws Exception {
        Replay replay = replay("> 010000000000\n< timed out\n");
        assertEquals(new Outcome.TimedOut(SOON), replay.execute(cdb("010000000000"), Direction.NONE, NOTHING, SOON));
        assertInstanceOf(Outcome.Lost.class, replay.execute(cdb("010000000000"), Direction.NONE, NOTHING, SOON));
    }

    @Test
    void damageIsToldWithItsLine() {
        for (String lines : new String[] {"> 00\n", "> 0g\n< 00\n", "< 00\n> 00\n", "> 00 in\n< 00\n", "> 00 in 5\n< 00 in 6 01\n", "> 00 in 20000000\n< 00\n", "> 00\n< 00 in 1\n",
            "> 00 out 1 0102\n< 00\n", "> 00 out 2 0100\n< 00\n", "> 00 out 5000 crc32c 01\n< 00\n", "> 00\n< 000\n", "> 00\n< timed\n", "> 00\n< 00 00\n", "> 00 in 05\n< 00\n"}) {
            BackupException e = assertRefused("recording.damaged", () -> replay(lines));
            assertTrue(e.getMessage().startsWith("test, line "), e.getMessage());
        }
        assertRefused("recording.damaged", () -> Replay.of("test", new byte[0]));
    }
}
