package org.azekura.server.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.azekura.api.BackupException;
import org.azekura.api.identity.Identity;

/** Who somebody is whose packages are let in. */
record PublisherCertificate(X509Certificate certificate) {

    static final int MAX_NAME = 100;

    /**
     * The first certificate in a text: of a chain it is the publisher's own, and nobody else's comes in with it.
     *
     * @throws BackupException {@code publisher.invalid}
     */
    static PublisherCertificate parse(String pem) throws BackupException {
        int begin = pem.indexOf("-----BEGIN CERTIFICATE-----");
        if (begin < 0) {
            throw none("there is no line -----BEGIN CERTIFICATE----- in it");
        }
        return read(pem.substring(begin).getBytes(US_ASCII));
    }

    static PublisherCertificate read(byte[] encoded) throws BackupException {
        try {
            return new PublisherCertificate((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded)));
        } catch (GeneralSecurityException e) {
            throw none(e.getMessage());
        }
    }

    private static BackupException none(String why) {
        return BackupException.operator("publisher.invalid", "", "this is no publisher's certificate (X.509 as PEM, like FILE.pub of \"azekura driver key"
                + " FILE\"): " + why);
    }

    /** The last common name; without one the whole name. */
    String name() {
        X500Principal subject = certificate.getSubjectX500Principal();
        String name = subject.getName();
        try {
            List<Rdn> parts = new LdapName(name).getRdns();
            for (Rdn part : parts.reversed()) {
                if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String text) {
                    name = text;
                    break;
                }
            }
        } catch (InvalidNameException e) {
            // then it is what it is called as a whole
        }
        String line = name.replaceAll("[\\p{Cntrl}\u2028\u2029]", " ").strip();
        return line.substring(0, Math.min(line.length(), MAX_NAME));
    }

    String fingerprint() {
        return Identity.fingerprint(certificate);
    }

    byte[] der() {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
