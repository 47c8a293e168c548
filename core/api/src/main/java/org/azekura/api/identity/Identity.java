package org.azekura.api.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.Failure;

/**
 * A host's key, its certificate, whom it trusts, and where its server is.
 *
 * @param server null on the server itself
 */
public record Identity(PrivateKey key, X509Certificate certificate, X509Certificate authority, Endpoint server) {

    private static final String FOLDER = "identity";
    private static final String KEYS = "identity.p12";
    private static final String SERVER = "server";
    private static final String HOST = "host";
    private static final String AUTHORITY = "authority";
    private static final String PREFIX = "azekura:";
    private static final int URI = 6;
    private static final char[] NO_PASSWORD = new char[0];

    /** The names that a certificate gives its holder, like {@code client/web1}; none if it is not one of ours. */
    public static Set<String> names(X509Certificate certificate) {
        Set<String> names = new TreeSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (alternative.get(0).equals(URI) && alternative.get(1) instanceof String name && name.startsWith(PREFIX)) {
                    names.add(name.substring(PREFIX.length()));
                }
            }
        } catch (GeneralSecurityException e) {
            return Set.of();
        }
        return names;
    }

    /** A name as it stands in a certificate. */
    public static String uri(String name) {
        return PREFIX + name;
    }

    /** How a certificate is named where it is revoked. */
    public static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    /** As other programs read it. */
    public static String pem(X509Certificate certificate) {
        try {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How people compare a certificate: its SHA-256 in lower-case hexadecimal. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A certificate as it is sent.
     *
     * @throws BackupException {@code identity.certificate} if it is none
     */
    public static X509Certificate certificate(byte[] der) throws BackupException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw BackupException.corrupt("identity.certificate", "", "expected a certificate, found " + der.length + " bytes that are none: "
                    + e.getMessage());
        }
    }

    /** From when on a certificate is renewed: after two thirds of its life. */
    public static Instant due(X509Certificate certificate) {
        Instant begin = certificate.getNotBefore().toInstant();
        return begin.plus(Duration.between(begin, certificate.getNotAfter().toInstant()).multipliedBy(2).dividedBy(3));
    }

    /** The file that {@link #load} reads last: another one has another time or size. */
    public static Path file(Path home) {
        return home.resolve(FOLDER).resolve(KEYS);
    }

    static Path server(Path home) {
        return file(home).resolveSibling(SERVER);
    }

    /**
     * The identity that a home has; empty if it has none.
     *
     * @throws BackupException {@code identity.corrupt} if it can't be read
     */
    public static Optional<Identity> load(Path home) throws BackupException {
        Path keys = file(home);
        if (!Files.exists(keys)) {
            return Optional.empty();
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(Files.readAllBytes(keys)), NO_PASSWORD);
            Path server = server(home);
            Endpoint endpoint = Files.exists(server) ? Endpoint.parse(Files.readString(server).strip()) : null;
            if (store.getKey(HOST, NO_PASSWORD) instanceof PrivateKey key && store.getCertificate(HOST) instanceof X509Certificate own
                    && store.getCertificate(AUTHORITY) instanceof X509Certificate authority) {
                return Optional.of(new Identity(key, own, authority, endpoint));
            }
            throw corrupt(keys, "an entry is missing", null);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw corrupt(keys, e.getMessage(), e);
        }
    }

    private static BackupException corrupt(Path file, String what, Exception cause) {
        return new BackupException(new Failure("identity.corrupt", Failure.Kind.CORRUPT, false, file.toString(), file
                + " does not hold this host's key and certificate: " + what + "; join again with \"azekura join URL CODE\""), cause);
    }

    /**
     * Makes this the identity of a home, durably.
     *
     * @throws BackupException {@code identity.file}: the home has the one that it had
     */
    public void save(Path home) throws BackupException {
        Path folder = home.resolve(FOLDER);
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (server != null) {
                replace(server(home), (server + "\n").getBytes(StandardCharsets.UTF_8));
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry(HOST, key, NO_PASSWORD, new Certificate[] {certificate, authority});
            store.setCertificateEntry(AUTHORITY, authority);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, NO_PASSWORD);
            replace(folder.resolve(KEYS), bytes.toByteArray());
        } catch (IOException | GeneralSecurityException e) {
            throw BackupException.device("identity.file", folder.toString(), "this host's identity can't be kept in " + folder + ": " + e, e);
        }
    }

    static void replace(Path file, byte[] content) throws IOException {
        Path made = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(file.getParent())) {
                folder.force(true);
            }
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
