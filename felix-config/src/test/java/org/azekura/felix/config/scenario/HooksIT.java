package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the owner of a client elsewhere has installed there is called by its name, in order and in bounds; and nothing else is. */
@ExtendWith(OnHosts.class)
class HooksIT {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String[] BACKUP = {"backup", "--client", "web1", "--name", "db", "--pool", "hooked"};

    private static Site site;
    private static Azekura client;
    private static Path source;

    @BeforeAll
    static void begin(Site shared) throws Exception {
        site = shared;
        site.node("n1");
        client = site.client("web1").azekura();
        site.pool("hooked", "n1");
        source = site.workspace().directory("hooked");
        Files.writeString(source.resolve("table"), "rows");
        site.server().json(0, "save-set", "create", "db", "--client", "web1", "--include", source.toString(), "--pre", "freeze", "--post", "thaw");
    }

    private static List<String> log(JsonNode result) {
        return site.server().json(0, "job", "log", result.get("job").asText()).findValuesAsText("text");
    }

    @Test
    void preComesBeforeAnythingIsReadAndPostAfterwards() throws Exception {
        Path state = source.resolve("state");
        Hooks.install(client, "freeze", "echo frozen > " + state + "; echo $AZEKURA_PHASE $AZEKURA_CLIENT $#; wc -c; id -u; pwd;"
                + " echo $(env | cut -d= -f1 | grep -v -x -e PWD -e OLDPWD -e SHLVL -e _ | sort)");
        Hooks.install(client, "thaw", "rm " + state + "; echo $AZEKURA_PHASE $AZEKURA_RESULT");
        JsonNode backup = site.server().json(0, BACKUP);
        List<String> log = log(backup);
        int begin = log.indexOf("hook freeze (pre) is done");
        String user = Run.of(LIMIT, "id", "-u").out().strip();
        assertEquals(List.of("pre web1 0", "0", user, "/", "AZEKURA_CLIENT AZEKURA_JOB AZEKURA_KIND AZEKURA_PHASE AZEKURA_SAVE_SET PATH"),
                log.subList(begin + 1, begin + 6), log::toString);
        assertTrue(log.indexOf("post done") > begin, log::toString);
        assertFalse(Files.exists(state));

        Path target = site.workspace().path("back-hooked");
        // there is such a program, and the owner has not installed it
        String[] restore = {"restore", backup.get("snapshot").asText(), "--to", target.toString(), "--pre", "id"};
        String line = site.server().call(restore).exits(1).oneErrorLine();
        assertTrue(line.contains("client web1: there is no hook id") && line.contains(client.home + "/hooks"), line);
        assertFalse(Files.exists(target));
        Hooks.install(client, "id", "test ! -e " + target + "; echo $AZEKURA_KIND of $AZEKURA_CLIENT to $AZEKURA_TARGET");
        assertTrue(log(site.server().json(0, restore)).contains("restore of web1 to " + target));
        assertEquals("frozen\n", Files.readString(Azekura.at(target, state)));
        site.server().call("save-set", "create", "bad", "--client", "web1", "--include", "/srv", "--pre", "../../../../bin/sh").exits(2);
    }

    /** @param called whether {@code post} is: not if no hook is called at all */
    private record Fault(String script, String mode, String said, boolean called) {}

    @Test
    void aPreThatFailsHangsOrIsNotTheOwnersEndsTheJobByNameAndPostIsCalled() throws Exception {
        Path called = site.workspace().path("thawed");
        Hooks.install(client, "thaw", "echo $AZEKURA_RESULT >> " + called);
        int snapshots = site.server().json(0, "snapshot", "list", "--client", "web1").size();
        StringBuilder expected = new StringBuilder();
        for (Fault fault : List.of(new Fault("echo busy >&2; exit 7", "rwx------", "failed with exit code 7; it said last: busy", true),
                new Fault("sleep 1000", "rwx------", "was ended: it took longer than " + Site.HOOK_TIME + " s", true),
                new Fault("exit 0", "rwxrwx---", "can be written by its group", false))) {
            Files.setPosixFilePermissions(Hooks.install(client, "freeze", fault.script), PosixFilePermissions.fromString(fault.mode));
            String line = site.server().call(BACKUP).exits(1).oneErrorLine();
            assertTrue(line.contains("client web1: hook freeze ") && line.contains(fault.said), line);
            expected.append(fault.called ? "failed\n" : "");
            assertEquals(expected.toString(), Files.readString(called));
        }
        assertEquals(snapshots, site.server().json(0, "snapshot", "list", "--client", "web1").size());
    }

    /** This one never stands still, so no time of a hook is over. */
    @Test
    void aJobIsCancelledWithinTenSecondsWhateverItsHookDoes() throws Exception {
        Pipe begun = new Pipe(site.workspace().path("pouring"));
        Pipe ended = new Pipe(site.workspace().path("poured"));
        Hooks.install(client, "pour", "trap '' TERM; echo $$ > " + begun + "; while :; do echo row; sleep 1; done");
        Hooks.install(client, "drain", "echo $AZEKURA_RESULT > " + ended);
        site.server().json(0, "save-set", "create", "rows", "--client", "web1", "--dump", "pour", "--post", "drain");
        String[] pour = {"backup", "--client", "web1", "--name", "rows", "--pool", "hooked"};
        Process running = site.server().begin(pour);
        ProcessHandle hook = ProcessHandle.of(Long.parseLong(begun.await(LIMIT))).orElseThrow();
        String job = site.server().json(0, "job", "list", "--running").valueStream().toList().getLast().get("id").asText();
        // it waits for the end itself, so long and no longer
        assertEquals("cancelled", site.server().json(0, "job", "cancel", job).get("state").asText());
        String line = Run.await(running, LIMIT, List.of(pour)).exits(1).oneErrorLine();
        assertTrue(line.contains("job " + job + " cancelled"), line);
        hook.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertEquals("cancelled", ended.await(LIMIT));
    }
}
