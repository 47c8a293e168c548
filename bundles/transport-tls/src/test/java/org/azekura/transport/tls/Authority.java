package org.azekura.transport.tls;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.azekura.api.identity.Identity;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of a test. */
final class Authority {

    private static final Duration DAY = Duration.ofDays(1);

    private final KeyPair keys = keys();
    private final X509Certificate certificate;

    Authority() throws Exception {
        X500Principal name = new X500Principal("CN=authority of a test");
        certificate = signed(new JcaX509v3CertificateBuilder(name, serial(), date(DAY.negated()), date(DAY), name, keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0)));
    }

    static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static BigInteger serial() {
        return new BigInteger(120, new SecureRandom()).setBit(119);
    }

    private static Date date(Duration fromNow) {
        return Date.from(Instant.now().plus(fromNow));
    }

    private X509Certificate signed(X509v3CertificateBuilder builder) throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private X509Certificate issue(PublicKey key, Duration from, Duration until, String... names)
            throws GeneralSecurityException, OperatorCreationException, CertIOException {
        GeneralName[] uris = Arrays.stream(names).map(name -> new GeneralName(GeneralName.uniformResourceIdentifier, Identity.uri(name)))
                .toArray(GeneralName[]::new);
        return signed(new JcaX509v3CertificateBuilder(certificate, serial(), date(from), date(until), new X500Principal("CN=host"), key)
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(uris)));
    }

    Identity identity(String... names) throws Exception {
        return identity(DAY.negated(), DAY, names);
    }

    Identity identity(Duration from, Duration until, String... names) throws Exception {
        KeyPair host = keys();
        return new Identity(host.getPrivate(), issue(host.getPublic(), from, until, names), certificate, null);
    }

    /** A home that is one with these names. */
    Path home(Path folder, String... names) throws Exception {
        identity(names).save(folder);
        return folder;
    }
}
