package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stick that brings our keys into a machine's firmware, made by the very steps of a build. That a firmware takes them is shown by {@link SecureBootIT}. */
class EnrolTest {

    @TempDir
    Path dir;
    private Path keys;
    private Path stick;

    @BeforeEach
    void make() throws IOException {
        Daemon.assume("keys for Secure Boot", "/usr/bin/sign-efi-sig-list", "efitools");
        Daemon.assume("keys for Secure Boot", "/usr/lib/systemd/boot/efi/systemd-bootx64.efi", "systemd-boot-efi");
        Daemon.assume("keys for Secure Boot", "/usr/bin/gpg", "gnupg");
        Daemon.assume("keys for Secure Boot", "/usr/bin/mcopy", "mtools");
        Daemon.assume("keys for Secure Boot", "/usr/sbin/sfdisk", "fdisk");
        keys = dir.resolve("keys");
        stick = dir.resolve("azekura-1-keys.img");
        step("keys");
        Files.createDirectory(keys.resolve("others"));
        Ran.of("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=A maker of controllers", "-keyout", dir.resolve("other.key").toString(), "-out",
                keys.resolve("others/maker.pem").toString()).ok();
        step("enrol");
    }

    private void step(String name) {
        Ran.with(Map.of("AZEKURA_IMAGE_KEYS", keys.toString(), "AZEKURA_IMAGE_VERSION", "1"), Recipe.step(name), dir.toString()).ok();
    }

    /** A file of the stick. */
    private byte[] file(String path) throws IOException {
        Path to = dir.resolve("file");
        Ran.of("mcopy", "-n", "-o", "-i", stick + "@@1M", "::" + path, to.toString()).ok();
        return Files.readAllBytes(to);
    }

    private byte[] der(String name) throws IOException, CertificateException {
        try (var in = Files.newInputStream(keys.resolve(name))) {
            return ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in)).getEncoded();
        }
    }

    private static boolean has(byte[] file, byte[] part) {
        for (int at = 0; at + part.length <= file.length; at++) {
            if (Arrays.mismatch(file, at, at + part.length, part, 0, part.length) < 0) {
                return true;
            }
        }
        return false;
    }

    @Test
    void bringsOurKeysForEachWayOfAFirmware() throws Exception {
        assertArrayEquals(der("boot.pem"), file("/keys/azekura-boot.cer"));
        assertArrayEquals(der("platform.pem"), file("/keys/azekura-platform.cer"));
        for (String folder : new String[] {"/keys/", "/loader/keys/azekura/"}) {
            assertTrue(has(file(folder + "db.auth"), der("boot.pem")), folder);
            assertTrue(has(file(folder + "db.auth"), der("others/maker.pem")), folder);
            assertTrue(has(file(folder + "PK.auth"), der("platform.pem")), folder);
            assertTrue(has(file(folder + "KEK.auth"), der("platform.pem")), folder);
        }
        assertTrue(new String(file("/loader/loader.conf"), StandardCharsets.US_ASCII).contains("secure-boot-enroll force"));
    }

    /** What may be public alone is: whoever finds the stick can sign nothing. */
    @Test
    void bringsNoSecret() throws IOException {
        byte[] all = Files.readAllBytes(stick);
        for (String key : new String[] {"boot.key", "platform.key"}) {
            String text = Files.readString(keys.resolve(key));
            assertTrue(!has(all, text.substring(0, 200).getBytes(StandardCharsets.US_ASCII)), key);
        }
        assertEquals(-1, new String(all, StandardCharsets.ISO_8859_1).indexOf("PRIVATE KEY"));
    }

    @Test
    void theSameKeysMakeTheSameStick() throws IOException {
        byte[] first = Files.readAllBytes(stick);
        step("enrol");
        assertArrayEquals(first, Files.readAllBytes(stick));
    }
}
