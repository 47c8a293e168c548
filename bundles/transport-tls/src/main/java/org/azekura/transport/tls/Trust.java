package org.azekura.transport.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.azekura.api.SteadyTime;
import org.azekura.api.identity.Identity;

/** Whom this process trusts: whoever has a certificate of its authority that is valid and not revoked. Safe for any number of threads. */
final class Trust {

    private volatile Set<String> distrusted = Set.of();
    /**
     * A certificate is valid if one of these says so. A host's own time since its process began does not care who sets the clock; the machine's is
     * asked, too, for it may have been wrong just then.
     */
    private volatile List<InstantSource> clocks = List.of(SteadyTime.ofProcess(), InstantSource.system());

    /** The only clock from now on. */
    void keepTime(InstantSource clock) {
        clocks = List.of(clock);
    }

    /** All serials of revoked certificates. */
    void distrust(Set<String> serials) {
        distrusted = Set.copyOf(serials);
    }

    boolean distrusts(X509Certificate certificate) {
        return distrusted.contains(Identity.serial(certificate));
    }

    TrustManager manager(X509Certificate authority) {
        return new Manager(authority);
    }

    /** @throws CertificateException with the reason */
    private void check(X509Certificate[] chain, X509Certificate authority) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new CertificateException("it shows no certificate");
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            // The list of revoked ones is our own, below.
            parameters.setRevocationEnabled(false);
            parameters.setDate(date(chain[0]));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(chain[0])), parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException("its certificate " + described(chain[0]) + " is not valid: " + e.getMessage(), e);
        }
        if (distrusts(chain[0])) {
            throw new CertificateException("its certificate " + described(chain[0]) + " is revoked");
        }
    }

    /** At which to look at it: by the clock by which it is valid, if there is one. */
    private Date date(X509Certificate certificate) {
        List<Date> dates = clocks.stream().map(InstantSource::instant).map(Date::from).toList();
        return dates.stream().filter(now -> !now.before(certificate.getNotBefore()) && !now.after(certificate.getNotAfter())).findFirst()
                .orElse(dates.getFirst());
    }

    static String described(X509Certificate certificate) {
        return Identity.serial(certificate) + " for " + Identity.names(certificate);
    }

    private final class Manager extends X509ExtendedTrustManager {

        private final X509Certificate authority;

        Manager(X509Certificate authority) {
            this.authority = authority;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain, authority);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain, authority);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            check(chain, authority);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            check(chain, authority);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            check(chain, authority);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            check(chain, authority);
        }

        /** None: a stranger need not know whose certificates would do. */
        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
