package org.azekura.rest.https;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.azekura.rest.call.Refusal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * A certificate that somebody else has signed for this appliance, with its key. One that is here can be served: what would only be found out by
 * browsers is refused.
 *
 * @param chain the appliance's own first, each signed by the next
 */
record GivenKey(List<X509Certificate> chain, PrivateKey key) {

    private static final String CODE = "certificate.invalid";
    private static final int RSA_LEAST = 2048;
    private static final int CHAIN_MOST = 10;

    /** Reads both from PEM. @throws Refusal {@code certificate.invalid}, with what is wrong and what would do */
    static GivenKey of(String certificate, String key, Instant now) throws Refusal {
        List<X509Certificate> chain = chain(certificate);
        PrivateKey opened = key(key);
        try {
            check(chain, opened, now);
        } catch (GeneralSecurityException e) {
            throw refused("certificate", "the certificate can't be used: " + e.getMessage());
        }
        return new GivenKey(chain, opened);
    }

    /** Puts it into a key store in place of what is there. */
    void into(KeyStore store, String alias, char[] password) throws GeneralSecurityException {
        store.setKeyEntry(alias, key, password, chain.toArray(Certificate[]::new));
    }

    private static List<X509Certificate> chain(String pem) throws Refusal {
        List<X509Certificate> chain = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object read = parser.readObject(); read != null; read = parser.readObject()) {
                if (read instanceof X509CertificateHolder holder) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw refused("certificate", "the field \"certificate\" is no PEM: " + e.getMessage());
        }
        if (chain.isEmpty() || chain.size() > CHAIN_MOST) {
            throw refused("certificate", "the field \"certificate\" has " + chain.size() + " certificates: give the appliance's own and, behind it, those that it"
                    + " was signed by, as blocks that begin with -----BEGIN CERTIFICATE-----");
        }
        return List.copyOf(chain);
    }

    private static PrivateKey key(String pem) throws Refusal {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object read = parser.readObject(); read != null; read = parser.readObject()) {
                if (read instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
                if (read instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (read instanceof PKCS8EncryptedPrivateKeyInfo || read instanceof PEMEncryptedKeyPair) {
                    throw refused("key", "the key is protected by a passphrase; take that off first: openssl pkey -in KEY -out OPEN-KEY");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw refused("key", "the field \"key\" is no private key in PEM: " + e.getMessage());
        }
        throw refused("key", "the field \"key\" has no private key: give the block that begins with -----BEGIN PRIVATE KEY-----");
    }

    private static void check(List<X509Certificate> chain, PrivateKey key, Instant now) throws GeneralSecurityException, Refusal {
        X509Certificate own = chain.getFirst();
        if (!belongs(key, own.getPublicKey())) {
            throw refused("key", "the key is not that of the first certificate (" + own.getSubjectX500Principal() + "); the appliance's own comes first");
        }
        if (own.getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() < RSA_LEAST) {
            throw refused("key", "the RSA key has " + rsa.getModulus().bitLength() + " bits; browsers take " + RSA_LEAST + " and more");
        }
        for (X509Certificate one : chain) {
            if (Date.from(now).after(one.getNotAfter()) || Date.from(now).before(one.getNotBefore())) {
                throw refused("certificate", "the certificate of " + one.getSubjectX500Principal() + " is good from " + one.getNotBefore().toInstant() + " to "
                        + one.getNotAfter().toInstant() + ", and it is " + now);
            }
        }
        for (int i = 1; i < chain.size(); i++) {
            chain.get(i - 1).verify(chain.get(i).getPublicKey());
        }
        if (own.getSubjectAlternativeNames() == null) {
            throw refused("certificate", "the certificate names no host (subjectAltName), so no browser would take it");
        }
    }

    private static boolean belongs(PrivateKey key, PublicKey to) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        if (!key.getAlgorithm().equals(to.getAlgorithm())) {
            return false;
        }
        byte[] word = "azekura".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(word);
        byte[] signed = signer.sign();
        signer.initVerify(to);
        signer.update(word);
        return signer.verify(signed);
    }

    private static Refusal refused(String field, String message) {
        return Refusal.badRequest(CODE, field, message);
    }
}
