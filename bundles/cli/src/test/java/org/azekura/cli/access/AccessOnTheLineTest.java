package org.azekura.cli.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.azekura.cli.OnTheLine;
import org.junit.jupiter.api.Test;

class AccessOnTheLineTest extends OnTheLine {

    private static final String ANN = "{\"name\":\"ann\",\"role\":\"restorer\",\"clients\":[\"db\",\"web\"],\"disabled\":false,\"once\":true,\"factor\":\"none\","
            + "\"made\":\"2026-01-02T03:04:05Z\",\"seen\":null}";
    private static final String TOKEN = "{\"name\":\"report\",\"role\":\"auditor\",\"clients\":[],\"made\":\"2026-01-02T03:04:05Z\",\"by\":\"user ann\",\"expires\":null,\"used\":null}";

    private static final String REQUEST = "{\"request\":7,\"state\":\"waiting\",\"operation\":\"DELETE pools/{pool}\",\"object\":\"default\",\"summary\":\"Forgets a pool: default; driver disk\","
            + "\"details\":[{\"field\":\"driver\",\"was\":\"disk\",\"wanted\":null},{\"field\":\"copyTo\",\"was\":\"offsite\",\"wanted\":\"\"}],\"by\":\"user ann\",\"from\":\"\","
            + "\"asked\":\"2026-01-02T03:04:05Z\",\"persons\":2,\"delay\":86400,\"confirmedBy\":null,\"due\":\"2026-01-09T03:04:05Z\",\"ended\":null,\"why\":null,\"hash\":\"ab\"}";

    private String body(String call) {
        assertEquals(call, appliance.asked.getLast());
        return appliance.bodies.getLast().toString();
    }

    @Test
    void makesAUserAndShowsThePasswordForOnce() {
        appliance.on("POST users", 201, "{\"name\":\"ann\",\"password\":\"abcde-fghjk\"}");
        assertEquals(0, shell.run("user", "create", "ann", "--role", "restorer", "--client", "web", "db"), shell.err);
        assertEquals("user ann is made\npassword for once: abcde-fghjk  (shown this once)\n", shell.out);
        assertEquals("{\"name\":\"ann\",\"role\":\"restorer\",\"clients\":[\"web\",\"db\"]}", body("POST users"));
        appliance.on("POST users/ann/reset", 200, "{\"name\":\"ann\",\"password\":\"abcde-fghjk\"}");
        assertEquals(0, shell.run("user", "reset", "ann", "--json"), shell.err);
        assertEquals("{\"name\":\"ann\",\"password\":\"abcde-fghjk\"}\n", shell.out);
        assertEquals("{}", body("POST users/ann/reset"));
    }

    @Test
    void listsShowsAndChangesUsers() {
        appliance.on("GET users", 200, "[" + ANN + "]");
        appliance.on("GET users/ann", 200, ANN);
        appliance.on("POST users/ann", 200, ANN);
        appliance.on("POST users/ann/unlock", 200, ANN);
        assertEquals(0, shell.run("user", "list"), shell.err);
        assertTrue(shell.out.contains("ann") && shell.out.contains("db web") && shell.out.contains("password for once"), shell.out);
        assertEquals(0, shell.run("user", "show", "ann", "--json"));
        assertEquals(ANN + "\n", shell.out);
        assertEquals(0, shell.run("user", "change", "ann", "--role", "operator", "--all-clients", "--disable"), shell.err);
        assertEquals("{\"role\":\"operator\",\"clients\":[],\"disabled\":true}", body("POST users/ann"));
        assertEquals(0, shell.run("user", "change", "ann", "--enable", "--factor", "on"), shell.err);
        assertEquals("{\"disabled\":false,\"factor\":true}", body("POST users/ann"));
        appliance.on("POST users/ann/factor/remove", 200, "{\"name\":\"ann\"}");
        assertEquals(0, shell.run("user", "lost-factor", "ann"), shell.err);
        assertEquals("user ann has no second factor any more\n", shell.out);
        assertEquals(0, shell.run("user", "unlock", "ann"), shell.err);
        assertEquals("user ann may try again\n", shell.out);
        for (String wrong : List.of("user change ann", "user change ann --enable --disable", "user change ann --factor maybe", "user change ann --all-clients --client web", "user create ann", "user",
                "token create t --role admin --expires soon", "token create t --role admin --expires 0d", "token", "audit", "audit list --limit many")) {
            assertEquals(2, shell.run(wrong.split(" ")), wrong);
            assertEquals(1, shell.errLines().size(), shell.err);
        }
    }

