package org.azekura.packages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Keys and certificates as text. */
final class Pem {

    private static final int MAX_BYTES = 256 << 10;

    private Pem() {}

    static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    static String text(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }

    /** The first private key of a file. */
    static PrivateKey key(Path file) throws IOException, Flaw {
        for (Object object : objects(file)) {
            switch (object) {
                case PrivateKeyInfo key -> {
                    return new JcaPEMKeyConverter().getPrivateKey(key);
                }
                case PEMKeyPair pair -> {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
                case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ -> throw new Flaw("the key in " + file + " is protected by a passphrase",
                        "write it without one: openssl pkey -in " + file + " -out KEY");
                default -> { }
            }
        }
        throw new Flaw("there is no private key in " + file);
    }

    /** All certificates of a file, in order. */
    static List<X509Certificate> certificates(Path file) throws IOException, CertificateException {
        List<X509Certificate> found = new ArrayList<>();
        for (Object object : objects(file)) {
            if (object instanceof X509CertificateHolder certificate) {
                found.add(certificate(certificate.getEncoded()));
            }
        }
        return found;
    }

    private static List<Object> objects(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it has " + Files.size(file) + " bytes, too many for a key");
        }
        List<Object> found = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(new String(Files.readAllBytes(file), US_ASCII)))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                found.add(object);
            }
        }
        return found;
    }
}
