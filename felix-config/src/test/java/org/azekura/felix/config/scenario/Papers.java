package org.azekura.felix.config.scenario;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import org.azekura.api.identity.Identity;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What somebody shows to prove who he is: a key, its certificate, and who signed that. */
record Papers(PrivateKey key, X509Certificate certificate, X509Certificate signer) {

    private static final char[] NO_PASSWORD = new char[0];

    /** Those of a host that has joined, as a thief of its home has them. */
    static Papers stolen(Path home) throws Exception {
        Identity identity = Identity.load(home).orElseThrow();
        return new Papers(identity.key(), identity.certificate(), identity.authority());
    }

    /** The key of the appliance's own authority, which signs whatever the test likes. */
    static Papers authority(Path serverHome) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(serverHome.resolve("ca/ca.p12"))) {
            store.load(in, NO_PASSWORD);
        }
        X509Certificate own = (X509Certificate) store.getCertificate("authority");
        return new Papers((PrivateKey) store.getKey("authority", NO_PASSWORD), own, own);
    }

    /** An authority that nobody here trusts, under the name of the one that all trust. */
    static Papers foreignAuthority(Papers known) throws Exception {
        KeyPair pair = pair();
        X500Name name = X500Name.getInstance(known.certificate.getSubjectX500Principal().getEncoded());
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(name, new BigInteger(64, new SecureRandom()), date(-1), date(300), name, pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        X509Certificate own = sign(builder, pair.getPrivate());
        return new Papers(pair.getPrivate(), own, own);
    }

    /** Signed by this one, valid between days from today. */
    Papers issue(int sinceDays, int untilDays, String... names) throws Exception {
        KeyPair pair = pair();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(certificate, new BigInteger(128, new SecureRandom()), date(sinceDays), date(untilDays),
                new X500Name("CN=" + names[0]), pair.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(Arrays.stream(names)
                .map(name -> new GeneralName(GeneralName.uniformResourceIdentifier, Identity.uri(name))).toArray(GeneralName[]::new)));
        return new Papers(pair.getPrivate(), sign(builder, key), certificate);
    }

    /** As a key store that a TLS library takes. */
    KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("host", key, NO_PASSWORD, new Certificate[] {certificate, signer});
        return store;
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Date date(int days) {
        return Date.from(Instant.now().plus(days, ChronoUnit.DAYS));
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key) throws CertIOException, OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }
}
