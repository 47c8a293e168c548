package org.azekura.packages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.azekura.api.driver.PublisherTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package of the first form that there was, with its publisher's certificate, is read and written as ever. */
class GoldenPackageTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    Path dir;

    @Test
    void isRead() throws Exception {
        PublisherTrust trust = new PublisherTrust(List.of(Pem.certificates(GOLDEN.resolve("publisher.pem")).getFirst().getEncoded()), false);
        DriverPackage opened = DriverPackage.open(GOLDEN.resolve("demo-1.2.3.azd"));
        assertEquals(Made.manifest(), opened.manifest());
        assertEquals("Fine Drivers", opened.verified(trust, Made.NOW));
        opened.extractTo(dir.resolve("demo"));
        assertArrayEquals(Files.readAllBytes(GOLDEN.resolve("bundle.jar")), Files.readAllBytes(dir.resolve("demo").resolve(Made.BUNDLE)));
    }

    @Test
    void isWritten() throws Exception {
        PackageWriter.of(Made.manifest()).add(Made.BUNDLE, GOLDEN.resolve("bundle.jar")).write(dir.resolve("unsigned"), Optional.empty(), false);
        assertArrayEquals(Files.readAllBytes(GOLDEN.resolve("unsigned.azd")), Files.readAllBytes(dir.resolve("unsigned")));
    }
}
