package org.azekura.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.ClientName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Role;
import org.azekura.rest.call.Door;
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
            return new Entry(caller(cookie.substring(8)), CSRF);
        }
        String header = request.getHeader("Authorization");
        return header != null && header.startsWith("Bearer as ") ? Entry.of(caller(header.substring(10))) : token.open(request);
    }

    private static Caller caller(String text) {
        String[] words = text.split("[ +]");
        Set<ClientName> clients = Stream.of(words).skip(1).map(ClientName::new).collect(Collectors.toSet());
        return new Caller("user " + words[0], Role.valueOf(words[0].toUpperCase(java.util.Locale.ROOT)), clients);
    }
}
