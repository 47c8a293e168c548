package org.azekura.packages;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.azekura.api.BackupException;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates of publishers. Those of oneself may certify others, one step far; others may not. */
final class Certifying {

    private static final int SERIAL_BITS = 128;
    /** Clocks of appliances may be behind. */
    private static final Duration BEHIND = Duration.ofHours(1);

    private Certifying() {}

    static PublisherKey.Made ofOneself(KeyPair pair, String name, Duration life, Instant now) throws BackupException {
        X500Name self = name(name);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(self, serial(), since(life, now), Date.from(now.plus(life)), self, pair.getPublic());
        int usage = KeyUsage.digitalSignature | KeyUsage.keyCertSign;
        return new PublisherKey.Made(pair, List.of(sign(builder, new BasicConstraints(0), usage, pair, pair.getPrivate(), "SHA256withECDSA")));
    }

    static PublisherKey.Made certified(KeyPair pair, String name, Duration life, Instant now, PrivateKey by, List<X509Certificate> above) throws BackupException {
        X509Certificate issuer = above.getFirst();
        Instant until = now.plus(life).isAfter(issuer.getNotAfter().toInstant()) ? issuer.getNotAfter().toInstant() : now.plus(life);
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(issuer, serial(), since(life, now), Date.from(until), name(name), pair.getPublic());
        List<X509Certificate> chain = new ArrayList<>();
        try {
            chain.add(sign(builder, new BasicConstraints(false), KeyUsage.digitalSignature, pair, by, CmsForm.algorithm(issuer.getPublicKey())));
        } catch (Flaw e) {
            throw BackupException.operator("key.file", name, e.getMessage());
        }
        chain.addAll(above);
        return new PublisherKey.Made(pair, chain);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, BasicConstraints constraints, int usage, KeyPair pair, PrivateKey by, String algorithm)
            throws BackupException {
        try {
            builder.addExtension(Extension.basicConstraints, true, constraints);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            builder.addExtension(Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(by)));
        } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
            throw BackupException.bug("certificate of a publisher", e);
        }
    }

    private static Date since(Duration life, Instant now) {
        Duration before = life.dividedBy(10);
        return Date.from(now.minus(before.compareTo(BEHIND) < 0 ? before : BEHIND));
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
    }

    /** The highest bit is set: all are of one length, and none is zero. */
    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS);
    }
}
