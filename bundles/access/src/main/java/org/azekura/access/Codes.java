package org.azekura.access;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/** Codes by RFC 6238. */
final class Codes {

    static final int SECRET = 20;
    static final Duration STEP = Duration.ofSeconds(30);
    /** Clocks of telephones differ, and people type slowly. */
    private static final int EITHER_SIDE = 1;

    private static final TimeBasedOneTimePasswordGenerator GENERATOR = new TimeBasedOneTimePasswordGenerator(STEP);

    private Codes() {}

    static String at(byte[] secret, Instant time) {
        try {
            return GENERATOR.generateOneTimePasswordString(new SecretKeySpec(secret, GENERATOR.getAlgorithm()), time);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The step that a code is of, if that is about now and behind one that was taken; empty if it is none. */
    static OptionalLong step(byte[] secret, String code, Instant now, long taken) {
        OptionalLong found = OptionalLong.empty();
        long current = now.getEpochSecond() / STEP.toSeconds();
        for (long step = current - EITHER_SIDE; step <= current + EITHER_SIDE; step++) {
            String right = at(secret, Instant.ofEpochSecond(step * STEP.toSeconds()));
            if (MessageDigest.isEqual(right.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8)) && step > taken && found.isEmpty()) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    static String text(byte[] secret) {
        return Base32.toBase32String(secret).replace("=", "");
    }

    /** As programs on telephones read it from a picture. */
    static String uri(byte[] secret, String user, String appliance) {
        String issuer = encode("Azekura " + appliance);
        return "otpauth://totp/" + issuer + ":" + encode(user) + "?secret=" + text(secret) + "&issuer=" + issuer + "&algorithm=SHA1&digits=6&period=30";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
