package org.azekura.rest.https;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The key and certificate that the appliance makes for itself: P-256, self-signed, for the names that this host has then. */
final class OwnKey {

    static final X500Principal SELF = new X500Principal("CN=Azekura console");

    /** Pinned, not chained: a date would only break what works. */
    private static final Duration VALIDITY = Duration.ofDays(3650);

    private OwnKey() {}

    /** Puts a new one into a key store in place of what is there. @param name of this host, put into the certificate with its addresses */
    static void into(KeyStore store, String alias, char[] password, String name) throws GeneralSecurityException, OperatorCreationException, CertIOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        store.setKeyEntry(alias, pair.getPrivate(), password, new Certificate[] {sign(pair, name)});
    }

    private static X509Certificate sign(KeyPair pair, String name)
            throws GeneralSecurityException, OperatorCreationException, CertIOException {
        X500Name self = new X500Name(SELF.getName());
        Instant now = Instant.now();
        BigInteger serial = new BigInteger(120, new SecureRandom()).setBit(120);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(self, serial,
                // clocks of callers may be behind
                Date.from(now.minus(Duration.ofDays(1))), Date.from(now.plus(VALIDITY)), self, pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectAlternativeName, false, HostNames.of(name));
        return new JcaX509CertificateConverter().getCertificate(
                builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }
}
