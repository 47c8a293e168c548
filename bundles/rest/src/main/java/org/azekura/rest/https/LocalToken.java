package org.azekura.rest.https;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Role;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Refusal;

/**
 * Lets in who has the token of the home, as an admin. Knows the token by its hash and compares in a time that does not depend on where two tokens
 * differ.
 */
public final class LocalToken implements Door {

    private final byte[] expected;

    public LocalToken(String token) {
        expected = hash(token);
    }

    @Override
    public Entry open(HttpServletRequest request) throws Refusal {
        String from = Door.address(request);
        if (!grants(request.getHeader("Authorization"))) {
            throw Refusal.unauthenticated(from);
        }
        // where it was used tells at least from which host
        return entry(from.isEmpty() ? "on this machine" : "from " + from, from);
    }

    /** Who has shown the token of a home. @param where he did */
    public static Entry entry(String where, String from) {
        return new Entry(new Caller("who has the token, " + where, Role.ADMIN, Set.of()), null, from);
    }

    /** @param header of the name {@code Authorization}, null if there is none */
    public boolean grants(String header) {
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return false;
        }
        return MessageDigest.isEqual(expected, hash(header.substring(7).strip()));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
