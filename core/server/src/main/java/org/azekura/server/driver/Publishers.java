package org.azekura.server.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.server.Drivers.Publisher;

/** Whose driver packages are let in: those of the distribution, and those that an admin trusts, kept in the catalog. */
final class Publishers {

    /** Certificates in base64, one a line. */
    private static final String SETTING = "driver.publishers";
    private static final int MAX_PUBLISHERS = 100;
    private static final int MAX_TEXT = 64 << 10;

    private final CatalogStore catalog;
    private final List<X509Certificate> own;

    Publishers(CatalogStore catalog, List<X509Certificate> own) {
        this.catalog = catalog;
        this.own = List.copyOf(own);
    }

    List<Publisher> list() throws BackupException {
        List<Publisher> all = new ArrayList<>();
        for (X509Certificate certificate : own) {
            all.add(publisher(certificate, true));
        }
        for (X509Certificate certificate : kept(catalog.read(view -> view.setting(SETTING)).orElse(""))) {
            all.add(publisher(certificate, false));
        }
        return all;
    }

    List<byte[]> encoded() throws BackupException {
        List<byte[]> all = new ArrayList<>();
        for (X509Certificate certificate : own) {
            all.add(encoded(certificate));
        }
        for (X509Certificate certificate : kept(catalog.read(view -> view.setting(SETTING)).orElse(""))) {
            all.add(encoded(certificate));
        }
        return all;
    }

    Publisher add(String text) throws BackupException {
        if (text == null || text.length() > MAX_TEXT) {
            throw invalid("at most " + MAX_TEXT + " characters are read");
        }
        X509Certificate added = parse(text.getBytes(US_ASCII));
        catalog.write(edit -> {
            List<X509Certificate> all = kept(edit.setting(SETTING).orElse(""));
            if (!all.contains(added)) {
                if (all.size() == MAX_PUBLISHERS) {
                    throw BackupException.operator("publisher.many", "", "there are " + MAX_PUBLISHERS + " publishers already; remove one first");
                }
                all.add(added);
                edit.putSetting(SETTING, text(all));
            }
            return null;
        });
        return publisher(added, false);
    }

    void remove(String which) throws BackupException {
        List<Publisher> found = list().stream().filter(known -> known.name().equals(which) || known.fingerprint().equals(which)).toList();
        if (found.isEmpty()) {
            throw BackupException.operator("publisher.unknown", which, "no publisher \"" + which + "\" is trusted; \"azekura driver trust list\" names them all");
        }
        if (found.size() > 1) {
            throw BackupException.operator("publisher.ambiguous", which, found.size() + " publishers are called \"" + which + "\"; give a fingerprint");
        }
        if (found.getFirst().own()) {
            throw BackupException.operator("publisher.locked", which, "publisher \"" + which + "\" is the appliance's own and stays");
        }
        catalog.write(edit -> {
            List<X509Certificate> all = kept(edit.setting(SETTING).orElse(""));
            List<X509Certificate> left = new ArrayList<>();
            for (X509Certificate certificate : all) {
                if (!publisher(certificate, false).fingerprint().equals(found.getFirst().fingerprint())) {
                    left.add(certificate);
                }
            }
            edit.putSetting(SETTING, text(left));
            return null;
        });
    }

    private static String text(List<X509Certificate> all) throws BackupException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : all) {
            text.append(Base64.getEncoder().encodeToString(encoded(certificate))).append('\n');
        }
        return text.toString();
    }

    private static List<X509Certificate> kept(String text) throws BackupException {
        List<X509Certificate> all = new ArrayList<>();
        for (String line : text.lines().toList()) {
            all.add(parse(Base64.getDecoder().decode(line)));
        }
        return all;
    }

    /** @throws BackupException {@code publisher.invalid} */
    static X509Certificate parse(byte[] bytes) throws BackupException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static BackupException invalid(String why) {
        return BackupException.operator("publisher.invalid", "", "this is no certificate of a publisher, like the file that \"azekura driver key\" ends with .pub: "
                + why);
    }

    private static byte[] encoded(X509Certificate certificate) throws BackupException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Publisher publisher(X509Certificate certificate, boolean own) throws BackupException {
        return new Publisher(name(certificate), HexFormat.of().formatHex(sha256(encoded(certificate))), certificate.getNotAfter().toInstant(), own);
    }

    /** The common name; all of the name if there is none. */
    private static String name(X509Certificate certificate) {
        String whole = certificate.getSubjectX500Principal().getName();
        try {
            return new LdapName(whole).getRdns().stream().filter(part -> part.getType().equalsIgnoreCase("CN")).map(Rdn::getValue).map(String::valueOf)
                    .findFirst().orElse(whole);
        } catch (InvalidNameException e) {
            return whole;
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
