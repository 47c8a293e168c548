package org.azekura.ca;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeAuthorityTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Set<String> NAMES = Set.of("client/web1", "node/web1");

    @TempDir
    Path home;
    private final PublicKey key = HostKeys.generate().getPublic();

    private HomeAuthority open() throws Exception {
        return HomeAuthority.open(home, InstantSource.fixed(NOW));
    }

    @Test
    void isMadeOnceForItsOwnerAlone() throws Exception {
        X509Certificate first = open().certificate();
        assertEquals(first, open().certificate());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("ca/ca.p12"))));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("ca"))));
        assertEquals(0, first.getBasicConstraints());
        first.verify(first.getPublicKey());
        assertTrue(first.getNotAfter().toInstant().isAfter(NOW.plus(Duration.ofDays(365 * 20))));
    }

    @Test
    void isNeverMadeAnewInPlaceOfOneThatCannotBeRead() throws Exception {
        open();
        Path file = home.resolve("ca/ca.p12");
        byte[] whole = Files.readAllBytes(file);
        for (byte[] damaged : List.of(new byte[0], "nonsense".getBytes(), java.util.Arrays.copyOf(whole, whole.length / 2), new byte[100_000])) {
            Files.write(file, damaged);
            String message = assertRefused("ca.corrupt", this::open).getMessage();
            assertTrue(message.contains(file.toString()), message);
            assertArrayEquals(damaged, Files.readAllBytes(file));
        }
    }

    @Test
    void leavesNothingHalfMadeBehind() throws Exception {
        Files.createDirectories(home.resolve("ca"));
        Files.writeString(home.resolve("ca/ca.p12.new"), "left by a kill");
        open();
        try (Stream<Path> files = Files.list(home.resolve("ca"))) {
            assertEquals(List.of("ca.p12"), files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void givesAHostItsNamesAndNoMore() throws Exception {
        HomeAuthority authority = open();
        X509Certificate made = authority.issue(key, NAMES, NOW.plus(Duration.ofDays(90)));
        assertEquals(NAMES, Identity.names(made));
        assertEquals(key, made.getPublicKey());
        assertEquals(NOW.plus(Duration.ofDays(90)), made.getNotAfter().toInstant());
        assertEquals(NOW.minus(Duration.ofHours(1)), made.getNotBefore().toInstant());
        assertEquals(-1, made.getBasicConstraints(), "it can't make others");
        assertEquals(List.of("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1"), made.getExtendedKeyUsage());
        assertTrue(made.getSerialNumber().bitLength() > 120 && made.getSerialNumber().toByteArray().length <= 20);
        PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
        trust.setRevocationEnabled(false);
        trust.setDate(java.util.Date.from(NOW));
        CertPathValidator.getInstance("PKIX").validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(made)), trust);
        assertNotEquals(made.getSerialNumber(), authority.issue(key, NAMES, NOW.plus(Duration.ofDays(90))).getSerialNumber());
    }

    @Test
    void makesAShortLifeWhoseLastThirdIsToCome() throws Exception {
        X509Certificate made = open().issue(key, NAMES, NOW.plusSeconds(30));
        assertTrue(Identity.due(made).isAfter(NOW.plusSeconds(15)) && Identity.due(made).isBefore(NOW.plusSeconds(25)), Identity.due(made)::toString);
    }

    @Test
    void refusesWeakKeysAndNamelessOrEndlessCertificates() throws Exception {
        HomeAuthority authority = open();
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        assertRefused("identity.key", () -> authority.issue(rsa.generateKeyPair().getPublic(), NAMES, NOW.plusSeconds(30)));
        assertThrows(IllegalArgumentException.class, () -> authority.issue(key, Set.of(), NOW.plusSeconds(30)));
        assertThrows(IllegalArgumentException.class, () -> authority.issue(key, NAMES, NOW));
        assertThrows(IllegalArgumentException.class, () -> authority.issue(key, NAMES, NOW.plus(Duration.ofDays(365 * 30))));
    }

    @Test
    void isAnotherOneInEveryHome() throws Exception {
        X509Certificate here = open().certificate();
        X509Certificate there = HomeAuthority.open(home.resolve("other"), InstantSource.fixed(NOW)).certificate();
        assertNotEquals(here.getSubjectX500Principal(), there.getSubjectX500Principal());
        assertFalse(Identity.fingerprint(here).equals(Identity.fingerprint(there)));
    }
}
