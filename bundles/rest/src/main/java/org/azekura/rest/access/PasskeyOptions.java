package org.azekura.rest.access;

import java.time.Duration;
import java.util.List;
import org.azekura.api.access.Passkeys;

/** What a browser hands to its devices, as {@code PublicKeyCredential.parse…OptionsFromJSON} reads it. */
final class PasskeyOptions {

    private static final String KIND = "public-key";
    private static final long TIMEOUT_MS = Duration.ofMinutes(5).toMillis();

    private PasskeyOptions() {}

    record Known(String type, String id) {

        static List<Known> of(List<byte[]> ids) {
            return ids.stream().map(id -> new Known(KIND, Octets.text(id))).toList();
        }
    }

    record Kind(String type, long alg) {}

    /** @param id a host name */
    record Site(String id, String name) {}

    record Person(String id, String name, String displayName) {}

    record Device(String residentKey, boolean requireResidentKey, String userVerification) {}

    record Creation(Site rp, Person user, String challenge, List<Kind> pubKeyCredParams, long timeout, List<Known> excludeCredentials, Device authenticatorSelection,
            String attestation) {

        static Creation of(Passkeys.Wish wish) {
            String name = wish.user().value();
            return new Creation(new Site(wish.host(), "Azekura"), new Person(Octets.text(wish.handle()), name, name), Octets.text(wish.challenge()),
                    wish.kinds().stream().map(kind -> new Kind(KIND, kind)).toList(), TIMEOUT_MS, Known.of(wish.known()), new Device("required", true, "required"), "none");
        }
    }

    record Request(String challenge, String rpId, long timeout, String userVerification, List<Known> allowCredentials) {

        static Request of(Passkeys.Question question) {
            return new Request(Octets.text(question.challenge()), question.host(), TIMEOUT_MS, question.keys().isEmpty() ? "required" : "preferred", Known.of(question.keys()));
        }
    }
}
