package org.azekura.cli.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.azekura.cli.FakeAppliance;
import org.azekura.cli.OnTheLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Save sets, policies and hooks. */
class ProtectionOnTheLineTest extends OnTheLine {

    private static final String SET = "{\"name\":\"docs\",\"client\":\"app\",\"via\":\"proxy\",\"paths\":[\"/mnt/caf%E9\"],"
            + "\"rules\":[{\"include\":false,\"kind\":\"LARGER\",\"value\":\"7\"}],\"oneFileSystem\":true,\"pre\":\"freeze\",\"post\":\"thaw\",\"dump\":null}";
    private static final String POLICY = "{\"name\":\"nightly\",\"saveSets\":[{\"client\":\"app\",\"name\":\"docs\"}],\"pool\":\"default\",\"copyTo\":[\"off\"]}";
    private static final String RESULT = "{\"snapshot\":\"s1\",\"job\":1,\"files\":2,\"bytes\":10,\"stored\":3,\"warnings\":[]}";

    @Test
    void makesASaveSetWithItsRulesInOrder() {
        appliance.on("POST save-sets", 201, SET);
        assertEquals(0, shell.run("save-set", "create", "docs", "--client", "app", "--via", "proxy", "--include", "/mnt/a", "/mnt/b", "--exclude", "*.tmp",
                "--include-pattern", "keep", "--exclude", "larger:7", "--one-file-system", "--pre", "freeze", "--post", "thaw"), shell.err);
        assertEquals("{\"name\":\"docs\",\"oneFileSystem\":true,\"rules\":[{\"include\":false,\"pattern\":\"*.tmp\"},{\"include\":true,\"pattern\":\"keep\"},"
                + "{\"include\":false,\"pattern\":\"larger:7\"}],\"paths\":[\"/mnt/a\",\"/mnt/b\"],\"client\":\"app\",\"via\":\"proxy\",\"pre\":\"freeze\",\"post\":\"thaw\"}",
                appliance.bodies.getLast().toString());
        assertTrue(shell.out.contains("larger:7") && shell.out.contains("proxy"), shell.out);
        assertEquals(0, shell.run("save-set", "create", "db", "--dump", "pg-dump", "--json"), shell.err);
        assertEquals("{\"name\":\"db\",\"oneFileSystem\":false,\"rules\":[],\"paths\":[],\"dump\":\"pg-dump\"}", appliance.bodies.getLast().toString());
        assertEquals(SET + "\n", shell.out);
    }

    @Test
    void changesWhatIsGivenOfASaveSetAndNothingElse() {
        appliance.on("POST save-sets/docs?client=app", 200, SET);
        appliance.on("POST save-sets/docs", 200, SET);
        for (String[] given : new String[][] {{"app/docs --include /a /b --exclude *.tmp", "{'paths':['/a','/b'],'rules':[{'include':false,'pattern':'*.tmp'}]}"},
            {"docs --client app --no-one-file-system --pre= --via proxy", "{'oneFileSystem':false,'via':'proxy','pre':''}"},
            {"docs --no-patterns", "{'rules':[]}"}, {"docs --dump= --include /a", "{'paths':['/a'],'dump':''}"},
            {"docs --dump pg-dump --pre freeze", "{'paths':[],'rules':[],'oneFileSystem':false,'pre':'freeze','dump':'pg-dump'}"}}) {
            assertEquals(0, shell.run(("save-set change " + given[0]).split(" ")), shell.err);
            assertEquals(given[1].replace('\'', '"'), appliance.bodies.getLast().toString());
            assertTrue(shell.out.contains("larger:7"), shell.out);
        }
        assertEquals(0, shell.run("save-set", "change", "docs", "--no-patterns", "--json"), shell.err);
        assertEquals(SET + "\n", shell.out);
        assertEquals(1, shell.run("save-set", "change", "none", "--no-patterns"));
    }

