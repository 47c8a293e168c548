package org.azekura.rest.https;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** A random word in a file that only its owner reads; made at first start and kept. */
final class Secret {

    private static final int BYTES = 32;

    private Secret() {}

    /** Reads the secret, or makes it. */
    static String ensure(Path file) throws IOException {
        if (Files.exists(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(PrivateFile.OWNER_ONLY));
            String secret = Files.readString(file).strip();
            if (secret.length() < 16) {
                throw new IOException(file + " has " + secret.length() + " characters, a secret has at least 16;"
                        + " remove the file and a new one is made at the next start");
            }
            return secret;
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        PrivateFile.write(file, PrivateFile.OWNER_ONLY, (secret + "\n").getBytes(StandardCharsets.UTF_8));
        return secret;
    }
}
