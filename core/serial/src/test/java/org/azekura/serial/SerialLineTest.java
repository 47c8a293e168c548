package org.azekura.serial;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.testkit.serial.SerialDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialLineTest {

    private static final LineSettings LINE = LineSettings.parse("9600 8N1");
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path dir;

    /** Sends everything back. */
    private static final class Echo extends SerialDevice {
        Echo(Path folder) throws IOException, InterruptedException {
            super(folder);
            begin();
        }

        @Override
        protected void came(byte next) {
            send(String.valueOf((char) (next & 0xff)));
        }
    }

    @Test
    void carriesEveryByteThereAndBack() throws Exception {
        try (Echo echo = new Echo(dir); SerialLine line = SerialLine.open(echo.port(), LINE)) {
            byte[] all = new byte[256];
            for (int i = 0; i < all.length; i++) {
                all[i] = (byte) i;
            }
            line.write(all);
            byte[] back = new byte[all.length];
            byte[] piece = new byte[all.length];
            for (int count = 0; count < back.length;) {
                int some = line.read(piece, LONG);
                assertTrue(some > 0, "nothing came");
                System.arraycopy(piece, 0, back, count, some);
                count += some;
            }
            assertArrayEquals(all, back);
            assertEquals(0, line.read(piece, Duration.ofMillis(150)));
        }
    }

    @Test
    void whatWasNotReadIsForgotten() throws Exception {
        try (Echo echo = new Echo(dir); SerialLine line = SerialLine.open(echo.port(), LINE)) {
            line.write(new byte[] {1});
            assertEquals(1, line.read(new byte[1], LONG));
            line.write(new byte[] {2, 3, 4});
            byte[] one = new byte[1];
            assertEquals(1, line.read(one, LONG));
            assertEquals(2, one[0]);
            // the others are on their way
            for (long end = System.nanoTime() + LONG.toNanos(); line.read(one, Duration.ZERO) > 0 && one[0] != 4 && System.nanoTime() < end;) {
                line.drain();
            }
            line.drain();
            line.write(new byte[] {5});
            byte[] last = new byte[8];
            int count = line.read(last, LONG);
            assertEquals(5, last[count - 1], () -> Arrays.toString(last));
        }
    }

    @Test
    void saysThatTheOtherEndHungUp() throws Exception {
        Echo echo = new Echo(dir);
        try (SerialLine line = SerialLine.open(echo.port(), LINE)) {
            echo.close();
            BackupException hung = assertRefused("device.io", () -> line.read(new byte[8], LONG));
            assertTrue(hung.getMessage().contains("hung up"), hung.getMessage());
            assertRefused("device.io", () -> line.write(new byte[] {1}));
            assertRefused("device.io", line::drain);
        }
    }

    @Test
    void closingEndsAReadThatWaits() throws Exception {
        try (Echo echo = new Echo(dir)) {
            SerialLine line = SerialLine.open(echo.port(), LINE);
            Thread closer = Thread.ofPlatform().start(line::close);
            assertRefused("device.closed", () -> line.read(new byte[8], LONG));
            closer.join();
            assertRefused("device.closed", () -> line.write(new byte[8]));
        }
    }

    @Test
    void saysWhatIsNoLine() throws Exception {
        BackupException gone = assertRefused("device.io", () -> SerialLine.open(dir + "/none", LINE));
        assertTrue(gone.getMessage().contains("is not there"), gone.getMessage());
        Path file = Files.writeString(dir.resolve("file"), "x");
        for (Path wrong : List.of(file, dir)) {
            BackupException no = assertRefused("device.io", () -> SerialLine.open(wrong.toString(), LINE));
            assertTrue(no.getMessage().contains("is no serial line"), no.getMessage());
        }
        assertRefused("device.io", () -> SerialLine.open("/dev/null", LINE));
    }

    @Test
    void readsSettingsAsPeopleWriteThem() {
        assertEquals(new LineSettings(2400, 8, 'N', 1), LineSettings.parse("2400 8N1"));
        assertEquals("9600 7E2", LineSettings.parse("9600 7E2").toString());
        for (String wrong : List.of("", "9600", "9600 8X1", "9600 8n1", "1 8N1", "9999999 8N1", "9600 9N1", "9600  8N1")) {
            assertThrows(IllegalArgumentException.class, () -> LineSettings.parse(wrong), wrong);
        }
    }
}
