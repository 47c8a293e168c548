package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** People and programs with a part of the rights, on an appliance that runs. */
@ExtendWith(Shared.class)
@Timeout(300)
class AccessIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aUserLogsInTakesAPasswordOfHisOwnAndIsSentAway(Azekura azekura) throws Exception {
        String once = JSON.readTree(azekura.call("user", "create", "ann", "--role", "operator", "--json").exits(0).out()).path("password").asText();
        assertEquals(401, Rest.browse(azekura, "POST", "session", login("not " + once)).statusCode());
        HttpResponse<String> opened = Rest.browse(azekura, "POST", "session", login(once));
        assertEquals(201, opened.statusCode(), opened::body);
        assertEquals("password", JSON.readTree(opened.body()).path("duty").asText());
        assertEquals(403, Rest.browse(azekura, "GET", "status", "", "Cookie", cookie(opened)).statusCode());

        String change = "{\"password\":\"" + once + "\",\"next\":\"a password of my own\"}";
        assertEquals(403, Rest.browse(azekura, "POST", "session/password", change, "Cookie", cookie(opened)).statusCode(), "no CSRF token");
        HttpResponse<String> changed = Rest.browse(azekura, "POST", "session/password", change, "Cookie", cookie(opened), "X-CSRF-Token", csrf(opened));
        assertEquals(200, changed.statusCode(), changed::body);
        assertEquals(401, Rest.browse(azekura, "GET", "session", "", "Cookie", cookie(opened)).statusCode(), "the session before has ended");
        assertEquals(200, Rest.browse(azekura, "GET", "status", "", "Cookie", cookie(changed)).statusCode());
        assertEquals(403, Rest.browse(azekura, "POST", "users", "{\"name\":\"bob\",\"role\":\"admin\"}", "Cookie", cookie(changed), "X-CSRF-Token", csrf(changed)).statusCode());

        azekura.call("user", "delete", "ann").exits(0);
        assertEquals(401, Rest.browse(azekura, "GET", "session", "", "Cookie", cookie(changed)).statusCode());
        String line = azekura.call("user", "delete", "admin").exits(1).oneErrorLine();
        assertTrue(line.contains("nobody but admin is an admin"), line);
        List<String> outcomes = JSON.readTree(azekura.call("audit", "list", "--json").exits(0).out()).findValuesAsText("outcome");
        assertTrue(outcomes.containsAll(List.of("done", "access.refused", "csrf.denied", "access.denied", "user.last")), outcomes::toString);
        assertTrue(JSON.readTree(azekura.call("audit", "verify", "--json").exits(0).out()).path("whole").asBoolean());
    }

    @Test
    void aTokenDoesWhatItsRoleMayUntilItIsRevoked(Azekura azekura) throws Exception {
        String token = JSON.readTree(azekura.call("token", "create", "report", "--role", "auditor", "--json").exits(0).out()).path("token").asText();
        azekura.call("pool", "list", "--token", token).exits(0);
        azekura.call("pool", "set", "default", "--live-percent", "50", "--token", token).exits(4);
        azekura.call("token", "create", "more", "--role", "admin", "--token", token).exits(4);
        JsonNode listed = JSON.readTree(azekura.call("token", "list", "--json").exits(0).out());
        assertFalse(listed.path(0).path("used").isNull(), listed::toString);
        azekura.call("token", "revoke", "report").exits(0);
        azekura.call("pool", "list", "--token", token).exits(4);
        assertFalse(Files.readString(azekura.home.resolve("log/azekura.log")).contains(token));
    }

    private static String login(String password) {
        return "{\"name\":\"ann\",\"password\":\"" + password + "\"}";
    }

    private static String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    private static String csrf(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body()).path("csrf").asText();
    }
}