    @Test
    void listsShowsAndDeletesSaveSets() {
        appliance.on("GET save-sets", 200, "[" + SET + "]");
        appliance.on("GET save-sets?client=app", 200, "[" + SET + "]");
        appliance.on("GET save-sets/docs?client=app", 200, SET);
        appliance.on("DELETE save-sets/docs?client=app", 200, SET);
        assertEquals(0, shell.run("save-set", "list"), shell.err);
        assertTrue(shell.out.contains("pre=freeze post=thaw"), shell.out);
        assertEquals(0, shell.run("save-set", "list", "--client", "app", "--json"));
        assertEquals("[" + SET + "]\n", shell.out);
        for (List<String> one : List.of(List.of("docs", "--client", "app"), List.of("app/docs"), List.of("app/docs", "--client", "app"))) {
            assertEquals(0, shell.run(line("save-set", "show", one)), shell.err);
            assertEquals(0, shell.run(line("save-set", "delete", one)), shell.err);
            assertTrue(shell.out.contains("snapshots are there still"), shell.out);
        }
        assertEquals(1, shell.run("save-set", "show", "none"));
    }

    private static String[] line(String noun, String verb, List<String> rest) {
        List<String> line = new ArrayList<>(List.of(noun, verb));
        line.addAll(rest);
        return line.toArray(String[]::new);
    }

    @Test
    void backsUpAKeptSaveSetByItsName() {
        appliance.job("backup", "done", null, RESULT);
        assertEquals(0, shell.run("backup", "--name", "docs", "--client", "app"), shell.err);
        assertEquals("{\"kind\":\"backup\",\"saveSet\":\"docs\",\"oneFileSystem\":false,\"dryRun\":false,\"rules\":[],\"client\":\"app\"}",
                appliance.bodies.getFirst().toString());
        assertEquals("s1", shell.out.lines().toList().getLast());
    }

    @Test
    void restoresWithHooks() {
        appliance.job("restore", "done", null, "{\"job\":1,\"files\":2,\"bytes\":10,\"notRestored\":[]}");
        assertEquals(0, shell.run("restore", "s1", "--to", "/r", "--client", "web", "--pre", "stop", "--post", "start"), shell.err);
        assertEquals("web stop start", appliance.bodies.getFirst().path("client").asText() + " " + appliance.bodies.getFirst().path("pre").asText() + " "
                + appliance.bodies.getFirst().path("post").asText());
    }

