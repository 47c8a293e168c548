package org.azekura.rest.https;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.Collections;
import java.util.Date;
import org.azekura.api.identity.Identity;
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

/**
 * The key and certificate the console answers with: {@code console.p12} under the password in {@code console.password}, both
 * for the owner only, and the certificate alone as {@code console.pem}, which callers on this machine pin.
 *
 * <p>Made at first start, self-signed, P-256. Whoever puts another key store there (same password) is served with it.
 *
 * @param keyStore a PKCS #12 file
 */
record ConsoleKey(Path keyStore, String password) {

    /** Pinned, not chained: a date would only break what works. */
    private static final Duration VALIDITY = Duration.ofDays(3650);

    private static final String ALIAS = "console";

    /**
     * @param folder {@code tls} of the home
     * @param name   of this host, put into the certificate with its addresses
     */
    static ConsoleKey ensure(Path folder, String name) throws IOException {
        PrivateFile.folder(folder);
        Path file = folder.resolve("console.p12");
        ConsoleKey key = new ConsoleKey(file, Secret.ensure(folder.resolve("console.password")));
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            if (Files.exists(file)) {
                store.load(new ByteArrayInputStream(Files.readAllBytes(file)), key.password.toCharArray());
            } else {
                store.load(null, null);
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                KeyPair pair = generator.generateKeyPair();
                store.setKeyEntry(ALIAS, pair.getPrivate(), key.password.toCharArray(), new Certificate[] {sign(pair, name)});
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                store.store(bytes, key.password.toCharArray());
                PrivateFile.write(file, PrivateFile.OWNER_ONLY, bytes.toByteArray());
            }
            PrivateFile.write(folder.resolve("console.pem"), PrivateFile.READABLE, pem(store));
            return key;
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("cannot make " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read or made (" + e.getMessage() + "); remove it and a new one is made at the"
                    + " next start; callers elsewhere must then pin the new certificate", e);
        }
    }

    private static X509Certificate sign(KeyPair pair, String name)
            throws GeneralSecurityException, OperatorCreationException, CertIOException {
        X500Name self = new X500Name("CN=Azekura console");
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

    private static byte[] pem(KeyStore store) throws GeneralSecurityException, IOException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return Identity.pem((X509Certificate) store.getCertificate(alias)).getBytes(StandardCharsets.US_ASCII);
            }
        }
        throw new IOException("there is no key in it");
    }
}
