package org.azekura.rest.access;

import java.util.Base64;
import org.azekura.rest.call.Refusal;

/** Bytes as WebAuthn has them in JSON: base64url without padding. */
final class Octets {

    private Octets() {}

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] of(String field, String text) throws Refusal {
        try {
            if (text != null) {
                return Base64.getUrlDecoder().decode(text);
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw Refusal.badRequest("request.value", field, "the field \"" + field + "\" is bytes in base64url, as the browser's PublicKeyCredential.toJSON() has them");
    }
}
