package org.azekura.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.cli.FakeAppliance;
import org.azekura.cli.OnTheLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands that order a job and wait for it. */
@Timeout(300)
class JobsOnTheLineTest extends OnTheLine {

    private static final String ID = "0193b2c4d5e6000000000000000000aa";

    private static String backup(String warnings) {
        return "{\"snapshot\":\"" + ID + "\",\"job\":1,\"files\":2,\"bytes\":10,\"stored\":5,\"warnings\":" + warnings + "}";
    }

    @Test
    void backsUpAndPrintsTheSnapshotAsItsLastLine() {
        appliance.job("backup", "done", null, backup("[]"));
        assertEquals(0, shell.run("backup", "/srv/data"), shell.err);
        assertEquals(ID, shell.out.lines().toList().getLast());
        assertEquals("", shell.err);
    }

    @Test
    void ordersWhatTheLineSaysInItsOrder() {
        appliance.job("backup", "done", null, backup("[]"));
        assertEquals(0, shell.run("backup", "--exclude", "*.tmp", "--include=keep", "--exclude", "re:x$", "--client", "web", "--pool", "off", "--one-file-system",
                "/srv/a b", "rel/x"), shell.err);
        JsonNode order = appliance.bodies.getFirst();
        assertEquals("[{\"include\":false,\"pattern\":\"*.tmp\"},{\"include\":true,\"pattern\":\"keep\"},{\"include\":false,\"pattern\":\"re:x$\"}]",
                order.path("rules").toString());
        assertEquals("[\"/srv/a b\",\"" + Path.of("").toAbsolutePath() + "/rel/x\"]", order.path("paths").toString());
        assertEquals("web", order.path("client").asText());
        assertEquals("off", order.path("pool").asText());
        assertTrue(order.path("oneFileSystem").asBoolean());
    }

    @Test
    void namesEachWarningAndExitsWithThree() {
        appliance.job("backup", "warned", null, backup("[{\"path\":\"/%FF\",\"reason\":\"denied\"},{\"path\":\"/a%0Ab\",\"reason\":\"changed\"}]"));
        assertEquals(3, shell.run("backup", "/x"));
        assertEquals("azekura: warning: /%FF: denied\nazekura: warning: /a%0Ab: changed\n", shell.err);
        assertEquals(ID, shell.out.lines().toList().getLast());
    }

    @Test
    void answersInJsonWithTheKeysPromised() throws Exception {
        appliance.job("backup", "warned", null, backup("[{\"path\":\"/a%0Ab\",\"reason\":\"denied\"}]"));
        assertEquals(3, shell.run("backup", "/x", "--json"));
        assertEquals("{\"snapshot\":\"" + ID + "\",\"job\":1,\"files\":2,\"bytes\":10,\"stored\":5,\"pool\":null,\"detour\":null,\"warnings\":[{\"path\":\"/a\\nb\",\"reason\":\"denied\"}]}\n", shell.out);
    }

    @Test
    void exitsWithOneAndOneLineForAFailedJob() {
        appliance.job("backup", "failed", "/nope: no such file or directory", null);
        assertEquals(1, shell.run("backup", "/nope"));
        assertEquals("azekura: job 1 failed: /nope: no such file or directory\n", shell.err);
        assertEquals("", shell.out);
    }

    @Test
    void saysThatAnotherPoolStoodIn() {
        appliance.job("backup", "done", null, backup("[]").replace("\"warnings\"", "\"pool\":\"b\",\"detour\":\"pool a can't take it\",\"warnings\""));
        assertEquals(0, shell.run("backup", "--pool", "a", "--limit", "20MiB", "/x"));
        assertEquals("azekura: saved to pool b: pool a can't take it\n", shell.err);
        assertEquals(20 << 20, appliance.bodies.getFirst().path("limit").asInt());
        appliance.job("backup", "done", null, backup("[]"));
        assertEquals(0, shell.run("backup", "--pool", "a", "--only", "/x"));
        assertTrue(appliance.bodies.getLast().path("only").asBoolean());
        assertEquals(2, shell.run("backup", "--limit", "much", "/x"));
        assertEquals(2, shell.run("restore", "s1", "--to", "/x", "--limit", "1KiB"));
    }

