package org.azekura.packages;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.azekura.api.identity.PublisherCertificate;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/**
 * Who signed, and who says who that is.
 *
 * @param certificates each is certified by the next; the last by itself, or by one that is not here
 */
record PublisherChain(List<X509Certificate> certificates) {

    private static final int MIN_EC_BITS = 256;
    private static final int MIN_RSA_BITS = 2048;
    private static final Pattern SIGNED_BY = Pattern.compile("SHA(256|384|512)with(ECDSA|RSA)|RSASSA-PSS|EdDSA|Ed25519|Ed448", Pattern.CASE_INSENSITIVE);
    private static final int SIGNATURE_BIT = 0;
    private static final int CERTIFY_BIT = 5;
    private static final Set<String> CODE_PURPOSES = Set.of("1.3.6.1.5.5.7.3.3", "2.5.29.37.0");

    PublisherChain {
        certificates = List.copyOf(certificates);
    }

    /** @throws Flaw if these do not lead from the signer onwards, each once */
    static PublisherChain order(List<X509Certificate> all, X500Name issuer, BigInteger serial) throws Flaw, GeneralSecurityException {
        List<X509Certificate> rest = new ArrayList<>(all);
        List<X509Certificate> chain = new ArrayList<>();
        for (X509Certificate certificate : all) {
            if (certificate.getSerialNumber().equals(serial) && new JcaX509CertificateHolder(certificate).getIssuer().equals(issuer)) {
                chain.add(certificate);
                rest.remove(certificate);
                break;
            }
        }
        while (!chain.isEmpty() && !rest.isEmpty()) {
            X509Certificate last = chain.getLast();
            X509Certificate next = rest.stream().filter(certificate -> certified(last, certificate)).findFirst().orElse(null);
            if (next == null) {
                break;
            }
            chain.add(next);
            rest.remove(next);
        }
        if (chain.isEmpty() || !rest.isEmpty()) {
            throw new Flaw("its signature has certificates that do not lead from the signer onwards");
        }
        return new PublisherChain(chain);
    }

    private static boolean certified(X509Certificate subject, X509Certificate by) {
        if (!subject.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
            return false;
        }
        try {
            subject.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    X509Certificate publisher() {
        return certificates.getFirst();
    }

    /** The common name in the publisher's certificate, else the whole name. */
    String name() {
        return name(publisher());
    }

    static String name(X509Certificate certificate) {
        return new PublisherCertificate(certificate).name();
    }

    /** @throws Flaw unless one of these is the publisher, or has certified him, and all is in date */
    void requireTrusted(List<X509Certificate> trusted, Instant now) throws Flaw {
        X509Certificate anchor = anchor(trusted);
        requireWhole(trusted);
        int length = certificates.indexOf(anchor) < 0 ? certificates.size() : certificates.indexOf(anchor);
        for (X509Certificate certificate : certificates.subList(0, length)) {
            requireInDate(certificate, now);
        }
        requireInDate(anchor, now);
        requireFit(publisher());
        if (length > 0) {
            requirePath(certificates.subList(0, length), anchor, now);
        }
    }

    private X509Certificate anchor(List<X509Certificate> trusted) throws Flaw {
        for (X509Certificate certificate : certificates) {
            if (trusted.contains(certificate)) {
                return certificate;
            }
        }
        return trusted.stream().filter(by -> certified(certificates.getLast(), by)).findFirst()
                .orElseThrow(() -> new Flaw("it is signed by \"" + name() + "\" (SHA-256 " + fingerprint() + "), who is not trusted here", "an administrator"
                        + " trusts a publisher with \"azekura driver trust add FILE.pub\""));
    }

    /** What nobody here vouches for would be bytes that may be anything. */
    private void requireWhole(List<X509Certificate> trusted) throws Flaw {
        X509Certificate last = certificates.getLast();
        if (!certified(last, last) && !trusted.contains(last) && trusted.stream().noneMatch(by -> certified(last, by))) {
            throw new Flaw("its signature has certificates that lead to nobody");
        }
    }

    private static void requireInDate(X509Certificate certificate, Instant now) throws Flaw {
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new Flaw("the certificate of \"" + name(certificate) + "\", by which it is signed, expired at " + certificate.getNotAfter().toInstant());
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            throw new Flaw("the certificate of \"" + name(certificate) + "\", by which it is signed, is not valid before "
                    + certificate.getNotBefore().toInstant() + ", and here it is " + now, "wait until then, or set the clock right");
        }
    }

    /** @throws Flaw if no appliance takes what this one signs */
    static void requireFit(X509Certificate certificate) throws Flaw {
        PublicKey key = certificate.getPublicKey();
        if (key instanceof ECKey ec && ec.getParams().getCurve().getField().getFieldSize() < MIN_EC_BITS
                || key instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new Flaw("the key of \"" + name(certificate) + "\", by which it is signed, is too short; " + MIN_EC_BITS + " bits of a curve or "
                    + MIN_RSA_BITS + " of RSA will do");
        }
        try {
            boolean[] usage = certificate.getKeyUsage();
            List<String> purposes = certificate.getExtendedKeyUsage();
            if (usage != null && !usage[SIGNATURE_BIT] || purposes != null && purposes.stream().noneMatch(CODE_PURPOSES::contains)) {
                throw new Flaw("the certificate of \"" + name(certificate) + "\", by which it is signed, is not one for signing code");
            }
        } catch (GeneralSecurityException e) {
            throw new Flaw("the certificate of \"" + name(certificate) + "\" can't be read: " + e.getMessage());
        }
    }

    private static void requirePath(List<X509Certificate> path, X509Certificate anchor, Instant now) throws Flaw {
        for (X509Certificate certificate : path) {
            if (!SIGNED_BY.matcher(certificate.getSigAlgName()).matches()) {
                throw new Flaw("the certificate of \"" + name(certificate) + "\" is signed by " + certificate.getSigAlgName() + ", which is weak");
            }
        }
        boolean[] usage = anchor.getKeyUsage();
        if (anchor.getBasicConstraints() < 0 || usage != null && !usage[CERTIFY_BIT]) {
            throw new Flaw("it is signed by \"" + name(path.getFirst()) + "\"; the certificate of \"" + name(anchor) + "\", who is trusted, may not certify others");
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX").validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (GeneralSecurityException e) {
            throw new Flaw("the certificates by which it is signed do not lead to \"" + name(anchor) + "\": " + e.getMessage());
        }
    }

    private String fingerprint() {
        return new PublisherCertificate(publisher()).fingerprint();
    }
}
