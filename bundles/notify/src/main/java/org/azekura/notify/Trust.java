package org.azekura.notify;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates a receiver's has to be from: those that a setting names, or those that Java knows. */
final class Trust {

    private Trust() {}

    /**
     * @param pem certificates; empty: those that Java knows
     * @throws IllegalArgumentException says what is wrong with them
     */
    static SSLContext of(String pem) {
        try {
            if (pem.isBlank()) {
                return SSLContext.getDefault();
            }
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            if (found.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in it");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : found) {
                store.setCertificateEntry(Integer.toString(number++), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("it is no certificate in PEM: " + e.getMessage(), e);
        }
    }
}
