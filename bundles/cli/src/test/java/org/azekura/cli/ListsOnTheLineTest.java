package org.azekura.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.Json;
import org.junit.jupiter.api.Test;

/** Commands that ask and show. */
class ListsOnTheLineTest extends OnTheLine {

    private static final String SPREAD = "{\"state\":\"partly\",\"copies\":3,\"kinds\":[\"disk\"],\"sites\":[\"here\",\"tokyo\"],\"lacks\":[\"kinds\"]}";
    private static final String SNAPSHOTS = "[{\"id\":\"s1\",\"client\":\"host\",\"saveSet\":\"srv\",\"time\":\"2026-01-02T03:04:05Z\",\"files\":1234,"
            + "\"bytes\":2048,\"stored\":9,\"pool\":\"default\",\"job\":1,\"keeps\":[\"daily 2026-01-02\"],\"pinned\":null,\"lockedUntil\":null,\"expires\":false,\"spread\":" + SPREAD + "}]";

    @Test
    void showsTheClockAndConfirmsWhatItHasSeen() {
        String frozen = "{\"state\":\"frozen\",\"by\":[],\"retentionTime\":\"2026-01-02T03:04:05Z\",\"machineTime\":\"2027-01-02T03:04:05Z\",\"advice\":\"look\"}";
        appliance.on("GET clock", 200, frozen);
        appliance.on("POST clock/confirm", 200, frozen.replace("frozen", "confirmed").replace("[]", "[\"client/a\",\"client/b\"]").replace("\"look\"", "null"));
        assertEquals(0, shell.run("server", "clock"), shell.err);
        assertTrue(shell.out.startsWith("state         frozen\n") && shell.out.contains("warning       look\n"), shell.out);
        assertEquals(0, shell.run("server", "clock", "confirm"), shell.err);
        assertEquals("{\"machineTime\":\"2027-01-02T03:04:05Z\"}", appliance.bodies.getLast().toString());
        assertTrue(shell.out.startsWith("state         confirmed by client/a, client/b\n") && !shell.out.contains("warning"), shell.out);
        appliance.on("GET status", 200, "{\"version\":\"1\",\"roles\":[],\"warnings\":[],\"running\":0,\"snapshots\":0,\"clock\":" + frozen + "}");
        assertEquals(0, shell.run("server", "status"), shell.err);
        assertTrue(shell.out.contains(", frozen\n"), shell.out);
        assertEquals(2, shell.run("server"));
    }

    @Test
    void listsSnapshotsWithTheKeysPromised() {
        appliance.on("GET snapshots?client=host", 200, SNAPSHOTS);
        assertEquals(0, shell.run("snapshot", "list", "--client", "host", "--json"), shell.err);
        assertEquals("[{\"id\":\"s1\",\"client\":\"host\",\"saveSet\":\"srv\",\"time\":\"2026-01-02T03:04:05Z\",\"files\":1234,\"bytes\":2048,\"keeps\":[\"daily 2026-01-02\"],"
                + "\"pinned\":null,\"lockedUntil\":null,\"expires\":false,\"spread\":" + SPREAD + "}]\n", shell.out);
        appliance.on("GET snapshots", 200, SNAPSHOTS);
        assertEquals(0, shell.run("snapshot", "list"));
        assertTrue(shell.out.contains("1,234") && shell.out.contains("daily 2026-01-02") && shell.out.contains("2.00 KiB"), shell.out);
    }

    @Test
    void tellsHowSnapshotsAreSpread() {
        appliance.on("GET snapshots/s1", 200, SNAPSHOTS.substring(1, SNAPSHOTS.length() - 1));
        assertEquals(0, shell.run("snapshot", "show", "s1"), shell.err);
        assertTrue(shell.out.contains("spread        partly: 2 places, disk, at here and tokyo; lacks a second kind of medium\n"), shell.out);
        appliance.on("GET spread?client=host", 200, "[{\"client\":\"host\",\"saveSet\":\"srv\",\"snapshot\":\"s1\",\"spread\":" + SPREAD + "}]");
        assertEquals(0, shell.run("snapshot", "spread", "--client", "host"), shell.err);
        assertTrue(shell.out.contains("here and tokyo") && shell.out.contains("a second kind of medium"), shell.out);
        appliance.on("GET status", 200, "{\"version\":\"1\",\"roles\":[],\"warnings\":[],\"running\":0,\"snapshots\":0,\"spread\":{\"safe\":2,\"partly\":0,\"single\":1,\"lost\":0}}");
        assertEquals(0, shell.run("status"), shell.err);
        assertTrue(shell.out.contains("3-2-1: 2 save sets safe, 1 save set single; "), shell.out);
    }

