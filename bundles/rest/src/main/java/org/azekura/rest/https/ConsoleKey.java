package org.azekura.rest.https;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import org.azekura.api.identity.Identity;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * The key and certificate the console answers with: {@code console.p12} under the password in {@code console.password}, both
 * for the owner only, and the certificate alone as {@code console.pem}, which callers on this machine pin.
 *
 * <p>Made at first start (see {@link OwnKey}). Whoever puts another key store there (same password) is served with it.
 *
 * @param keyStore a PKCS #12 file
 */
record ConsoleKey(Path keyStore, String password) {

    private static final String ALIAS = "console";

    /** Puts a key and its certificate into an empty store. */
    private interface Filling {
        void into(KeyStore store, String alias, char[] password) throws GeneralSecurityException, OperatorCreationException, CertIOException;
    }

    /**
     * @param folder {@code tls} of the home
     * @param name   of this host, put into the certificate with its addresses
     */
    static ConsoleKey ensure(Path folder, String name) throws IOException {
        PrivateFile.folder(folder);
        ConsoleKey key = new ConsoleKey(folder.resolve("console.p12"), Secret.ensure(folder.resolve("console.password")));
        if (Files.exists(key.keyStore)) {
            key.writePem(key.read());
        } else {
            key.renew(name);
        }
        return key;
    }

    /** Makes one of the appliance's own, in place of what is there. */
    void renew(String name) throws IOException {
        fill((store, alias, secret) -> OwnKey.into(store, alias, secret, name));
    }

    /** Takes one that somebody else has signed, in place of what is there. */
    void replace(GivenKey given) throws IOException {
        fill(given::into);
    }

    /** The files as they are, to be put back if what takes their place is not good after all. */
    byte[] bytes() throws IOException {
        return Files.readAllBytes(keyStore);
    }

    void restore(byte[] bytes) throws IOException {
        PrivateFile.write(keyStore, PrivateFile.OWNER_ONLY, bytes);
        writePem(read());
    }

    X509Certificate certificate() throws IOException {
        return certificate(read());
    }

    private void fill(Filling filling) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            filling.into(store, ALIAS, password.toCharArray());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password.toCharArray());
            PrivateFile.write(keyStore, PrivateFile.OWNER_ONLY, bytes.toByteArray());
            writePem(store);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("cannot make " + keyStore + ": " + e.getMessage(), e);
        }
    }

    private KeyStore read() throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes()), password.toCharArray());
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException(keyStore + " cannot be read (" + e.getMessage() + "); remove it and a new one is made at the"
                    + " next start; callers elsewhere must then pin the new certificate", e);
        }
    }

    private void writePem(KeyStore store) throws IOException {
        PrivateFile.write(keyStore.resolveSibling("console.pem"), PrivateFile.READABLE, Identity.pem(certificate(store)).getBytes(StandardCharsets.US_ASCII));
    }

    private X509Certificate certificate(KeyStore store) throws IOException {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return (X509Certificate) store.getCertificate(alias);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(keyStore + " cannot be read: " + e.getMessage(), e);
        }
        throw new IOException("there is no key in " + keyStore + "; remove it and a new one is made at the next start");
    }
}
