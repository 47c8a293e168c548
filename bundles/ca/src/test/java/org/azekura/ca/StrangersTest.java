package org.azekura.ca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.JoinRequest;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fuzz.Fuzzing;
import org.azekura.testkit.fuzz.Target;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Keys and certificates as strangers send them, under some thousand inputs that are nearly right. */
class StrangersTest {

    private static final int RUNS = Seeds.slow() ? 50_000 : 1500;

    @TempDir
    Path home;

    @TestFactory
    Stream<DynamicTest> takeOrRefuseAnyBytes() throws Exception {
        PublicKey key = HostKeys.generate().getPublic();
        HomeAuthority authority = HomeAuthority.open(home, InstantSource.system());
        byte[] host = authority.issue(key, Set.of("client/web1", "node/web1"), Instant.now().plusSeconds(99)).getEncoded();
        assertTrue(host.length < JoinRequest.MAX_CERTIFICATE / 4, "there is room for many names");
        return Stream.of(Target.of("public key", "identity.key", List.of(key.getEncoded()), StrangersTest::key).allocating(2 << 20, 400),
                Target.of("certificate", "identity.certificate", List.of(host, authority.certificate().getEncoded()), StrangersTest::certificate)
                        .allocating(4 << 20, 400))
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> Fuzzing.run(target, RUNS)));
    }

    private static void key(byte[] input) throws BackupException {
        PublicKey key = HostKeys.decode(input);
        assertTrue(HostKeys.isStrong(key));
        assertEquals(key, HostKeys.decode(key.getEncoded()));
        assertTrue(!HostKeys.verifies(key, input, input));
    }

    private static void certificate(byte[] input) throws BackupException {
        X509Certificate certificate = Identity.certificate(input);
        Identity.names(certificate);
        assertTrue(Identity.serial(certificate).matches("-?[0-9a-f]+"));
        assertEquals(64, Identity.fingerprint(certificate).length());
        try {
            assertArrayEquals(certificate.getEncoded(), Identity.certificate(certificate.getEncoded()).getEncoded());
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
