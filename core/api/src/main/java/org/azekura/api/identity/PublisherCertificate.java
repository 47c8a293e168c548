package org.azekura.api.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.azekura.api.BackupException;

/** What says who somebody is who signs driver packages. */
public record PublisherCertificate(X509Certificate certificate) {

    /** Characters of a publisher's name. */
    public static final int MAX_NAME = 100;

    /**
     * The first certificate in a text: of a chain it is the publisher's own, and nobody else's comes in with it.
     *
     * @throws BackupException {@code publisher.invalid}
     */
    public static PublisherCertificate parse(String pem) throws BackupException {
        int begin = pem.indexOf("-----BEGIN CERTIFICATE-----");
        if (begin < 0) {
            throw none("there is no line -----BEGIN CERTIFICATE----- in it");
        }
        return read(pem.substring(begin).getBytes(US_ASCII));
    }

    /**
     * One in DER, or PEM from its first byte on.
     *
     * @throws BackupException {@code publisher.invalid}
     */
    public static PublisherCertificate read(byte[] encoded) throws BackupException {
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

    /** The last common name, without one the whole name; one line of at most {@link #MAX_NAME} characters. */
    public String name() {
        String line = commonName(certificate.getSubjectX500Principal().getName()).replaceAll("[\\p{Cntrl}\u2028\u2029]", " ").strip();
        return line.substring(0, Math.min(line.length(), MAX_NAME));
    }

    private static String commonName(String whole) {
        try {
            List<Rdn> parts = new LdapName(whole).getRdns();
            for (Rdn part : parts.reversed()) {
                Attribute name = part.toAttributes().get("CN");
                if (name != null && name.get() instanceof String text) {
                    return text;
                }
            }
        } catch (NamingException e) {
            // then it is what it is called as a whole
        }
        return whole;
    }

    /** How people compare it. */
    public String fingerprint() {
        return Identity.fingerprint(certificate);
    }

    public byte[] der() {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
