package org.azekura.engine.volume;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.engine.chunk.Hkdf;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** An Ed25519 identity that is kept in a file. Thread-safe. */
public final class SigningKey {

    private static final String ALGORITHM = "Ed25519";
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String END = "\n-----END PRIVATE KEY-----\n";
    private static final int MAX_FILE_BYTES = 4096;
    private static final int SECRET_BYTES = 32;

    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private SigningKey(byte[] pkcs8) throws GeneralSecurityException, IOException {
        privateKey = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        // Java cannot compute the public key from a private one; Bouncy Castle can.
        Ed25519PrivateKeyParameters parameters = (Ed25519PrivateKeyParameters) PrivateKeyFactory.createKey(pkcs8);
        publicKey = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(parameters.generatePublicKey()).getEncoded();
    }

    /**
     * Loads the key, or makes one if there is no such file. A new file can be read by its owner only, and is there whole or not at all,
     * also after a power cut. Two processes must not do this at once.
     *
     * @throws BackupException {@code key.file} if the file can't be read or written or holds no such key; it is then left as it is
     */
    public static SigningKey loadOrCreate(Path file) throws BackupException {
        try {
            if (Files.exists(file)) {
                return load(file);
            }
            byte[] pkcs8 = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair().getPrivate().getEncoded();
            save(file, pkcs8);
            return new SigningKey(pkcs8);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw BackupException.media("key.file", file.toString(), "signing key " + file + ": expected an Ed25519 private key in PEM, or"
                    + " no file and a folder to make it in; " + e, e);
        }
    }

    private static SigningKey load(Path file) throws IOException, GeneralSecurityException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException("found " + Files.size(file) + " bytes, expected at most " + MAX_FILE_BYTES);
        }
        String text = Files.readString(file, US_ASCII);
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new IOException("it is not PEM");
        }
        return new SigningKey(Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length())));
    }

    private static void save(Path file, byte[] pkcs8) throws IOException {
        byte[] pem = (BEGIN + Base64.getEncoder().encodeToString(pkcs8) + END).getBytes(US_ASCII);
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = folder.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(pem);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** X.509 SubjectPublicKeyInfo. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** For {@link Label#sign}. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /**
     * A secret that who has this key can make, and nobody else; nothing about the key can be told from it.
     *
     * @param purpose what it is for: another one for each
     * @return 32 bytes
     */
    public byte[] secretFor(String purpose) {
        try {
            byte[] seed = ((Ed25519PrivateKeyParameters) PrivateKeyFactory.createKey(privateKey.getEncoded())).getEncoded();
            return Hkdf.derive(seed, purpose.getBytes(US_ASCII), SECRET_BYTES);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs; the signature has 64 bytes. */
    public byte[] sign(byte[] message) {
        return sign(privateKey, message);
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 private key", e);
        }
    }

    /**
     * Whether the signature is that key's over that message; false also if key or signature are no such things.
     *
     * @param publicKey X.509 SubjectPublicKeyInfo
     */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(publicKey)));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "signing key " + Base64.getEncoder().encodeToString(publicKey);
    }
}
