package org.azekura.ca;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;

/** The file of the authority: there whole or not at all, for its owner only. */
record AuthorityFile(Path file) {

    private static final String ENTRY = "authority";
    private static final char[] NO_PASSWORD = new char[0];
    private static final int MAX_BYTES = 64 << 10;

    /** The authority's key and certificate. */
    record Entry(PrivateKey key, X509Certificate certificate) {}

    /** @throws BackupException {@code ca.corrupt}; the file stays as it is */
    Optional<Entry> read() throws BackupException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it has " + Files.size(file) + " bytes");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(Files.readAllBytes(file)), NO_PASSWORD);
            if (store.getKey(ENTRY, NO_PASSWORD) instanceof PrivateKey key && store.getCertificate(ENTRY) instanceof X509Certificate certificate) {
                return Optional.of(new Entry(key, certificate));
            }
            throw new IOException("there is no key in it");
        } catch (IOException | GeneralSecurityException e) {
            throw new BackupException(new Failure("ca.corrupt", Failure.Kind.CORRUPT, false, file.toString(), file + " does not hold the key of this"
                    + " appliance's authority: " + e.getMessage() + "; put it back from a backup; if there is none, move it away, start again, and have"
                    + " every host join anew"), e);
        }
    }

    /** @throws BackupException {@code ca.file}: there is no file then */
    void write(Entry entry) throws BackupException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry(ENTRY, entry.key, NO_PASSWORD, new Certificate[] {entry.certificate});
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, NO_PASSWORD);
            Files.createDirectories(file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            place(bytes.toByteArray());
        } catch (IOException | GeneralSecurityException e) {
            throw BackupException.device("ca.file", file.toString(), "the key of this appliance's authority can't be kept in " + file + ": " + e, e);
        }
    }

    private void place(byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel out = FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining();) {
                out.write(rest);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        for (Path folder : new Path[] {file.getParent(), file.getParent().toAbsolutePath().getParent()}) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