    @Test
    void listsAndRemovesPasskeys() {
        String passkey = "{\"id\":\"00ff\",\"name\":\"Ann's phone\",\"host\":\"vault\",\"synced\":true,\"made\":\"2026-01-02T03:04:05Z\",\"used\":null}";
        appliance.on("GET users/ann/passkeys", 200, "[" + passkey + "]");
        assertEquals(0, shell.run("user", "passkey", "list", "ann"), shell.err);
        assertTrue(shell.out.contains("00ff") && shell.out.contains("several") && shell.out.contains("vault"), shell.out);
        assertEquals(0, shell.run("user", "passkey", "list", "ann", "--json"), shell.err);
        assertEquals("[" + passkey + "]\n", shell.out);
        appliance.on("DELETE users/ann/passkeys/00ff", 200, passkey);
        assertEquals(0, shell.run("user", "passkey", "remove", "ann", "00ff"), shell.err);
        assertEquals("passkey Ann's phone of ann is gone\n", shell.out);
        for (String wrong : List.of("user passkey", "user passkey list", "user passkey remove ann")) {
            assertEquals(2, shell.run(wrong.split(" ")), wrong);
            assertEquals(1, shell.errLines().size(), shell.err);
        }
    }

    @Test
    void setsShowsTestsAndRemovesTheProvider() {
        String provider = "{\"name\":\"Example Inc.\",\"issuer\":\"https://id.example\",\"client\":\"azekura\",\"secret\":true,\"scopes\":[\"profile\",\"email\"],\"claim\":\"groups\","
                + "\"grants\":[{\"value\":\"cn=web,dc=x\",\"role\":\"restorer\",\"clients\":[\"web1\",\"web2\"]}],\"domains\":[],\"passwords\":false,\"back\":null}";
        appliance.on("POST sso", 200, provider);
        assertEquals(0, shell.run("sso", "set", "--name", "Example Inc.", "--issuer", "https://id.example", "--client-id", "azekura", "--grant", "backup-admins=admin", "--grant",
                "cn=web,dc=x=restorer:web1,web2", "--domain", "example.com", "--no-passwords"), shell.err);
        assertTrue(shell.out.contains("cn=web,dc=x: restorer of web1 web2") && shell.out.contains("open nothing"), shell.out);
        assertEquals("{\"name\":\"Example Inc.\",\"issuer\":\"https://id.example\",\"client\":\"azekura\",\"passwords\":false,\"grants\":[{\"value\":\"backup-admins\",\"role\":\"admin\","
                + "\"clients\":[]},{\"value\":\"cn=web,dc=x\",\"role\":\"restorer\",\"clients\":[\"web1\",\"web2\"]}],\"domains\":[\"example.com\"]}", body("POST sso"));
        appliance.on("GET sso", 200, provider);
        assertEquals(0, shell.run("sso", "show", "--json"), shell.err);
        assertEquals(provider + "\n", shell.out);
        appliance.on("POST sso/test", 200, "{\"authorize\":\"https://id.example/auth\",\"token\":\"https://id.example/token\",\"keys\":2,\"leave\":false}");
        assertEquals(0, shell.run("sso", "test"), shell.err);
        assertTrue(shell.out.contains("https://id.example/auth") && shell.out.contains("no"), shell.out);
        appliance.on("DELETE sso", 200, provider);
        assertEquals(0, shell.run("sso", "remove"), shell.err);
        assertEquals("single sign-on by Example Inc. is gone\n", shell.out);
        for (String wrong : List.of("sso", "sso set", "sso set --name a --issuer b --client-id c --grant admin")) {
            assertEquals(2, shell.run(wrong.split(" ")), wrong);
            assertEquals(1, shell.errLines().size(), shell.err);
        }
    }