    @Test
    void listsWhatADryRunWouldSave() {
        appliance.job("backup", "done", null, "{\"snapshot\":null,\"job\":1,\"files\":1,\"bytes\":1,\"stored\":0,\"warnings\":[],\"listed\":[\"/x/%C3\",\"/x/100%25\"]}");
        assertEquals(0, shell.run("backup", "--dry-run", "/x"));
        assertEquals("/x/%C3\n/x/100%\n", shell.out);
        assertEquals("x: 1 files and folders would be saved; nothing was (job 1)\n", shell.err);
        appliance.job("backup", "done", null, "{\"snapshot\":null,\"job\":1,\"files\":1,\"bytes\":1,\"stored\":0,\"warnings\":[],\"listed\":[\"/x/%C3\",\"/x/100%25\"]}");
        assertEquals(0, shell.run("backup", "--dry-run", "/x", "--json"));
        assertEquals("", shell.err);
        assertTrue(appliance.bodies.getFirst().path("dryRun").asBoolean());
    }

    @Test
    void staysWithAJobThatIsResumed() {
        appliance.job("backup", "warned", null, backup("[]"));
        appliance.on("POST jobs/1/resume", 200, "{\"id\":1,\"state\":\"queued\"}");
        assertEquals(3, shell.run("job", "resume", "1"), shell.err);
        assertTrue(appliance.asked.contains("POST jobs/1/resume"), appliance.asked::toString);
        appliance.on("POST jobs/1/resume", 409, "{\"code\":\"job.done\",\"detail\":\"job 1 is done\"}");
        assertEquals(1, shell.run("job", "resume", "1"));
        assertTrue(shell.err.contains("job 1 is done"), shell.err);
    }

    @Test
    void goesOnAfterTheStreamBroke() {
        appliance.job("backup", "done", null, backup("[]"));
        List<List<String>> ends = new ArrayList<>(appliance.streams);
        appliance.streams.clear();
        appliance.streams.add(List.of(FakeAppliance.progress("running"), ":\n\n"));
        appliance.streams.add(List.of());
        appliance.streams.addAll(ends);
        shell.patience = Duration.ofSeconds(20);
        assertEquals(0, shell.run("backup", "/x"), shell.err);
        assertEquals(3, appliance.asked.stream().filter(call -> call.startsWith("GET events")).count());
    }

    @Test
    @Timeout(300)
    void asksForTheJobWhenNoEventTellsOfItsEnd() {
        appliance.job("backup", "done", null, backup("[]"));
        appliance.streams.clear();
        appliance.streams.add(List.of(FakeAppliance.progress("running"), ":\n\n", FakeAppliance.STAYS));
        shell.quiet = Duration.ZERO;
        assertEquals(0, shell.run("backup", "/x"), shell.err);
        assertEquals(1, appliance.asked.stream().filter(call -> call.startsWith("GET events")).count());
    }

    @Test
    void exitsWithFiveWhenTheApplianceGoesAway() {
        appliance.on("POST jobs", 202, "{\"id\":1}");
        appliance.streams.add(List.of(FakeAppliance.progress("running"), FakeAppliance.DIES));
        assertEquals(5, shell.run("backup", "/x"), shell.err);
        assertEquals(1, shell.errLines().size(), shell.err);
        assertTrue(shell.err.contains("azekura job watch 1"), shell.err);
    }

    @Test
    void saysThatAJobIsParkedAndLeavesIt() {
        appliance.job("backup", "parked", "pool default is full", null);
        assertEquals(1, shell.run("backup", "--park-wait", "0", "/x"));
        assertEquals(List.of("azekura: job 1 parked: pool default is full"), shell.errLines());
    }

    @Test
    void prunesAndSaysWhy() {
        String result = "{\"job\":1,\"dryRun\":true,\"packs\":3,\"dropped\":1,\"rewritten\":1,\"kept\":1,\"freed\":3072,\"written\":0,\"live\":2048,\"pages\":0,"
                + "\"reasons\":[{\"action\":\"dropped\",\"why\":\"nobody needs it\",\"packs\":1,\"bytes\":1024,\"live\":0},"
                + "{\"action\":\"rewritten\",\"why\":\"little is needed\",\"packs\":1,\"bytes\":2048,\"live\":512}],\"plans\":[]}";
        appliance.job("prune", "done", null, result);
        assertEquals(0, shell.run("prune", "--pool", "off", "--dry-run", "--json"), shell.err);
        assertEquals(result + "\n", shell.out);
        assertEquals("{\"kind\":\"prune\",\"dryRun\":true,\"early\":false,\"pool\":\"off\"}", appliance.bodies.getFirst().toString());
        appliance.job("prune", "done", null, result);
        assertEquals(0, shell.run("prune", "--dry-run"), shell.err);
        assertEquals("1 pack would be dropped, 0 B of 1.00 KiB needed: nobody needs it\n1 pack would be rewritten, 512 B of 2.00 KiB needed: little is needed\n"
                + "3.00 KiB would be freed, 512 B of it written anew (job 1)\n", shell.out);
        appliance.job("prune", "failed", "nothing was pruned", null);
        assertEquals(1, shell.run("prune"));
        assertEquals("azekura: job 1 failed: nothing was pruned\n", shell.err);
        appliance.job("prune", "done", null, result);
        shell.run("prune", "--early", "--json");
        assertEquals("{\"kind\":\"prune\",\"dryRun\":false,\"early\":true}", appliance.bodies.getLast().toString());
    }

