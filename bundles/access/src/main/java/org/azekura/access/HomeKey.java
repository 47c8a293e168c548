package org.azekura.access;

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
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.azekura.api.BackupException;
import org.azekura.api.access.Seal;

/**
 * The key {@code access.key} of the home, for its owner only. Secrets that the catalog has to give back are sealed by it (AES-256-GCM: 12 bytes nonce,
 * ciphertext, tag; in base64), codes that are kept as hashes are hashed with it: whoever has the catalog without the home has neither. Made at first need.
 */
final class HomeKey {

    private static final int BYTES = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final byte[] key;
    private final SecureRandom random = new SecureRandom();

    HomeKey(byte[] key) {
        this.key = key.clone();
    }

    static HomeKey of(Path home) throws BackupException {
        Path file = home.resolve("access.key");
        try {
            if (!Files.exists(file)) {
                byte[] made = new byte[BYTES];
                new SecureRandom().nextBytes(made);
                Path fresh = home.resolve("access.key.new");
                Files.deleteIfExists(fresh);
                Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                try (var out = FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE))) {
                    out.write(ByteBuffer.wrap(made));
                    out.force(true);
                }
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            byte[] found = Files.readAllBytes(file);
            if (found.length != BYTES) {
                throw BackupException.corrupt("access.key", file.toString(), file + " has " + found.length + " bytes, not " + BYTES + "; put the right one back, or remove it:"
                        + " then second factors have to be made anew");
            }
            return new HomeKey(found);
        } catch (IOException e) {
            throw BackupException.device("access.key", file.toString(), "cannot read or make " + file + ": " + e, e);
        }
    }

    /** @param of whose it is: it is opened for nobody else */
    String seal(byte[] secret, String of) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, of).doFinal(secret);
            return Base64.getEncoder().encodeToString(ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws BackupException {@code factor.damaged}: by another key, of somebody else, or damaged */
    byte[] open(String text, String of) throws BackupException {
        return open(text, of, "factor.damaged", "the second factor of " + of + " cannot be read: access.key of the home is another one; an admin can remove the factor, and it is"
                + " made anew");
    }

    private byte[] open(String text, String of, String code, String why) throws BackupException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE), of).doFinal(bytes, NONCE, Math.max(0, bytes.length - NONCE));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new BackupException(BackupException.corrupt(code, of, why).failure(), e);
        }
    }

    /** The same for what other rooms keep in the catalog. */
    Seal forOthers() {
        return new Seal() {
            @Override
            public String seal(byte[] secret, String of) {
                return HomeKey.this.seal(secret, of);
            }

            @Override
            public byte[] open(String sealed, String of) throws BackupException {
                return HomeKey.this.open(sealed, of, "secret.damaged", "a secret of " + of + " cannot be read: access.key of the home is another one; give the secret anew");
            }
        };
    }

    private Cipher cipher(int mode, byte[] nonce, String of) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(of.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    String hash(String code, String of) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal((of + "\n" + code).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
