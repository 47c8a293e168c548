package org.azekura.packages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.azekura.api.BackupException;
import org.azekura.api.identity.HostKeys;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What a publisher signs with: a private key in a file for himself alone, and in {@code FILE.pub} the certificates that tell others whose it is. */
public final class PublisherKey {

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private PublisherKey(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    /** Where the certificates of a key are. */
    public static Path certificateFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    /**
     * Makes a key of the curve P-256 and its self-signed certificate, and writes both. Neither replaces a file.
     *
     * @param file for the key, with the mode 0600; its certificate lies beside it, see {@link #certificateFile}
     * @throws BackupException {@code key.exists}, {@code key.file}
     */
    public static PublisherKey make(Path file, String name, Duration life, Instant now) throws BackupException {
        return keep(file, Certifying.ofOneself(HostKeys.generate(), name, life, now));
    }

    /** As {@link #make}, but this publisher certifies it: who trusts him trusts it. */
    public PublisherKey certify(Path file, String name, Duration life, Instant now) throws BackupException {
        return keep(file, Certifying.certified(HostKeys.generate(), name, life, now, key, chain));
    }

    /** A key and what tells whose it is, the closest first. */
    record Made(KeyPair pair, List<X509Certificate> chain) {}

    private static PublisherKey keep(Path file, Made made) throws BackupException {
        try {
            StringBuilder certificates = new StringBuilder();
            for (X509Certificate certificate : made.chain) {
                certificates.append(Pem.text("CERTIFICATE", certificate.getEncoded()));
            }
            Path certificateFile = certificateFile(file);
            if (Files.exists(certificateFile)) {
                throw new FileAlreadyExistsException(certificateFile.toString());
            }
            place(file, Pem.text("PRIVATE KEY", made.pair.getPrivate().getEncoded()), "rw-------");
            place(certificateFile, certificates.toString(), "rw-r--r--");
            return new PublisherKey(made.pair.getPrivate(), made.chain);
        } catch (FileAlreadyExistsException e) {
            throw BackupException.operator("key.exists", file.toString(), e.getFile() + " is there already; a key is never replaced: choose another name");
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(file, "can't be written: " + (e instanceof IOException io ? Durable.reason(file, io) : reason(e)));
        }
    }

    /** Whole or not at all, and never in the place of another. */
    private static void place(Path file, String text, String permissions) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel out = Durable.create(fresh, permissions)) {
                byte[] bytes = text.getBytes(US_ASCII);
                Durable.write(out, bytes, bytes.length);
                out.force(true);
            }
            Files.createLink(file, fresh);
        } finally {
            Files.deleteIfExists(fresh);
        }
        Durable.sync(file.toAbsolutePath().getParent());
    }

    /**
     * Reads a key and its certificates: those of {@link #certificateFile}, or if that is not there, those in the file itself. Also a key that
     * another program has made: PKCS#8 or the older forms, of an elliptic curve, RSA or Ed25519.
     *
     * @throws BackupException {@code key.file}: there is none, it can't be read, or the two do not belong together
     */
    public static PublisherKey read(Path file) throws BackupException {
        try {
            PrivateKey key = Pem.key(file);
            Path beside = certificateFile(file);
            List<X509Certificate> chain = Pem.certificates(Files.exists(beside) ? beside : file);
            if (chain.isEmpty()) {
                throw new Flaw("there is no certificate in " + beside);
            }
            PublisherKey read = new PublisherKey(key, chain);
            read.requirePair(beside);
            return read;
        } catch (NoSuchFileException e) {
            throw unusable(file, "is not there; \"azekura driver key FILE\" makes one");
        } catch (Flaw e) {
            throw unusable(file, "will not do: " + e.advice("\"azekura driver key FILE\" makes one that does"));
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(file, "can't be read: " + reason(e) + "; \"azekura driver key FILE\" makes one that can");
        }
    }

    private void requirePair(Path beside) throws Flaw, GeneralSecurityException {
        byte[] probe = {1, 2, 3};
        Signature signature = Signature.getInstance(CmsForm.algorithm(chain.getFirst().getPublicKey()));
        try {
            signature.initSign(key);
            signature.update(probe);
            byte[] made = signature.sign();
            signature.initVerify(chain.getFirst().getPublicKey());
            signature.update(probe);
            if (signature.verify(made)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            // Kinds that differ do not even begin.
        }
        throw new Flaw("the first certificate in " + beside + " is not of this key");
    }

    private static String reason(Exception e) {
        return e instanceof AccessDeniedException ? "permission is denied" : e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static BackupException unusable(Path file, String why) {
        return BackupException.operator("key.file", file.toString(), "the publisher key " + file + " " + why);
    }

    /** From the publisher's own certificate on. */
    public List<X509Certificate> certificates() {
        return chain;
    }

    /** As his certificate has it. */
    public String publisher() {
        return PublisherChain.name(chain.getFirst());
    }

    /** Whether his certificate is in date. */
    public boolean isValidAt(Instant now) {
        return !now.isBefore(chain.getFirst().getNotBefore().toInstant()) && !now.isAfter(chain.getFirst().getNotAfter().toInstant());
    }

    /** @throws BackupException {@code key.file}: no appliance takes what it signs */
    void requireFit() throws BackupException {
        try {
            PublisherChain.requireFit(chain.getFirst());
        } catch (Flaw e) {
            throw BackupException.operator("key.file", publisher(), "the publisher key will not do: " + e.advice("\"azekura driver key FILE\" makes one that does"));
        }
    }

    byte[] sign(byte[] content) throws BackupException {
        try {
            String algorithm = CmsForm.algorithm(chain.getFirst().getPublicKey());
            return CmsForm.make(content, chain, algorithm.endsWith("ECDSA") ? RepeatableSigner.of(algorithm, key) : new JcaContentSignerBuilder(algorithm).build(key));
        } catch (Flaw | CMSException | OperatorCreationException | IOException | GeneralSecurityException e) {
            throw BackupException.operator("key.file", publisher(), "can't sign with the key of \"" + publisher() + "\": " + reason(e));
        }
    }
}
