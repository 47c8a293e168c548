package org.azekura.packages;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherKeyTest {

    private static final byte[] TEXT = "text".getBytes(US_ASCII);

    @TempDir
    Path dir;

    @Test
    void writesAKeyForItsOwnerAloneAndACertificateForAll() throws Exception {
        PublisherKey key = Made.key(dir, "Fine Drivers");
        Path file = dir.resolve("Fine Drivers.key");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(Files.readString(file).startsWith("-----BEGIN PRIVATE KEY-----\n"));
        try (FileInputStream in = new FileInputStream(dir.resolve("Fine Drivers.key.pub").toFile())) {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            certificate.verify(certificate.getPublicKey());
            assertEquals("CN=Fine Drivers", certificate.getSubjectX500Principal().getName());
            assertEquals(key.certificates(), List.of(certificate));
        }
        PublisherKey again = PublisherKey.read(file);
        assertEquals("Fine Drivers", again.publisher());
        assertTrue(again.isValidAt(Made.NOW));
        assertFalse(again.isValidAt(Made.NOW.plus(Made.YEAR).plusSeconds(1)));
    }

    @Test
    void signsTheSameContentByTheSameBytes() throws Exception {
        PublisherKey key = Made.key(dir, "a");
        byte[] signature = key.sign(TEXT);
        assertArrayEquals(signature, PublisherKey.read(dir.resolve("a.key")).sign(TEXT));
        assertEquals(key.certificates(), CmsForm.read(signature, TEXT).certificates());
        assertFalse(Arrays.equals(signature, key.sign("Text".getBytes(US_ASCII))));
    }

    @Test
    void replacesNoKeyAndNoCertificate() throws Exception {
        Made.key(dir, "a");
        String before = Files.readString(dir.resolve("a.key"));
        assertRefused("key.exists", () -> Made.key(dir, "a"));
        Files.delete(dir.resolve("a.key"));
        assertRefused("key.exists", () -> Made.key(dir, "a"));
        assertFalse(Files.exists(dir.resolve("a.key")));
        assertFalse(before.isEmpty());
        assertRefused("key.file", () -> Made.key(dir.resolve("missing"), "a"));
    }

    @Test
    void saysWhyAKeyWillNotDo() throws Exception {
        Made.key(dir, "a");
        Made.key(dir, "b");
        Path key = dir.resolve("a.key");
        Files.copy(dir.resolve("b.key.pub"), dir.resolve("a.key.pub"), StandardCopyOption.REPLACE_EXISTING);
        assertSays("not of this key", key);
        Files.delete(dir.resolve("a.key.pub"));
        assertSays("no certificate", key);
        assertSays("no private key", dir.resolve("b.key.pub"));
        assertSays("is not there", dir.resolve("c.key"));
    }

    private static void assertSays(String why, Path key) {
        String message = assertRefused("key.file", () -> PublisherKey.read(key)).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void signsWithKeysThatOpensslHasMade() throws Exception {
        for (String kind : List.of("ec -pkeyopt ec_paramgen_curve:prime256v1", "rsa:2048", "ed25519")) {
            Path file = dir.resolve("openssl-" + kind.substring(0, 2));
            openssl("req -x509 -nodes -days 2 -subj /CN=Other -newkey " + kind + " -keyout " + file + " -out " + file + ".pub");
            PublisherKey key = PublisherKey.read(file);
            byte[] signature = key.sign(TEXT);
            CmsForm.read(signature, TEXT).requireTrusted(key.certificates(), Instant.now());
            assertThrows(Flaw.class, () -> CmsForm.read(signature, "tixt".getBytes(US_ASCII)));
            // And it reads ours; of Ed25519 it can't before its version 3.2.
            if (kind.equals("ed25519")) {
                continue;
            }
            Files.write(dir.resolve("text"), TEXT);
            Files.write(dir.resolve("signature"), signature);
            openssl("cms -verify -binary -inform DER -purpose any -in " + dir.resolve("signature") + " -content " + dir.resolve("text") + " -CAfile " + file + ".pub");
        }
    }

    @Test
    void asksWhoHasAProtectedKeyToUnlockIt() throws Exception {
        Path file = dir.resolve("protected");
        openssl("req -x509 -days 2 -subj /CN=Other -newkey ed25519 -passout pass:secret -keyout " + file + " -out " + file + ".pub");
        assertSays("protected by a passphrase", file);
    }

    /** Keys that can be read, and whose packages no appliance takes. */
    @Test
    void signsWithNoKeyThatNobodyTakes() throws Exception {
        Path weak = dir.resolve("weak");
        openssl("req -x509 -nodes -days 2 -subj /CN=Other -newkey rsa:1024 -keyout " + weak + " -out " + weak + ".pub");
        Path server = dir.resolve("server");
        openssl("req -x509 -nodes -days 2 -subj /CN=Other -addext extendedKeyUsage=serverAuth -newkey rsa:2048 -keyout " + server + " -out " + server + ".pub");
        for (var why : Map.of(weak, "is too short", server, "is not one for signing code").entrySet()) {
            PublisherKey key = PublisherKey.read(why.getKey());
            Path file = Path.of(why.getKey() + ".azd");
            PackageWriter writer = Made.writer(dir, Made.jar());
            String said = assertRefused("key.file", () -> writer.write(file, Optional.of(key), false)).getMessage();
            assertTrue(said.contains(why.getValue()) && said.contains("azekura driver key"), said);
            assertFalse(Files.exists(file));
            writer.write(file, Optional.of(key), true);
            said = assertRefused("package.refused", () -> DriverPackage.open(file).verified(Made.trust(key), Instant.now())).getMessage();
            assertTrue(said.contains(why.getValue()), said);
        }
        Path other = dir.resolve("other");
        openssl("genpkey -algorithm X25519 -out " + other);
        Files.copy(dir.resolve("weak.pub"), dir.resolve("other.pub"));
        assertSays("is not of this key", other);
        openssl("req -x509 -nodes -days 2 -subj /CN=Other -newkey ed448 -keyout " + other + "4 -out " + other + "4.pub");
        assertSays("of the kind Ed448, and known are", Path.of(other + "4"));
    }

    private static void openssl(String arguments) throws Exception {
        Process process = new ProcessBuilder(("openssl " + arguments).split(" ")).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, said);
    }
}
