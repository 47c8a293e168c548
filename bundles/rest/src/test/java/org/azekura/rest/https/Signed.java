package org.azekura.rest.https;

import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate by an authority of a test, good for 90 days, as PEM. */
record Signed(String leaf, String chain, String key) {

    static Signed by(String authority, Instant from, String... names) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair root = generator.generateKeyPair();
        KeyPair own = generator.generateKeyPair();
        String leaf = pem(sign(authority, root.getPrivate(), "Backup", own.getPublic(), from, names));
        return new Signed(leaf, leaf + pem(sign(authority, root.getPrivate(), authority, root.getPublic(), from)), pem(new JcaPKCS8Generator(own.getPrivate(), null)));
    }

    private static X509Certificate sign(String issuer, PrivateKey by, String subject, PublicKey key, Instant from, String... names) throws Exception {
        var builder = new JcaX509v3CertificateBuilder(new X500Name("CN=" + issuer), BigInteger.ONE, Date.from(from), Date.from(from.plus(Duration.ofDays(90))),
                new X500Name("CN=" + subject), key);
        if (names.length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false,
                    new GeneralNames(Arrays.stream(names).map(name -> new GeneralName(GeneralName.dNSName, name)).toArray(GeneralName[]::new)));
        }
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by)));
    }

    private static String pem(Object what) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        }
        return text.toString();
    }
}
