package org.azekura.rest.https;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleKeyTest {

    @TempDir
    Path home;

    @Test
    void makesACertificateOnceThatOnlyTheOwnerHasTheKeyOf() throws Exception {
        Path tls = home.resolve("tls");
        ConsoleKey key = ConsoleKey.ensure(tls, "host-1");
        byte[] first = Files.readAllBytes(tls.resolve("console.pem"));
        assertEquals(key, ConsoleKey.ensure(tls, "host-1"));
        assertArrayEquals(first, Files.readAllBytes(tls.resolve("console.pem")));
        assertEquals("rw-------", permissions(tls.resolve("console.p12")));
        assertEquals("rw-------", permissions(tls.resolve("console.password")));
        assertEquals("rw-r--r--", permissions(tls.resolve("console.pem")));
    }

    @Test
    void certifiesAP256KeyForTheNamesOfThisHost() throws Exception {
        ConsoleKey.ensure(home.resolve("tls"), "host-1");
        try (InputStream pem = Files.newInputStream(home.resolve("tls/console.pem"))) {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            certificate.verify(certificate.getPublicKey());
            certificate.checkValidity();
            assertEquals(256, ((ECPublicKey) certificate.getPublicKey()).getParams().getOrder().bitLength());
            String names = certificate.getSubjectAlternativeNames().toString();
            assertTrue(names.contains("localhost") && names.contains("127.0.0.1") && names.contains("host-1"), names);
        }
    }

    @Test
    void saysWhichFileIsBroken() throws Exception {
        Path tls = home.resolve("tls");
        ConsoleKey.ensure(tls, "host-1");
        Files.write(tls.resolve("console.p12"), new byte[] {1, 2, 3});
        String message = assertThrows(IOException.class, () -> ConsoleKey.ensure(tls, "host-1")).getMessage();
        assertTrue(message.contains("console.p12"), message);
    }

    @Test
    void keepsASecretAndClosesItsFile() throws Exception {
        Path file = home.resolve("token");
        String secret = Secret.ensure(file);
        assertTrue(secret.length() >= 43);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertEquals(secret, Secret.ensure(file));
        assertEquals("rw-------", permissions(file));
        Files.writeString(file, "short");
        assertThrows(IOException.class, () -> Secret.ensure(file));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