    @Test
    void copiesAndNamesWhatWasNot() {
        String whole = "{\"job\":1,\"snapshots\":[\"" + ID + "\"],\"packs\":2,\"bytes\":2048,\"left\":[],\"damaged\":[]}";
        appliance.job("copy", "done", null, whole);
        assertEquals(0, shell.run("copy", "--to", "off", "--pool", "default", "--json"), shell.err);
        assertEquals(whole + "\n", shell.out);
        assertEquals("{\"kind\":\"copy\",\"to\":\"off\",\"pool\":\"default\"}", appliance.bodies.getFirst().toString());
        appliance.job("copy", "warned", null, "{\"job\":1,\"snapshots\":[],\"packs\":0,\"bytes\":0,\"left\":[{\"snapshot\":\"" + ID
                + "\",\"reason\":\"too bad\"}],\"damaged\":[{\"pack\":\"ab\",\"volume\":\"v\",\"snapshots\":[],\"files\":[],\"what\":\"torn\"}]}");
        assertEquals(3, shell.run("copy", "--to", "off", "--snapshot", "0193"));
        assertEquals("azekura: warning: pack ab on volume v is damaged and was not copied: torn\nazekura: warning: snapshot " + ID
                + " has no copy: too bad\n", shell.err);
        assertEquals("0 snapshots copied to pool off with 0 packs, 0 B (job 1)\n", shell.out);
        assertEquals(2, shell.run("copy", "--to", "off"));
        assertEquals(2, shell.run("copy", "--to", "off", "--pool", "a", "--snapshot", "b"));
    }

    @Test
    void ordersAVerifyByDepthAndBudget() {
        appliance.job("verify", "done", null, "{\"job\":1,\"packs\":7,\"damaged\":[],\"healed\":[]}");
        assertEquals(0, shell.run("verify", "--depth", "index", "--budget", "2h"), shell.err);
        assertEquals("{\"kind\":\"verify\",\"depth\":\"index\",\"bytes\":0,\"seconds\":7200}", appliance.bodies.getFirst().toString());
        appliance.job("verify", "done", null, "{\"job\":1,\"packs\":7,\"damaged\":[],\"healed\":[]}");
        assertEquals(0, shell.run("verify", "--budget", "2GiB"), shell.err);
        assertEquals(2L << 30, appliance.bodies.getLast().path("bytes").asLong());
    }

    @Test
    void deletesSnapshotsAndNamesThoseItCouldNot() {
        appliance.on("DELETE snapshots/0193", 200, "{\"id\":\"" + ID + "\"}");
        appliance.on("DELETE snapshots/ffff", 404, FakeAppliance.problem("snapshot.unknown", "there is no snapshot ffff"));
        assertEquals(0, shell.run("snapshot", "delete", "0193"), shell.err);
        assertEquals("snapshot " + ID + " deleted\n", shell.out);
        assertEquals(3, shell.run("snapshot", "delete", "0193", "ffff"));
        assertEquals("azekura: warning: ffff was not deleted: there is no snapshot ffff\n", shell.err);
        assertEquals(1, shell.run("snapshot", "delete", "ffff"));
        assertEquals("azekura: there is no snapshot ffff\n", shell.err);
    }

