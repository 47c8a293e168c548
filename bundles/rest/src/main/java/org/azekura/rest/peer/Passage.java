package org.azekura.rest.peer;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.azekura.api.BackupException;
import org.azekura.api.access.Seal;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Json;

/**
 * What a server says of a call that it passes on. It is sealed by a key that servers of one catalog share, for this very call: nobody else can say it, and
 * it is good for no other.
 *
 * @param from   where the call came from, see {@link Door#address}
 * @param host   by which the caller reached that server
 * @param server that passes it on
 * @param home   whether the caller has shown the token of that server's home, which no other server knows
 */
public record Passage(String from, String host, int port, String server, boolean home) {

    static final String HEADER = "X-Azekura-Passage";

    private static final String PLAIN_ELSEWHERE = "\"<>\\^`{|}#";

    static boolean isOn(HttpServletRequest request) {
        return request.getHeader(HEADER) != null;
    }

    /** @param call that it is of, see {@link #call} */
    String sealed(Seal seal, String call) {
        try {
            return seal.seal(Json.MAPPER.writeValueAsBytes(this), "passage of " + call);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws BackupException if no server of this catalog has said it of this call */
    static Passage open(Seal seal, String sealed, String call) throws BackupException {
        try {
            return Json.MAPPER.readValue(seal.open(sealed, "passage of " + call), Passage.class);
        } catch (IOException e) {
            throw BackupException.corrupt("secret.damaged", call, "it says something else than a passage does");
        }
    }

    static String call(HttpServletRequest request) {
        return request.getMethod() + " " + target(request);
    }

    /** Path and query, as they are sent: what a caller wrote plainly that a URI does not take, like {@code |}, is escaped. */
    static String target(HttpServletRequest request) {
        return escaped(request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString()));
    }

    static String escaped(String target) {
        StringBuilder escaped = new StringBuilder();
        for (byte one : target.getBytes(StandardCharsets.UTF_8)) {
            if (one > ' ' && one < 0x7f && PLAIN_ELSEWHERE.indexOf(one) < 0) {
                escaped.append((char) one);
            } else {
                escaped.append(String.format("%%%02X", one));
            }
        }
        return escaped.toString();
    }
}