    @Test
    void theLastAdminStays() {
        appliance.on("DELETE users/ann", 409, "{\"status\":409,\"code\":\"user.last\",\"detail\":\"nobody but ann is an admin\"}");
        assertEquals(1, shell.run("user", "delete", "ann"), shell.err);
        assertEquals("azekura: nobody but ann is an admin\n", shell.err);
    }

    @Test
    void makesListsAndRevokesTokens() {
        appliance.on("POST tokens", 201, "{\"name\":\"report\",\"token\":\"azk_x\",\"expires\":null}");
        assertEquals(0, shell.run("token", "create", "report", "--role", "auditor", "--expires", "never"), shell.err);
        assertTrue(shell.out.contains("azk_x  (shown this once)") && shell.out.contains("never"), shell.out);
        assertEquals("{\"name\":\"report\",\"role\":\"auditor\",\"seconds\":0}", body("POST tokens"));
        assertEquals(0, shell.run("token", "create", "report", "--role", "auditor"), shell.err);
        assertEquals("{\"name\":\"report\",\"role\":\"auditor\",\"seconds\":7776000}", body("POST tokens"));
        appliance.on("GET tokens", 200, "[" + TOKEN + "]");
        assertEquals(0, shell.run("token", "list"), shell.err);
        assertTrue(shell.out.contains("never") && shell.out.contains("user ann"), shell.out);
        appliance.on("DELETE tokens/report", 200, TOKEN);
        assertEquals(0, shell.run("token", "revoke", "report"), shell.err);
        assertEquals("token report opens nothing any more\n", shell.out);
    }

    @Test
    void listsAndVerifiesTheAuditLog() {
        appliance.on("GET audit?limit=5&below=9", 200, "[{\"number\":8,\"time\":\"2026-01-02T03:04:05Z\",\"machine\":\"2026-01-02T03:04:05Z\",\"who\":\"user ann\","
                + "\"from\":\"192.0.2.1\",\"operation\":\"DELETE pools/{pool}\",\"object\":\"old\",\"outcome\":\"done\",\"hash\":\"ab\"}]");
        assertEquals(0, shell.run("audit", "list", "--limit", "5", "--below", "9"), shell.err);
        assertTrue(shell.out.contains("DELETE pools/{pool}") && shell.out.contains("192.0.2.1"), shell.out);
        appliance.on("GET audit/verify", 200, "{\"whole\":true,\"entries\":8,\"broken\":null,\"head\":\"abcd\"}");
        assertEquals(0, shell.run("audit", "verify"), shell.err);
        appliance.on("POST audit/accept", 200, "{\"whole\":true,\"entries\":9,\"broken\":null,\"head\":\"ab\",\"onMedia\":9,\"cut\":false}");
        assertEquals(0, shell.run("audit", "accept"), shell.err);
        assertEquals("the audit log counts from line 9 on\n", shell.out);
        appliance.on("GET audit/verify", 200, "{\"whole\":false,\"entries\":812,\"broken\":null,\"head\":\"ab\",\"onMedia\":900,\"cut\":true}");
        assertEquals(1, shell.run("audit", "verify"), shell.err);
        assertTrue(shell.err.contains("ends at line 812, media say that there were 900"), shell.err);
        appliance.on("GET audit/verify", 200, "{\"whole\":true,\"entries\":8,\"broken\":null,\"head\":\"abcd\"}");
        assertEquals(0, shell.run("audit", "verify"), shell.err);
        assertEquals("8 lines, each follows from the one before; hash of the newest: abcd\n", shell.out);
        appliance.on("GET audit/verify", 200, "{\"whole\":false,\"entries\":8,\"broken\":3,\"head\":\"abcd\"}");
        assertEquals(1, shell.run("audit", "verify"));
        assertTrue(shell.err.contains("line 3 does not follow from the one before"), shell.err);
    }

