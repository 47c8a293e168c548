package org.azekura.transport.tls;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.X509ExtendedTrustManager;
import org.azekura.api.identity.Identity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By which clock a certificate is valid. */
class TrustTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final Trust trust = new Trust();
    private Authority authority;

    @BeforeEach
    void make() throws Exception {
        authority = new Authority();
    }

    private void check(Identity identity) throws CertificateException {
        ((X509ExtendedTrustManager) trust.manager(identity.authority())).checkClientTrusted(new X509Certificate[] {identity.certificate()}, "EC");
    }

    private void assertRefused(Identity identity) {
        String why = assertThrows(CertificateException.class, () -> check(identity)).getMessage();
        assertTrue(why.contains(Identity.serial(identity.certificate())), why);
    }

    @Test
    void withoutAnotherOneByThisProcess() throws Exception {
        check(authority.identity("client/web1"));
        assertRefused(authority.identity(DAY.multipliedBy(-3), DAY.multipliedBy(-2), "client/web1"));
        assertRefused(authority.identity(DAY, DAY.multipliedBy(2), "client/web1"));
    }

    @Test
    void byTheOneThatItsServerKeepsAndNoOther() throws Exception {
        Identity earlier = authority.identity(DAY.multipliedBy(-3), DAY.multipliedBy(-2), "client/web1");
        trust.keepTime(() -> Instant.now().minus(Duration.ofHours(60)));
        check(earlier);
        assertRefused(authority.identity("client/web1"));
        trust.keepTime(Instant::now);
        assertRefused(earlier);
        check(authority.identity("client/web1"));
    }
}
