package org.azekura.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.ClientName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Role;
import org.azekura.api.access.Session;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.https.LocalToken;

/** The token of the home; beside it {@code Bearer as restorer host}, and the same word in a cookie as a browser has it. */
final class TestDoor implements Door {

    static final String CSRF = "csrf-of-this-test";

    private final LocalToken token = new LocalToken(RestServer.TOKEN);

    @Override
    public Entry open(HttpServletRequest request) throws Refusal {
        String cookie = request.getHeader("Cookie");
        if (cookie != null && cookie.startsWith("session=")) {
            Caller caller = caller(cookie.substring(8));
            return new Entry(caller, new Session("id", caller, CSRF, Session.Duty.NONE, "", Instant.EPOCH, Instant.EPOCH, Instant.EPOCH), "");
        }
        String header = request.getHeader("Authorization");
        return header != null && header.startsWith("Bearer as ") ? new Entry(caller(header.substring(10)), null, "") : token.open(request);
    }

    static Call callOfAdmin() {
        return new Call(new Entry(caller("admin"), null, ""), Map.of(), Map.of(), Json.MAPPER.createObjectNode(), null, null);
    }

    private static Caller caller(String text) {
        String[] words = text.split("[ +]");
        Set<ClientName> clients = Stream.of(words).skip(1).map(ClientName::new).collect(Collectors.toSet());
        return new Caller("user " + words[0], Role.valueOf(words[0].toUpperCase(Locale.ROOT)), clients);
    }
}
