package org.azekura.felix.config;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
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

/** Identities as an authority makes them; here each is its own. */
public final class Certified {

    private Certified() {}

    /**
     * @param server where the home's server is; null in the server's own home
     * @param names  like {@code client/web1}
     */
    public static Identity as(String server, String... names) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        X500Name holder = new X500Name("CN=test");
        var builder = new JcaX509v3CertificateBuilder(holder, BigInteger.ONE, Date.from(Instant.now()),
                Date.from(Instant.now().plus(Duration.ofDays(1))), holder, keys.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(Stream.of(names)
                .map(name -> new GeneralName(GeneralName.uniformResourceIdentifier, Identity.uri(name))).toArray(GeneralName[]::new)));
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        return new Identity(keys.getPrivate(), certificate, certificate, server == null ? null : Endpoint.parse(server));
    }
}