    @Test
    void makesListsShowsAndDeletesPolicies() {
        appliance.on("POST policies", 201, POLICY);
        appliance.on("GET policies", 200, "[" + POLICY + "]");
        appliance.on("GET policies/nightly", 200, POLICY);
        appliance.on("DELETE policies/nightly", 200, POLICY);
        assertEquals(0, shell.run("policy", "create", "nightly", "--save-set", "docs", "app/db", "--save-set", "etc", "--pool", "default", "--copy-to", "off"), shell.err);
        assertEquals("{\"name\":\"nightly\",\"pool\":\"default\",\"saveSets\":[\"docs\",\"app/db\",\"etc\"],\"copyTo\":[\"off\"]}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("policy", "list"));
        assertTrue(shell.out.contains("app/docs"), shell.out);
        assertEquals(0, shell.run("policy", "show", "nightly", "--json"));
        assertEquals(POLICY + "\n", shell.out);
        assertEquals(0, shell.run("policy", "delete", "nightly"));
    }

    @Test
    void runsAPolicyFollowsTheCopiesThatTheServerOrderedAndEndsAsTheWorst() {
        run("done", "[\"off\"]", "{\"client\":\"app\",\"saveSet\":\"docs\",\"job\":1,\"code\":null,\"error\":null}");
        appliance.on("GET jobs/1/result", 200, RESULT.replace("\"warnings\":[]", "\"warnings\":[{\"path\":\"/x\",\"reason\":\"r\"}],\"copies\":[{\"to\":\"off\",\"job\":1}]"));
        appliance.streams.add(List.of(FakeAppliance.progress("done")));
        assertEquals(0, shell.run("policy", "run", "nightly", "--json"), shell.err);
        assertEquals(List.of("POST policies/nightly/run"), appliance.asked.stream().filter(call -> call.startsWith("POST")).toList(), "the server orders the copies");
        assertEquals("{\"policy\":\"nightly\",\"jobs\":[{\"kind\":\"backup\",\"client\":\"app\",\"saveSet\":\"docs\",\"job\":1,\"state\":\"done\",\"snapshot\":\"s1\","
                + "\"to\":null,\"error\":null},{\"kind\":\"copy\",\"client\":\"app\",\"saveSet\":\"docs\",\"job\":1,\"state\":\"done\",\"snapshot\":\"s1\",\"to\":\"off\","
                + "\"error\":null}]}\n", shell.out);

        run("warned", "[]", "{\"client\":\"app\",\"saveSet\":\"docs\",\"job\":1,\"code\":null,\"error\":null}");
        assertEquals(3, shell.run("policy", "run", "nightly"), shell.err);
        assertEquals("backup app/docs: warned, snapshot s1\n", shell.out);

        run("warned", "[]", "{\"client\":\"app\",\"saveSet\":\"away\",\"job\":null,\"code\":\"client.offline\",\"error\":\"client app is not connected\"},"
                + "{\"client\":\"app\",\"saveSet\":\"docs\",\"job\":1,\"code\":null,\"error\":null}");
        assertEquals(1, shell.run("policy", "run", "nightly"));
        assertTrue(shell.err.contains("azekura: app/away: client app is not connected"), shell.err);
        assertTrue(shell.out.contains("backup app/docs: warned"), shell.out);

        run("failed", "[\"off\"]", "{\"client\":\"app\",\"saveSet\":\"docs\",\"job\":1,\"code\":null,\"error\":null}");
        assertEquals(1, shell.run("policy", "run", "nightly"));
        assertEquals("backup app/docs: failed\n", shell.out);
    }

    private void run(String state, String copies, String steps) {
        appliance.job("backup", state, null, RESULT);
        appliance.on("POST policies/nightly/run", 202, "{\"policy\":\"nightly\",\"copyTo\":" + copies + ",\"steps\":[" + steps + "]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"save-set", "save-set create", "save-set create docs", "save-set create docs --include /a --dump x", "save-set create docs --include /a --pre /bin/sh",
        "save-set create docs --include /a --post ../x", "save-set create docs --include", "save-set create docs --include /a --exclude re:[", "save-set show", "save-set delete",
        "save-set create docs --dump x --exclude *.tmp", "save-set create docs --dump x --one-file-system", "save-set show app/docs --client web", "save-set change", "save-set change docs", "save-set change docs --no-patterns --exclude x", "save-set change docs --include /a --dump x",
        "save-set change docs --pre ../x", "save-set create docs --include /a --pre=",
        "policy", "policy create", "policy create x --pool p", "policy create x --save-set s", "policy create x --save-set s --pool p --missed perhaps",
        "policy create x --save-set s --pool p --spread soon", "policy change x", "policy change", "policy change x --priority much", "policy enable", "policy run", "policy delete", "backup --name docs --exclude x", "backup --name docs --one-file-system",
        "restore abc --to /x --pre rm;x"})
    void saysWrongUsageInOneLineAndAsksNothing(String line) {
        assertEquals(2, shell.run(line.split(" ")), line);
        assertEquals(1, shell.errLines().size(), shell.err);
        assertEquals(List.of(), appliance.asked);
    }

    @Test
    void aRebuildNamesWhatIsNotInForceAndEndsWithWarnings() {
        String result = "{\"job\":1,\"pools\":[\"main\"],\"snapshots\":1,\"files\":2,\"pages\":3,\"leftOut\":[],\"warnings\":[\"policy daily copies to pool off, which is not here\"]}";
        appliance.job("rebuild", "warned", null, result);
        assertEquals(3, shell.run("catalog", "rebuild", "--from", "/"), shell.err);
        assertTrue(shell.err.contains("policy daily copies to pool off") && shell.out.contains("brought back 1 snapshot with 2 files"), shell.err + shell.out);
    }

    @Test
    void saysWhenAPolicyRunsAndChangesIt() {
        String policy = "{\"name\":\"nightly\",\"saveSets\":[],\"pool\":\"default\",\"copyTo\":[],\"schedule\":\"daily 22:00\",\"zone\":\"Asia/Tokyo\",\"blackouts\":[\"sun\"],\"leaveOut\":true,"
                + "\"catchUp\":true,\"priority\":70,\"atOnce\":2,\"spread\":60,\"retries\":2,\"retryAfter\":600,\"enabled\":true,\"keep\":\"last=3\",\"next\":[\"2026-11-27T13:00:00Z\"],"
                + "\"last\":[{\"due\":\"2026-11-26T13:00:00Z\",\"state\":\"failed\",\"byHand\":false,\"why\":\"host/docs: it is away\"}]}";
        appliance.on("POST policies", 201, policy);
        appliance.on("POST policies/nightly", 200, policy);
        assertEquals(0, shell.run("policy", "create", "nightly", "--save-set", "docs", "--pool", "default", "--schedule", "daily 22:00", "--zone", "Asia/Tokyo", "--blackout", "sun", "--in-blackout",
                "skip", "--missed", "run", "--priority", "70", "--at-once", "2", "--spread", "1m", "--retries", "2", "--retry-after", "10m", "--keep", "last=3", "daily=7"), shell.err);
        assertEquals("{\"name\":\"nightly\",\"pool\":\"default\",\"saveSets\":[\"docs\"],\"schedule\":\"daily 22:00\",\"zone\":\"Asia/Tokyo\",\"blackouts\":[\"sun\"],\"leaveOut\":true,\"catchUp\":true,"
                + "\"priority\":70,\"atOnce\":2,\"spread\":60,\"retries\":2,\"retryAfter\":600,\"keep\":\"last=3,daily=7\"}", appliance.bodies.getLast().toString());
        assertTrue(shell.out.contains("daily 22:00 in Asia/Tokyo") && shell.out.contains("host/docs: it is away"), shell.out);
        assertEquals(0, shell.run("policy", "change", "nightly", "--blackout", "", "--copy-to", ""), shell.err);
        assertEquals("{\"copyTo\":[],\"blackouts\":[]}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("policy", "disable", "nightly"), shell.err);
        assertEquals("{\"enabled\":false}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("policy", "enable", "nightly", "--json"), shell.err);
        assertEquals(policy + "\n", shell.out);
    }

    @Test
    void saysWhenPoliciesRunNextAndTriesASchedule() {
        String runs = "[{\"policy\":\"nightly\",\"at\":\"2026-11-27T13:00:00Z\"}]";
        appliance.on("GET schedules/next?limit=3", 200, runs);
        assertEquals(0, shell.run("policy", "next", "--limit", "3"), shell.err);
        assertTrue(shell.out.matches("BEGINS +POLICY\n2026-11-2[78] \\d\\d:\\d\\d:00  nightly\n"), shell.out);
        assertEquals(0, shell.run("policy", "next", "--limit", "3", "--json"), shell.err);
        assertEquals(runs + "\n", shell.out);
        appliance.on("POST schedules/preview", 200, "{\"zone\":\"Asia/Tokyo\",\"next\":[\"2026-11-27T13:00:00Z\"]}");
        assertEquals(0, shell.run("policy", "preview", "daily 22:00", "--zone", "Asia/Tokyo", "--blackout", "sun", "--in-blackout", "skip", "--count", "1"), shell.err);
        assertEquals("{\"schedule\":\"daily 22:00\",\"count\":1,\"zone\":\"Asia/Tokyo\",\"blackouts\":[\"sun\"],\"leaveOut\":true}", appliance.bodies.getLast().toString());
        assertTrue(shell.out.matches("2026-11-2[78] \\d\\d:\\d\\d:00\n"), shell.out);
        assertEquals(2, shell.run("policy", "preview"));
        assertEquals(2, shell.run("policy", "preview", "daily 22:00", "--in-blackout", "perhaps"));
    }

    @Test
    void tellsOfTheAppliancesOwnBackup() {
        String backup = "{\"pools\":[{\"pool\":\"default\",\"node\":\"n\",\"written\":\"2026-01-02T03:04:05Z\",\"current\":true,\"problem\":\"\"},"
                + "{\"pool\":\"tape\",\"node\":\"n\",\"written\":null,\"current\":false,\"problem\":\"\"}],\"newest\":\"2026-01-02T03:04:05Z\","
                + "\"left\":[{\"kind\":\"user\",\"name\":\"ann\",\"what\":\"user ann is kept out\",\"command\":\"azekura user reset ann\"}]}";
        appliance.on("GET appliance/backup", 200, backup);
        appliance.on("POST appliance/backup", 200, backup.replace("false", "true"));
        appliance.on("POST appliance/backup/forget", 200, "{\"pools\":[],\"newest\":null,\"left\":[]}");
        assertEquals(3, shell.run("catalog", "backup"), shell.err);
        assertTrue(shell.out.contains("never") && shell.out.contains("to be written") && shell.out.contains("user ann is kept out: azekura user reset ann\n"), shell.out);
        assertEquals(0, shell.run("catalog", "backup", "--now", "--json"), shell.err);
        assertEquals(0, shell.run("catalog", "backup", "--forget"), shell.err);
        assertEquals(2, shell.run("catalog", "backup", "--now", "--forget"));
    }
}
