package org.azekura.felix.config;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.azekura.api.Endpoint;
import org.azekura.api.identity.Identity;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Identities as an authority makes them; each has one of its own. */
public final class Certified {

    private static final String AUTHORITY = "CN=authority";

    private Certified() {}

    /**
     * @param server where the home's server is; null in the server's own home
     * @param names  like {@code client/web1}
     */
    public static Identity as(String server, String... names) throws Exception {
        KeyPair keys = keys();
        KeyPair authority = keys();
        X509Certificate own = certificate("CN=host", keys.getPublic(), authority, names);
        return new Identity(keys.getPrivate(), own, certificate(AUTHORITY, authority.getPublic(), authority), server == null ? null : Endpoint.parse(server));
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(String holder, PublicKey key, KeyPair issuer, String... names) throws Exception {
        Instant begin = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(new X500Name(AUTHORITY), BigInteger.ONE, Date.from(begin), Date.from(begin.plus(Duration.ofDays(1))),
                new X500Name(holder), key);
        if (names.length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(Stream.of(names)
                    .map(name -> new GeneralName(GeneralName.uniformResourceIdentifier, Identity.uri(name))).toArray(GeneralName[]::new)));
        }
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    }
}
