package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.azekura.api.access.Role;
import org.azekura.rest.call.Route;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What somebody may call who has to do with some clients only: what {@code bounded.txt} has, and nothing else. */
class BoundedTest {

    @AutoClose
    private static final RestServer SERVER = RestServer.start();

    /** Why, by method and path. */
    private static Map<String, String> table() throws Exception {
        try (InputStream in = BoundedTest.class.getResourceAsStream("/bounded.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(" +", 3)).collect(Collectors.toMap(words -> words[0] + " " + words[1], words -> words[2], (one, same) -> one, TreeMap::new));
        }
    }

    @Test
    void theTableHasWhatABoundedCallerMayCall() throws Exception {
        TreeSet<String> open = SERVER.routes.stream().filter(route -> !route.ofAll()).map(route -> route.method() + " " + route.pattern()).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(String.join("\n", open), String.join("\n", table().keySet()), "a route that is about more than the clients of its caller says aboutAll();"
                + " one that answers him by what he sees has its line in src/test/resources/bounded.txt, with the reason");
    }

    @Test
    void whatChangesSomethingIsThereOnlyIfItLooksAtWhoseItIs() throws Exception {
        for (Map.Entry<String, String> line : table().entrySet()) {
            if (!line.getValue().equals("own") && !line.getValue().equals("computes")) {
                assertTrue(line.getValue().equals("client") == line.getKey().contains("{client}"), line::toString);
                assertTrue(line.getKey().startsWith("GET ") || !line.getValue().equals("nobody's"), line::toString);
            }
        }
    }

    @Test
    void whatIsAboutAllIsRefusedToWhoHasToDoWithSome() throws Exception {
        int refused = 0;
        for (Route route : SERVER.routes) {
            for (Role role : Role.values()) {
                if (route.ofAll() && route.rights().stream().anyMatch(role::may)) {
                    var answer = SERVER.as(role.word() + " host", route.method(), "/" + route.pattern().replaceAll("\\{[^}]*}", "1"), null);
                    assertEquals("access.bounded", ApiServletTest.problem(answer, 403).path("code").asText(), role + route.method() + route.pattern());
                    refused++;
                }
            }
        }
        assertTrue(refused > 40 && SERVER.fake.orders.isEmpty() && SERVER.access.asked.isEmpty(), refused + " refused");
    }
}