    @Test
    void saysWhereThingsAre() {
        String row = "{\"kind\":\"node\",\"name\":\"cellar\",\"site\":\"tokyo\",\"said\":true}";
        appliance.on("POST sites", 200, row);
        assertEquals(0, shell.run("site", "set", "tokyo", "--node", "cellar"), shell.err);
        assertEquals("node cellar is at site tokyo\n", shell.out);
        assertEquals("{\"kind\":\"node\",\"name\":\"cellar\",\"site\":\"tokyo\"}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("site", "unset", "--pool", "tape", "--json"), shell.err);
        assertEquals("{\"kind\":\"pool\",\"name\":\"tape\"}", appliance.bodies.getLast().toString());
        appliance.on("GET sites", 200, "[" + row + "]");
        assertEquals(0, shell.run("site", "list"), shell.err);
        assertTrue(shell.out.contains("tokyo  yes"), shell.out);
        assertEquals(2, shell.run("site", "set", "tokyo"));
        assertEquals(2, shell.run("site", "set", "tokyo", "--node", "a", "--pool", "b"));
    }

    @Test
    void listsAFolderPageByPage() throws Exception {
        String entry = "{\"path\":\"/srv/%s\",\"type\":\"file\",\"size\":5,\"mode\":420,\"mtime\":\"2026-01-02T03:04:05.000000007Z\",\"user\":\"u\",\"group\":\"g\",\"target\":null}";
        appliance.on("GET snapshots/s1/entries?limit=10000&path=%2Fsrv", 200, "{\"entries\":[" + entry.formatted("a%0A") + "],\"next\":\"a%0A\"}");
        appliance.on("GET snapshots/s1/entries?limit=10000&path=%2Fsrv&after=a%250A", 200, "{\"entries\":[" + entry.formatted("%FF") + "],\"next\":null}");
        assertEquals(0, shell.run("snapshot", "ls", "s1", "/srv", "--json"), shell.err);
        JsonNode rows = Json.read(shell.out);
        assertEquals("{\"path\":\"/srv/a\\n\",\"type\":\"file\",\"size\":5,\"mode\":420,\"mtime\":\"2026-01-02T03:04:05.000000007Z\"}", rows.path(0).toString());
        assertEquals("/srv/%FF", rows.path(1).path("path").asText());
        assertEquals(2, rows.size());
        assertEquals(0, shell.run("snapshot", "ls", "s1", "/srv"));
        assertEquals(2, shell.out.lines().count(), shell.out);
        assertTrue(shell.out.startsWith("-0644  u "), shell.out);
    }

    @Test
    void answersNothingForAPathThatIsNotThere() {
        appliance.on("GET snapshots/s1/entries?limit=10000&path=%2Fnonex", 404, FakeAppliance.problem("path.unknown", "there is none"));
        assertEquals(1, shell.run("snapshot", "ls", "s1", "/nonex", "--json"));
        assertEquals("", shell.out);
        assertEquals("azekura: there is none\n", shell.err);
        appliance.on("GET snapshots/s1/entries?limit=10000&path=%2Fempty", 200, "{\"entries\":[],\"next\":null}");
        assertEquals(0, shell.run("snapshot", "ls", "s1", "/empty", "--json"));
        assertEquals("[]\n", shell.out);
    }

    @Test
    void doesNotEndAnArrayThatBrokeOff() {
        appliance.on("GET snapshots/s1/entries?limit=10000&path=%2F", 200, "{\"entries\":[{\"path\":\"/a\",\"type\":\"file\"}],\"next\":\"a\"}");
        assertEquals(1, shell.run("snapshot", "ls", "s1", "--json"));
        assertFalse(shell.out.contains("]"), shell.out);
    }

    @Test
    void walksBelowInOrder() throws Exception {
        String entry = "{\"path\":\"%s\",\"type\":\"%s\",\"size\":0,\"mode\":0,\"mtime\":null,\"user\":\"\",\"group\":\"\",\"target\":null}";
        appliance.on("GET snapshots/s1/entries?limit=10000&path=%2F", 200, "{\"entries\":[" + entry.formatted("/a", "directory") + ","
                + entry.formatted("/b", "directory") + "],\"next\":null}");
        appliance.on("GET snapshots/s1/entries?limit=10000&path=%2Fa", 200, "{\"entries\":[" + entry.formatted("/a/x", "file") + "],\"next\":null}");
        appliance.on("GET snapshots/s1/entries?limit=10000&path=%2Fb", 200, "{\"entries\":[" + entry.formatted("/b/y", "file") + "],\"next\":null}");
        assertEquals(0, shell.run("snapshot", "ls", "s1", "-R", "--json"), shell.err);
        StringBuilder paths = new StringBuilder();
        Json.read(shell.out).forEach(row -> paths.append(row.path("path").asText()).append(' '));
        assertEquals("/a /b /a/x /b/y ", paths.toString());
    }

    @Test
    void exitsWithOneAndOneLineForAnUnknownId() {
        for (String[] call : new String[][] {{"job", "show", "99"}, {"job", "log", "x y"}, {"snapshot", "show", "beef"}, {"pool", "show", "no such"}}) {
            appliance.on("GET " + call[0] + "s/" + Rest.encode(call[2]) + (call[1].equals("log") ? "/log" : ""), 404, FakeAppliance.problem("x.unknown", "there is none"));
            assertEquals(1, shell.run(call), shell.err);
            assertEquals("azekura: there is none\n", shell.err);
        }
    }

    @Test
    void tellsAndChangesATrustGroup() {
        String trust = "{\"client\":\"web2\",\"group\":\"0102\",\"members\":[\"web1\",\"web2\"]}";
        appliance.on("GET clients/web2/trust-group", 200, trust);
        appliance.on("POST clients/web2/trust-group", 200, trust);
        appliance.on("POST clients/web2/trust-group/leave", 409, FakeAppliance.problem("snapshot.exists", "it has snapshots"));
        assertEquals(0, shell.run("client", "trust-group", "web2"), shell.err);
        assertEquals("client        web2\ngroup         0102\nmember        web1\nmember        web2\n", shell.out);
        assertEquals(0, shell.run("client", "trust-group", "web2", "web1", "--json"), shell.err);
        assertEquals(trust + "\n", shell.out);
        assertEquals("{\"join\":\"web1\"}", appliance.bodies.getLast().toString());
        assertEquals(1, shell.run("client", "trust-group", "web2", "--leave"));
        assertEquals("azekura: it has snapshots\n", shell.err);
        assertEquals(2, shell.run("client", "trust-group", "web2", "web1", "--leave"));
    }

    @Test
    void tellsSetsAndLiftsAQuota() {
        appliance.on("GET clients/web/quota", 200, "{\"client\":\"web\",\"used\":2048,\"quota\":-1}");
        assertEquals(0, shell.run("client", "quota", "web"), shell.err);
        assertEquals("client        web\nused          2.00 KiB\nquota         none\n", shell.out);
        String set = "{\"client\":\"web\",\"used\":2048,\"quota\":4096}";
        appliance.on("POST clients/web/quota", 200, set);
        assertEquals(0, shell.run("client", "quota", "web", "4KiB", "--json"), shell.err);
        assertEquals(set + "\n", shell.out);
        assertEquals("{\"quota\":4096}", appliance.bodies.getLast().toString());
        for (String lift : new String[] {"0", "none"}) {
            assertEquals(0, shell.run("client", "quota", "web", lift), shell.err);
            assertEquals("{\"quota\":0}", appliance.bodies.getLast().toString());
        }
        assertEquals(2, shell.run("client", "quota", "web", "much"));
        assertEquals(1, shell.errLines().size(), shell.err);
        assertEquals(2, shell.run("client", "quota"));
    }

    @Test
    void aClientThatMayNotDialHasAnAddress() throws Exception {
        appliance.on("GET clients/web2/address", 200, "{\"name\":\"web2\",\"address\":null}");
        appliance.on("POST clients/web2/address", 200, "{\"name\":\"web2\",\"address\":\"web2:8444\"}");
        assertEquals(0, shell.run("client", "address", "web2"), shell.err);
        assertTrue(shell.out.contains("it dials itself"), shell.out);
        assertEquals(0, shell.run("client", "address", "web2", "web2:8444"), shell.err);
        assertTrue(shell.out.contains("web2:8444"), shell.out);
        assertEquals(2, shell.run("client", "address", "web2", "web2:8444", "--none"));
        assertEquals(2, shell.run("client", "address", "web2", "--role", "server"));
    }

    @Test
    void tellsAndChangesWhereAClientGoes() {
        String terms = "{\"client\":\"web2\",\"pool\":null,\"group\":\"sites\",\"limits\":[{\"perSecond\":20971520,\"from\":\"08:00\",\"to\":\"18:00\"}]}";
        appliance.on("GET clients/web2/terms", 200, terms);
        appliance.on("POST clients/web2/pool", 200, terms);
        assertEquals(0, shell.run("client", "pool", "web2"), shell.err);
        assertEquals("client        web2\npool          one of group sites\nlimit         20.0 MiB a second, 08:00 to 18:00\n", shell.out);
        assertEquals(0, shell.run("client", "pool", "web2", "--group", "sites", "--json"), shell.err);
        assertEquals(terms + "\n", shell.out);
        assertEquals("{\"group\":\"sites\"}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("client", "pool", "web2", "off"), shell.err);
        assertEquals("{\"pool\":\"off\"}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("client", "pool", "web2", "--none"), shell.err);
        assertEquals("{}", appliance.bodies.getLast().toString());
        assertEquals(2, shell.run("client", "pool", "web2", "off", "--none"));
    }

    @Test
    void limitsAClientHourByHour() {
        String all = "{\"perSecond\":104857600,\"from\":null,\"to\":null}";
        String day = "{\"perSecond\":1048576,\"from\":\"08:00\",\"to\":\"18:00\"}";
        appliance.on("GET clients/web2/terms", 200, "{\"client\":\"web2\",\"limits\":[" + all + "," + day + "]}");
        appliance.on("POST clients/web2/limits", 200, "{\"client\":\"web2\",\"limits\":[]}");
        assertEquals(0, shell.run("client", "limit", "web2", "2MiB", "--from", "08:00", "--to", "18:00"), shell.err);
        assertEquals("{\"limits\":[" + all + "," + day.replace("1048576", "2097152") + "]}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("client", "limit", "web2", "20MiB"), shell.err);
        assertEquals("{\"limits\":[" + day + "," + all.replace("104857600", "20971520") + "]}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("client", "limit", "web2", "none", "--from", "08:00", "--to", "18:00"), shell.err);
        assertEquals("{\"limits\":[" + all + "]}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("client", "limit", "web2", "none"), shell.err);
        assertEquals("{\"limits\":[]}", appliance.bodies.getLast().toString());
        for (String[] wrong : new String[][] {{"1KiB"}, {"much"}, {"2MiB", "--from", "08:00"}, {"2MiB", "--from", "8", "--to", "9"},
            {"2MiB", "--from", "08:00", "--to", "08:00"}, {"--from", "08:00", "--to", "09:00"}}) {
            String[] call = Stream.concat(Stream.of("client", "limit", "web2"), Stream.of(wrong)).toArray(String[]::new);
            assertEquals(2, shell.run(call), String.join(" ", call));
            assertEquals(1, shell.errLines().size(), shell.err);
        }
    }

    @Test
    void putsAPoolIntoAGroup() {
        appliance.on("POST pools/off", 200, "{\"name\":\"off\",\"livePercent\":70,\"compressionLevel\":5,\"group\":\"sites\",\"patience\":9}");
        assertEquals(0, shell.run("pool", "set", "off", "--group", "sites", "--patience", "9"), shell.err);
        assertEquals("{\"patience\":9,\"group\":\"sites\"}", appliance.bodies.getLast().toString());
        assertTrue(shell.out.endsWith("; group sites, after 9 s\n"), shell.out);
        assertEquals(0, shell.run("pool", "set", "off", "--no-group"), shell.err);
        assertEquals("{\"group\":\"\"}", appliance.bodies.getLast().toString());
        assertEquals(2, shell.run("pool", "set", "off", "--group", "a b"));
        assertEquals(2, shell.run("pool", "set", "off", "--group", "a", "--no-group"));
        appliance.on("POST pools", 201, "{\"name\":\"off\"}");
        assertEquals(0, shell.run("pool", "create", "off", "--driver", "disk", "--node", "n2", "--group", "sites"), shell.err);
        assertEquals("{\"name\":\"off\",\"driver\":\"disk\",\"settings\":{},\"node\":\"n2\",\"group\":\"sites\"}", appliance.bodies.getLast().toString());
    }

    @Test
    void deletesAPool() {
        appliance.on("DELETE pools/off", 200, "{\"name\":\"off\",\"volumes\":[{\"barcode\":null,\"location\":\"/srv/off\"},{\"barcode\":\"A1\",\"location\":\"slot 3\"}]}");
        assertEquals(0, shell.run("pool", "delete", "off"), shell.err);
        assertEquals("pool off is deleted; what lies on /srv/off, A1 stays there\n", shell.out);
        appliance.on("DELETE pools/off", 409, FakeAppliance.problem("pool.used", "pool off is not deleted, it is held by 1 snapshot"));
        assertEquals(1, shell.run("pool", "delete", "off"));
        assertEquals(List.of("azekura: pool off is not deleted, it is held by 1 snapshot"), shell.errLines());
    }

    @Test
    void changesAPool() {
        appliance.on("POST pools/off", 200, "{\"name\":\"off\",\"livePercent\":70,\"compressionLevel\":5}");
        assertEquals(0, shell.run("pool", "set", "off", "--live-percent", "70", "--compression-level", "5"), shell.err);
        assertEquals("{\"livePercent\":70,\"compressionLevel\":5}", appliance.bodies.getLast().toString());
        assertEquals("pool off: packs are rewritten when less than 70 % of them is alive; compression is zstd level 5\n", shell.out);
    }

    @Test
    void showsJobsAndCancelsOne() {
        appliance.job("backup", "running", null, null);
        appliance.on("GET jobs?running", 200, "[" + appliance.answers.get("GET jobs/1").body() + "]");
        String row = "{\"id\":1,\"kind\":\"backup\",\"state\":\"running\",\"client\":\"host\",\"pool\":\"default\",\"started\":null,\"ended\":null,\"files\":2,\"bytes\":10,\"error\":null}";
        assertEquals(0, shell.run("job", "list", "--running", "--json"), shell.err);
        assertEquals("[" + row + "]\n", shell.out);
        assertEquals(0, shell.run("job", "show", "1", "--json"));
        assertEquals(row.replace("}", ",\"saveSet\":null,\"paths\":null,\"detour\":null,\"via\":null,\"from\":null}") + "\n", shell.out);
        appliance.on("GET jobs/1", 200, row.replace("}", ",\"saveSet\":\"srv\",\"paths\":[\"/srv/a%25\",\"/etc\"],\"detour\":\"n1 is away\"}"));
        assertEquals(0, shell.run("job", "show", "1"));
        assertTrue(shell.out.contains("detour        n1 is away\n"), shell.out);
        assertTrue(shell.out.contains("save set      srv\npath          /srv/a%\npath          /etc\n"), shell.out);
        appliance.on("GET jobs/1", 200, "{\"id\":1,\"state\":\"running\"}");
        appliance.on("POST jobs/1/cancel", 200, "{\"id\":1,\"state\":\"cancelled\"}");
        assertEquals(0, shell.run("job", "cancel", "1"), shell.err);
        assertEquals("job 1 cancelled\n", shell.out);
        appliance.on("POST jobs/1/cancel", 200, "{\"id\":1,\"state\":\"running\"}");
        assertEquals(1, shell.run("job", "cancel", "1"));
        assertEquals(1, shell.errLines().size(), shell.err);
        assertTrue(shell.err.contains("has not ended"), shell.err);
        appliance.on("GET jobs/1/log", 200, "[{\"time\":\"2026-01-02T03:04:05Z\",\"level\":\"warn\",\"text\":\"slow\"}]");
        assertEquals(0, shell.run("job", "log", "1"));
        assertTrue(shell.out.endsWith("warn  slow\n"), shell.out);
    }

    @Test
    void makesAPoolWhoseFolderIsSeenFromHere() {
        appliance.on("POST pools", 201, "{\"name\":\"off\"}");
        assertEquals(0, shell.run("pool", "create", "off", "--driver", "disk", "--set", "path=off", "--set", "x=y=z"), shell.err);
        assertEquals("{\"name\":\"off\",\"driver\":\"disk\",\"settings\":{\"path\":\"" + Path.of("off").toAbsolutePath() + "\",\"x\":\"y=z\"}}",
                appliance.bodies.getFirst().toString());
    }

    @Test
    void showsPoolsVolumesAndClients() {
        appliance.on("GET pools", 200, "[{\"name\":\"default\",\"driver\":\"disk\",\"node\":\"host\",\"used\":2048,\"capacity\":-1,\"created\":null,\"keyExported\":null}]");
        assertEquals(0, shell.run("pool", "list"));
        assertTrue(shell.out.contains("never"), shell.out);
        String volumes = "[{\"label\":\"v1\",\"barcode\":null,\"pool\":\"default\",\"state\":\"appendable\",\"location\":\"/p\",\"used\":2048,\"capacity\":-1}]";
        appliance.on("GET volumes?pool=default", 200, volumes);
        assertEquals(0, shell.run("volume", "list", "--pool", "default", "--json"));
        assertEquals(volumes + "\n", shell.out);
        String hosts = "[{\"name\":\"n1\",\"role\":\"node\",\"connected\":true,\"lastSeen\":null,\"version\":\"0.1.0\",\"expires\":null,\"revoked\":null,\"used\":null,\"quota\":null},"
                + "{\"name\":\"web1\",\"role\":\"client\",\"connected\":false,\"lastSeen\":null,\"expires\":null,\"revoked\":\"2026-01-02T03:04:05Z\",\"used\":2048,"
                + "\"quota\":-1},{\"name\":\"web2\",\"role\":\"client\",\"connected\":false,\"lastSeen\":null,\"expires\":null,\"revoked\":null,\"used\":0,\"quota\":4096}]";
        appliance.on("GET hosts", 200, hosts);
        assertEquals(0, shell.run("client", "list"));
        assertEquals("NAME  ROLE    STATE      LAST SEEN  VERSION  CERTIFICATE UNTIL  USED      QUOTA\nn1    node    connected             0.1.0\n"
                + "web1  client  revoked                                           2.00 KiB\nweb2  client  gone                                              0 B       4.00 KiB\n", shell.out);
        assertEquals(0, shell.run("client", "list", "--json"));
        assertEquals(hosts + "\n", shell.out);
    }

    @Test
    void writesTheRecoveryFileForItsOwnerAndOverwritesNothing() throws Exception {
        appliance.on("POST pools/default/recovery", 200, "secret\n");
        Path file = home.resolve("default.key");
        assertEquals(0, shell.run("key", "export", "--pool", "default", "--to", file.toString()), shell.err);
        assertEquals("secret\n", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(1, shell.run("key", "export", "--pool", "default", "--to", file.toString()));
        assertEquals(1, shell.errLines().size());
        assertEquals(1, appliance.asked.size());
    }

    @Test
    void asksForNoKeyThatItCannotWriteAndMindsNoFileLeftBefore() throws Exception {
        appliance.on("POST pools/default/recovery", 200, "secret\n");
        assertEquals(1, shell.run("key", "export", "--pool", "default", "--to", home.resolve("nowhere/default.key").toString()));
        assertEquals(1, shell.errLines().size());
        assertEquals(1, shell.run("key", "export", "--pool", "default", "--to", home.toString()));
        assertTrue(appliance.asked.isEmpty());

        Files.writeString(home.resolve("default.key.new"), "left by a killed command");
        assertEquals(0, shell.run("key", "export", "--pool", "default", "--to", home.resolve("default.key").toString()), shell.err);
        assertEquals("left by a killed command", Files.readString(home.resolve("default.key.new")));
    }

    @Test
    void leavesNothingBehindWhenNoKeyIsHandedOut() throws Exception {
        appliance.on("POST pools/none/recovery", 404, FakeAppliance.problem("pool.unknown", "there is none"));
        List<String> before = names();
        assertEquals(1, shell.run("key", "export", "--pool", "none", "--to", home.resolve("none.key").toString()));
        assertEquals(before, names());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