    @Test
    void restoresAndNamesWhatIsNotRestored() {
        appliance.job("restore", "warned", null, "{\"job\":1,\"files\":2,\"bytes\":10,\"notRestored\":[{\"path\":\"/a\",\"reason\":\"damaged\","
                + "\"ranges\":[{\"from\":0,\"to\":4096}]}]}");
        assertEquals(3, shell.run("restore", ID, "/a", "--to", "out", "--json"));
        assertEquals("{\"job\":1,\"files\":2,\"bytes\":10,\"notRestored\":[{\"path\":\"/a\",\"reason\":\"damaged\",\"ranges\":[{\"from\":0,\"to\":4096}]}]}\n", shell.out);
        assertEquals("", shell.err);
        JsonNode order = appliance.bodies.getFirst();
        assertEquals(Path.of("out").toAbsolutePath().toString(), order.path("to").asText());
        assertEquals("never", order.path("overwrite").asText());
        assertEquals("[\"/a\"]", order.path("paths").toString());
    }

    @Test
    void namesTheBytesThatAreMissing() {
        appliance.job("restore", "warned", null, "{\"job\":1,\"files\":2,\"bytes\":10,\"notRestored\":[{\"path\":\"/a\",\"reason\":\"damaged\","
                + "\"ranges\":[{\"from\":0,\"to\":4096},{\"from\":8192,\"to\":9000}]}]}");
        assertEquals(3, shell.run("restore", ID, "--to", "/tmp/r"));
        assertEquals("azekura: warning: /a: damaged (bytes 0-4096, 8192-9000)\n", shell.err);
    }

    @Test
    void restoresNamesThatAreNotUtf8() {
        appliance.job("restore", "done", null, "{\"job\":1,\"files\":1,\"bytes\":1,\"notRestored\":[]}");
        assertEquals(0, shell.run("restore", ID, "/srv/caf%E9", "--to", "/tmp/r", "--path-encoding", "percent", "--overwrite", "older"), shell.err);
        assertEquals("[\"/srv/caf%E9\"]", appliance.bodies.getFirst().path("paths").toString());
        assertEquals("older", appliance.bodies.getFirst().path("overwrite").asText());
    }

    @Test
    void exitsByWhatAVerifyFound() {
        String damage = "[{\"pack\":\"ab\",\"volume\":\"v1\",\"snapshots\":[\"s\"],\"files\":[\"s:/a\"],\"what\":\"checksum\"}]";
        appliance.job("verify", "done", null, "{\"job\":1,\"packs\":7,\"damaged\":[],\"healed\":[]}");
        assertEquals(0, shell.run("verify", "--json"));
        assertEquals("{\"packs\":7,\"damaged\":[],\"healed\":[]}\n", shell.out);
        appliance.job("verify", "failed", "1 pack is damaged", "{\"job\":1,\"packs\":7,\"damaged\":" + damage + ",\"healed\":[]}");
        assertEquals(1, shell.run("verify", "--pool", "default"));
        assertTrue(shell.err.contains("pack ab on volume v1 damaged: checksum"), shell.err);
        appliance.job("verify", "warned", null, "{\"job\":1,\"packs\":7,\"damaged\":[],\"healed\":" + damage + "}");
        assertEquals(3, shell.run("verify", "--snapshot", ID));
        String gone = "\"pool\":\"default\",\"blob\":\"key ring\",\"what\":\"it is gone\",\"damaged\":";
        appliance.job("verify", "warned", null, "{\"job\":1,\"packs\":7,\"damaged\":[],\"healed\":[],\"records\":[{" + gone + "false}]}");
        assertEquals(3, shell.run("verify"));
        assertEquals("7 packs read, 0 damaged, 0 healed; beside packs 0 damaged, 1 laid down anew (job 1)\n", shell.out);
        appliance.job("verify", "failed", "1 record beside packs is damaged", "{\"job\":1,\"packs\":7,\"damaged\":[],\"healed\":[],\"records\":[{" + gone + "true},{" + gone + "false}]}");
        assertEquals(1, shell.run("verify"));
        assertEquals("7 packs read, 0 damaged, 0 healed; beside packs 1 damaged, 1 laid down anew (job 1)\n", shell.out);
        appliance.job("verify", "failed", "node host is gone", null);
        assertEquals(1, shell.run("verify"));
        assertEquals("azekura: job 1 failed: node host is gone\n", shell.err);
    }

    @Test
    void watchesAJobToItsEnd() {
        appliance.job("backup", "warned", null, null);
        assertEquals(3, shell.run("job", "watch", "1", "--json"), shell.err);
        assertTrue(shell.out.contains("\"state\":\"warned\""), shell.out);
    }
}