    @Test
    void saysWhatWaitsForASecondAdminAndDoesNotCallItDone() {
        appliance.on("DELETE pools/default", 202, REQUEST);
        assertEquals(4, shell.run("pool", "delete", "default"), shell.err);
        assertTrue(shell.err.matches("azekura: request 7 waits for a second admin until \\S+ \\S+; azekura request show 7\n"), shell.err);
        assertEquals("", shell.out);
        assertEquals(4, shell.run("pool", "delete", "default", "--json"));
        assertEquals(REQUEST + "\n", shell.out);
        appliance.on("POST pools/default/recovery", 202, REQUEST.replace("waiting", "confirmed"));
        Path file = Path.of("target/recovery-that-waits");
        assertEquals(4, shell.run("key", "export", "--pool", "default", "--to", file.toString()), shell.err);
        assertFalse(Files.exists(file));
        assertTrue(shell.err.startsWith("azekura: request 7 is carried out at "), shell.err);
    }

    @Test
    void listsShowsConfirmsAndRefusesRequests() {
        appliance.on("GET requests?open", 200, "[" + REQUEST + "]");
        appliance.on("GET requests", 200, "[]");
        appliance.on("GET requests/7", 200, REQUEST);
        appliance.on("POST requests/7/confirm", 200, REQUEST.replace("waiting", "confirmed"));
        appliance.on("POST requests/7/refuse", 200, REQUEST.replace("waiting", "refused").replace("\"why\":null", "\"why\":\"user bob: no\""));
        appliance.on("POST requests/7/answer", 200, "{\"request\":7,\"text\":\"secret\\n\"}");
        assertEquals(0, shell.run("request", "list"), shell.err);
        assertTrue(shell.out.contains("Forgets a pool: default; driver disk") && shell.out.contains("user ann"), shell.out);
        assertEquals(0, shell.run("request", "list", "--all", "--json"), shell.err);
        assertEquals("[]\n", shell.out);
        assertEquals(0, shell.run("request", "show", "7"), shell.err);
        assertTrue(shell.out.contains("waits for a second admin until"), shell.out);
        assertTrue(shell.out.contains("Forgets a pool: default") && shell.out.contains("DELETE pools/{pool}") && shell.out.contains("offsite → none"), shell.out);
        assertEquals(0, shell.run("request", "confirm", "7", "--hash", "ab"), shell.err);
        assertEquals("{\"hash\":\"ab\"}", body("POST requests/7/confirm"));
        assertEquals(0, shell.run("request", "refuse", "7", "--why", "no"), shell.err);
        assertEquals("{\"why\":\"no\"}", body("POST requests/7/refuse"));
        assertTrue(shell.out.contains("user bob: no"), shell.out);
        assertEquals(0, shell.run("request", "answer", "7"), shell.err);
        assertEquals("secret\n", shell.out);
    }

    @Test
    void showsAndChangesTheRule() {
        appliance.on("GET rule", 200, "{\"persons\":0,\"delay\":0}");
        appliance.on("POST rule", 200, "{\"persons\":2,\"delay\":86400}");
        assertEquals(0, shell.run("rule", "show"), shell.err);
        assertTrue(shell.out.contains("off"), shell.out);
        assertEquals(0, shell.run("rule", "set", "--persons", "2", "--delay", "24h"), shell.err);
        assertEquals("{\"persons\":2,\"delay\":86400}", body("POST rule"));
        assertTrue(shell.out.contains("another admin") && shell.out.contains("1d"), shell.out);
        assertEquals(0, shell.run("rule", "set", "--off"), shell.err);
        assertEquals("{\"persons\":0}", body("POST rule"));
        for (String wrong : List.of("rule", "rule set", "rule set --persons 3", "rule set --off --delay 1h", "rule set --delay soon", "request", "request show")) {
            assertEquals(2, shell.run(wrong.split(" ")), wrong);
        }
    }
}
