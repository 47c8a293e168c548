package org.azekura.server.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageHeadTest {

    @TempDir
    Path dir;

    private PackageHead of(byte[] bytes) throws IOException {
        return PackageHead.of(Files.write(dir.resolve("file"), bytes));
    }

    @Test
    void readsNameAndVersion() throws Exception {
        assertEquals(new PackageHead("disk", "1.4.0"), of(Packed.driver("disk", "1.4.0", 100)));
    }

    @Test
    void saysNothingOfWhatIsNotFormedSo() throws Exception {
        assertEquals(PackageHead.UNKNOWN, of(new byte[0]));
        assertEquals(PackageHead.UNKNOWN, of("hello, world".getBytes()));
        assertEquals(PackageHead.UNKNOWN, of(Packed.driver("../disk", "1.4.0", 1)));
        assertEquals(PackageHead.UNKNOWN, of(Packed.driver("disk", "latest", 1)));
        assertEquals(PackageHead.UNKNOWN, of(Packed.zip(ZipEntry.STORED, "a", "1", "b", "2", "c", "3", "META-INF/azekura-driver", "name: x\nversion: 1.0.0\n")));
        assertEquals(PackageHead.UNKNOWN, of(Packed.zip(ZipEntry.DEFLATED, "META-INF/azekura-driver", "name: x\nversion: 1.0.0\n" + "0".repeat(10 << 20))));
        assertThrows(IOException.class, () -> PackageHead.of(dir.resolve("none")));
    }

    @Test
    void survivesAnyDamage() throws Exception {
        byte[] whole = Packed.driver("disk", "1.4.0", 50);
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                of(damaged);
            } catch (IOException | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
