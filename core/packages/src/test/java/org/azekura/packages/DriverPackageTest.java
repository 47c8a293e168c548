package org.azekura.packages;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.azekura.api.driver.PublisherTrust;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverPackageTest {

    @TempDir
    Path dir;
    private PublisherKey key;
    private Path file;

    @BeforeEach
    void make() throws Exception {
        key = Made.key(dir, "Fine Drivers");
        file = Made.signed(dir, key);
    }

    @Test
    void keepsWhatItSaysOfItselfAndWhoVouchesForIt() throws Exception {
        DriverPackage opened = DriverPackage.open(file);
        assertEquals(Made.manifest(), opened.manifest());
        assertEquals("demo-1.2.3.azd", opened.manifest().fileName());
        assertTrue(opened.isSigned());
        assertEquals("Fine Drivers", opened.verified(Made.trust(key), Made.NOW));
    }

    @Test
    void unpacksDurablyAndAtOnce() throws Exception {
        Path folder = dir.resolve("1.2.3");
        Path left = Files.createDirectories(dir.resolve("1.2.3.new/bundles/of"));
        Files.write(left.resolve("a killed run"), new byte[3]);
        DriverPackage.open(file).extractTo(folder);
        assertArrayEquals(Made.jar(), Files.readAllBytes(folder.resolve(Made.BUNDLE)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(Made.BUNDLE))));
        try (Stream<Path> all = Files.walk(folder)) {
            assertEquals(2, all.filter(Files::isRegularFile).count());
        }
        assertFalse(Files.exists(dir.resolve("1.2.3.new")));
        assertEquals(DriverPackage.open(file).contentId(), UnpackedFolder.contentId(folder));
        assertRefused("package.io", () -> DriverPackage.open(file).extractTo(folder));
    }

    @Test
    void whatLiesInTheFolderIsAnotherContentWithOneByteChangedOneFileMoreOrOneLess() throws Exception {
        Path folder = dir.resolve("1.2.3");
        DriverPackage opened = DriverPackage.open(file);
        opened.extractTo(folder);
        byte[] bundle = Files.readAllBytes(folder.resolve(Made.BUNDLE));
        bundle[bundle.length / 2] ^= 1;
        Files.write(folder.resolve(Made.BUNDLE), bundle);
        assertNotEquals(opened.contentId(), UnpackedFolder.contentId(folder));
        Files.write(folder.resolve(Made.BUNDLE), Made.jar());
        assertEquals(opened.contentId(), UnpackedFolder.contentId(folder));
        Files.write(folder.resolve("one.more"), new byte[0]);
        assertNotEquals(opened.contentId(), UnpackedFolder.contentId(folder));
        Files.delete(folder.resolve("one.more"));
        Files.delete(folder.resolve(Made.BUNDLE));
        assertNotEquals(opened.contentId(), UnpackedFolder.contentId(folder));
        assertRefused("package.refused", () -> UnpackedFolder.contentId(Files.createDirectory(dir.resolve("empty"))));
    }

    @Test
    void doesNotUnpackAnotherFileThanWasLookedAt() throws Exception {
        DriverPackage opened = DriverPackage.open(file);
        PackageWriter.of(Made.manifest()).add(Made.BUNDLE, Files.write(dir.resolve("other.jar"), Made.zip(Map.of("META-INF/MANIFEST.MF", new byte[9]))))
                .write(file, Optional.of(key), false);
        assertRefused("package.refused", () -> opened.extractTo(dir.resolve("x")));
        assertFalse(Files.exists(dir.resolve("x")));
        assertNotEquals(opened.contentId(), DriverPackage.open(file).contentId());
    }

    @Test
    void isRefusedUnsignedButInDevelopment() throws Exception {
        PackageWriter.again(file).write(file, Optional.empty(), false);
        DriverPackage opened = DriverPackage.open(file);
        assertFalse(opened.isSigned());
        assertRefusal("unsigned", opened, Made.trust(key));
        assertEquals("", opened.verified(new PublisherTrust(List.of(), true), Made.NOW));
    }

    @Test
    void isRefusedOfSomebodyWhoIsNotTrusted() throws Exception {
        DriverPackage opened = DriverPackage.open(file);
        PublisherKey other = Made.key(dir, "other");
        assertRefusal("\"Fine Drivers\" (SHA-256 ", opened, Made.trust(other));
        assertRefusal("not trusted here", opened, new PublisherTrust(List.of(), true));
        assertRefusal("not trusted here", opened, new PublisherTrust(List.of(new byte[] {1, 2, 3}), false));
        // Of the same name, which anybody can write into a certificate.
        assertRefusal("not trusted here", opened, Made.trust(Made.key(Files.createDirectory(dir.resolve("x")), "Fine Drivers")));
    }

    @Test
    void isSignedByAnotherPublisherInPlaceOfTheFirst() throws Exception {
        PublisherKey other = Made.key(dir, "other");
        Path again = dir.resolve("again.azd");
        PackageWriter.again(file).write(again, Optional.of(other), false);
        DriverPackage opened = DriverPackage.open(again);
        assertEquals("other", opened.verified(Made.trust(other), Made.NOW));
        assertRefusal("not trusted here", opened, Made.trust(key));
        assertEquals(DriverPackage.open(file).contentId(), opened.contentId());
    }

    @Test
    void isRefusedOutOfDate() throws Exception {
        DriverPackage opened = DriverPackage.open(file);
        String message = assertRefused("package.refused", () -> opened.verified(Made.trust(key), Made.NOW.plus(Made.YEAR).plusSeconds(1))).getMessage();
        assertTrue(message.contains("expired at 2028-02-29T12:00:00Z"), message);
        assertRefused("package.refused", () -> opened.verified(Made.trust(key), Made.NOW.minus(Duration.ofHours(2))));
        opened.verified(Made.trust(key), Made.NOW.plus(Made.YEAR).minusSeconds(1));
    }

    @Test
    void isTakenOfOneWhomATrustedOneHasCertified() throws Exception {
        PublisherKey member = key.certify(dir.resolve("member.key"), "member", Made.YEAR.multipliedBy(2), Made.NOW);
        assertEquals(2, member.certificates().size());
        PackageWriter.again(file).write(file, Optional.of(PublisherKey.read(dir.resolve("member.key"))), false);
        DriverPackage opened = DriverPackage.open(file);
        assertEquals("member", opened.verified(Made.trust(key), Made.NOW));
        assertEquals("member", opened.verified(Made.trust(member), Made.NOW));
        assertRefusal("not trusted here", opened, Made.trust(Made.key(dir, "other")));
        assertRefused("package.refused", () -> opened.verified(Made.trust(key), Made.NOW.plus(Made.YEAR).plusSeconds(1)));
        // Whom a member certifies nobody takes, unless the member's word is asked for.
        PublisherKey guest = member.certify(dir.resolve("guest.key"), "guest", Made.YEAR, Made.NOW);
        PackageWriter.again(file).write(file, Optional.of(guest), false);
        assertRefusal("do not lead to \"Fine Drivers\"", DriverPackage.open(file), Made.trust(key));
        assertRefusal("may not certify others", DriverPackage.open(file), Made.trust(member));
    }

    @Test
    void saysWhichSpiIsMissing() throws Exception {
        DriverPackage opened = DriverPackage.open(file);
        opened.requireServed(Map.of("org.azekura.api", "0.1.0", "org.azekura.api.device", "0.3", "org.slf4j", "2.0.17"));
        opened.requireServed(Map.of("org.azekura.api", "0.1.0.SNAPSHOT", "org.azekura.api.device", "0.99.99"));
        String message = assertRefused("package.refused", () -> opened.requireServed(Map.of("org.azekura.api.device", "1.0.0"))).getMessage();
        assertTrue(message.contains("needs org.azekura.api [0.1.0,1.0.0), which is not here, org.azekura.api.device [0.1.0,1.0.0), and here is 1.0.0"), message);
    }

    @Test
    void isNoPackageAtAll() throws Exception {
        for (byte[] other : List.of(new byte[0], new byte[100], "PK".getBytes(), Made.jar(), "#!/bin/sh\n".getBytes())) {
            assertRefused("package.invalid", () -> DriverPackage.open(Files.write(dir.resolve("other"), other)));
        }
        assertRefused("package.invalid", () -> DriverPackage.open(dir.resolve("missing")));
        assertRefused("package.invalid", () -> DriverPackage.open(dir));
        assertRefused("package.invalid", () -> PackageWriter.again(Files.write(dir.resolve("jar"), Made.jar())));
        assertRefused("package.invalid", () -> PackageWriter.again(dir.resolve("missing")));
    }

    private static void assertRefusal(String why, DriverPackage opened, PublisherTrust trust) {
        String message = assertRefused("package.refused", () -> opened.verified(trust, Made.NOW)).getMessage();
        assertTrue(message.contains(why), message);
    }
}
