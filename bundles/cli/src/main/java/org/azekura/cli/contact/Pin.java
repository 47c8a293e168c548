package org.azekura.cli.contact;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.azekura.cli.text.CommandFailure;

/** Accepts one certificate, by its SHA-256, and no other; names and dates do not matter then. */
public record Pin(String sha256) implements X509TrustManager {

    /** @param text 64 hexadecimal digits, with or without colons */
    public static Pin fingerprint(String text) {
        String digits = text.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{64}")) {
            throw CommandFailure.usage("a fingerprint is the SHA-256 of the certificate, 64 hexadecimal digits; not \"" + text + "\"");
        }
        return new Pin(digits);
    }

    static Pin certificate(String pem) {
        try {
            return new Pin(hash((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))));
        } catch (GeneralSecurityException e) {
            throw CommandFailure.unreachable("tls/console.pem of the home is no certificate: " + e.getMessage(), e);
        }
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        String seen = hash(chain[0]);
        if (!seen.equals(sha256)) {
            throw new CertificateException("it shows the certificate " + seen + ", expected " + sha256);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static String hash(X509Certificate certificate) throws CertificateException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }
}
