package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.client.posix.Accounts;
import org.azekura.engine.chunk.ChunkKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hooks, called by the whole role around backups and restores. */
@Timeout(300)
class HookTest {

    @TempDir
    Path dir;

    private Path home;
    private Path source;
    private Path seen;
    private Scene scene;

    @BeforeEach
    void begin() throws Exception {
        home = Files.createDirectory(dir.resolve("home"));
        source = Files.createDirectory(dir.resolve("source"));
        seen = dir.resolve("seen");
        Files.createDirectory(home.resolve("hooks"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        scene = new Scene(home, 16 << 20, Duration.ofSeconds(6));
    }

    @AfterEach
    void end() {
        scene.close();
    }

    private Path install(String name, String script) throws Exception {
        Path hook = home.resolve("hooks").resolve(name);
        Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        return hook;
    }

    private static HookName name(String hook) {
        return hook == null ? null : new HookName(hook);
    }

    private ClientOrder.Collect order(String pre, String post, String dump) {
        ClientOrder.Collect o = scene.collect(dump == null ? List.of(Scene.raw(source)) : List.of(), null, false, List.of());
        return new ClientOrder.Collect(o.job(), o.snapshot(), o.client(), o.saveSet(), null, o.pool(), null, o.node(), o.never(), false, 1, false,
                new Hooks(name(pre), name(post), name(dump)));
    }

    private ClientReport.JobFailed failure(ClientOrder.Collect order) throws Exception {
        scene.server.order(order);
        return scene.server.await(order.job(), ClientReport.JobFailed.class);
    }

    private List<String> remarks(JobId job) {
        return scene.server.remarks.getOrDefault(job, List.of()).stream().flatMap(some -> some.lines().stream()).toList();
    }

    /** Looks again and again, for what comes from outside of this process. */
    private static void await(BooleanSupplier so) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int looks = 0; !so.getAsBoolean() && looks < 2_000; looks++) {
            never.await(10, TimeUnit.MILLISECONDS);
        }
        assertTrue(so.getAsBoolean());
    }

    @Test
    void whatPreMakesIsSavedAndPostComesAfterwards() throws Exception {
        install("freeze", "echo frozen > " + source + "/state; echo pre $AZEKURA_JOB $AZEKURA_PHASE $AZEKURA_CLIENT $AZEKURA_SAVE_SET");
        install("thaw", "rm " + source + "/state; echo post $AZEKURA_JOB $AZEKURA_PHASE $AZEKURA_RESULT");
        ClientOrder.Collect order = order("freeze", "thaw", null);
        Scene.Snapshot snapshot = scene.run(order);
        assertEquals("frozen\n", new String(snapshot.content(source.resolve("state")), java.nio.charset.StandardCharsets.UTF_8));
        assertFalse(Files.exists(source.resolve("state")));
        assertEquals(List.of(), snapshot.report.problems());
        assertEquals(List.of("hook freeze (pre) is done", "pre " + order.job() + " pre host set", "hook thaw (post) is done",
                "post " + order.job() + " post done"), remarks(order.job()));
        assertEquals(0, Files.list(home.resolve("client/owed")).count());
    }

    @Test
    void aHookGetsNoArgumentsNoInputAndACleanEnvironment() throws Exception {
        install("look", "echo $#; wc -c; pwd; cut -d' ' -f5,6 /proc/self/stat | tr ' ' '\\n' | sort -u | wc -l; env | grep -v -e ^PWD= -e ^SHLVL= -e ^_= -e ^OLDPWD= | cut -d= -f1 | sort");
        ClientOrder.Collect order = order("look", null, null);
        scene.run(order);
        assertEquals(List.of("hook look (pre) is done", "0", "0", "/", "1", "AZEKURA_CLIENT", "AZEKURA_JOB", "AZEKURA_KIND", "AZEKURA_PHASE",
                "AZEKURA_SAVE_SET", "PATH"), remarks(order.job()));
    }

    @Test
    void whenPreFailsNothingIsReadAndPostIsCalledAllTheSame() throws Exception {
        Files.writeString(source.resolve("file"), "content");
        install("freeze", "echo busy >&2; exit 7");
        install("thaw", "echo $AZEKURA_RESULT > " + seen);
        ClientOrder.Collect order = order("freeze", "thaw", null);
        ClientReport.JobFailed failed = failure(order);
        assertEquals("hook.failed", failed.failure().code());
        assertEquals("hook freeze failed with exit code 7; it said last: busy", failed.failure().message());
        assertEquals("failed\n", Files.readString(seen));
        assertEquals(0, scene.node.stored(ChunkKind.DATA));
    }

    @Test
    void aFailingPostIsAWarning() throws Exception {
        Path thaw = install("thaw", "exit 1");
        ClientOrder.Collect order = order(null, "thaw", null);
        Scene.Snapshot snapshot = scene.run(order);
        assertEquals(thaw + " hook thaw failed with exit code 1", snapshot.report.problems().getFirst().path() + " "
                + snapshot.report.problems().getFirst().reason());
        assertTrue(scene.server.remarks.get(order.job()).getFirst().warning());
    }

    @Test
    void whoeverMightHaveMadeAHookForTheOwnerIsRefused() throws Exception {
        Path target = install("target", "touch " + seen);
        Files.createSymbolicLink(home.resolve("hooks/link"), target);
        Files.createDirectory(home.resolve("hooks/folder"));
        Files.setPosixFilePermissions(install("group", "touch " + seen), PosixFilePermissions.fromString("rwxrwxr-x"));
        Files.setPosixFilePermissions(install("others", "touch " + seen), PosixFilePermissions.fromString("rwxr-xrwx"));
        Files.setPosixFilePermissions(install("text", "touch " + seen), PosixFilePermissions.fromString("rw-r--r--"));
        for (String hook : List.of("link", "folder", "group", "others", "text")) {
            assertEquals("hook.refused", failure(order(hook, null, null)).failure().code(), hook);
            assertEquals("hook.refused", failure(order(null, hook, null)).failure().code(), hook);
            assertEquals("hook.refused", failure(order(null, null, hook)).failure().code(), hook);
        }
        assertEquals("hook.unknown", failure(order("target", "none", null)).failure().code());
        Files.setPosixFilePermissions(home.resolve("hooks"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertEquals("hook.refused", failure(order("target", null, null)).failure().code());
        assertFalse(Files.exists(seen));
    }

    @Test
    void aHookOfAnotherUserIsRefused() throws Exception {
        Assumptions.assumeTrue(Accounts.self() == 0, "only root can give files away");
        Files.setAttribute(install("foreign", "touch " + seen), "unix:uid", 12_345);
        assertTrue(failure(order("foreign", null, null)).failure().message().contains("belongs to user 12345"));
        assertFalse(Files.exists(seen));
    }

    @Test
    void aHookThatTakesTooLongIsEndedWithAllItStarted() throws Exception {
        install("slow", "sleep 1000 & echo $! > " + seen + "; sleep 1000");
        install("thaw", "echo $AZEKURA_RESULT > " + dir.resolve("after"));
        ClientReport.JobFailed failed = failure(order("slow", "thaw", null));
        assertEquals("hook slow was ended: it took longer than 6 s", failed.failure().message());
        long child = Long.parseLong(Files.readString(seen).strip());
        await(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
        assertEquals("failed\n", Files.readString(dir.resolve("after")));
    }

    @Test
    void aJobThatIsCancelledEndsItsHookAndCallsPost() throws Exception {
        install("slow", "touch " + seen + "; sleep 1000");
        install("thaw", "echo $AZEKURA_RESULT > " + dir.resolve("after"));
        ClientOrder.Collect order = order("slow", "thaw", null);
        scene.server.order(order);
        await(() -> Files.exists(seen));
        scene.server.order(new ClientOrder.Cancel(order.job(), false));
        await(() -> remarks(order.job()).contains("hook thaw (post) is done"));
        assertEquals("cancelled\n", Files.readString(dir.resolve("after")));
    }

    @Test
    void aServerThatIsLostLeavesNothingFrozen() throws Exception {
        install("slow", "touch " + seen + "; sleep 1000");
        install("thaw", "echo $AZEKURA_RESULT > " + dir.resolve("after"));
        scene.server.order(order("slow", "thaw", null));
        await(() -> Files.exists(seen));
        scene.server.conversation().close();
        await(() -> Files.exists(dir.resolve("after")));
        await(() -> read(dir.resolve("after")).equals("interrupted\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aClientThatWasKilledCallsWhatItOwesWhenItStarts() throws Exception {
        install("thaw", "echo $AZEKURA_JOB $AZEKURA_PHASE $AZEKURA_RESULT > " + seen);
        scene.close();
        Files.writeString(home.resolve("client/owed/77"), "post=thaw\nAZEKURA_JOB=77\nAZEKURA_CLIENT=host\n");
        Files.writeString(home.resolve("client/owed/78"), "AZEKURA_JOB=78\n");
        scene = new Scene(home);
        scene.run(order(null, "thaw", null));
        await(() -> home.resolve("client/owed").toFile().list().length == 0);
        scene.close();
        assertTrue(Files.readString(seen).endsWith("post done\n"));
    }

    @Test
    void whatAHookDumpsIsSavedAsOneFile() throws Exception {
        byte[] content = CollectTest.random(3, 3_000_000);
        Path file = Files.write(dir.resolve("database"), content);
        install("pg-dump", "echo dumping >&2; cat " + file);
        install("thaw", "echo $AZEKURA_RESULT > " + seen);
        ClientOrder.Collect order = order(null, "thaw", "pg-dump");
        Scene.Snapshot snapshot = scene.run(order);
        assertEquals(List.of("/pg-dump"), List.copyOf(snapshot.entries().keySet()));
        assertArrayEquals(content, snapshot.content(Path.of("/pg-dump")));
        assertEquals(List.of("hook pg-dump (dump) is done", "dumping", "hook thaw (post) is done"), remarks(order.job()));
        assertEquals("done\n", Files.readString(seen));
    }

    @Test
    void aDumpThatFailsIsNoDump() throws Exception {
        install("pg-dump", "head -c 2000000 /dev/urandom; echo lost the table >&2; exit 3");
        install("thaw", "echo $AZEKURA_RESULT > " + seen);
        ClientReport.JobFailed failed = failure(order(null, "thaw", "pg-dump"));
        assertEquals("hook pg-dump failed with exit code 3; it said last: lost the table", failed.failure().message());
        assertEquals("failed\n", Files.readString(seen));
    }

    @Test
    void aDumpThatStandsStillIsEnded() throws Exception {
        install("pg-dump", "head -c 200000 /dev/zero; sleep 1000");
        assertEquals("hook pg-dump was ended: it gave nothing for 6 s", failure(order(null, null, "pg-dump")).failure().message());
    }

    @Test
    void whatAHookPrintsIsBoundedAndHoldsNothingUp() throws Exception {
        install("loud", "yes 'a line' | head -c 3000000; sleep 1000 >&2 & exit 0");
        ClientOrder.Collect order = order("loud", null, null);
        scene.run(order);
        List<String> lines = remarks(order.job());
        assertEquals(ClientReport.Remarks.MAX_LINES, lines.size());
        assertEquals("a line", lines.get(1));
    }

    @Test
    void aRestoreCallsItsHooksAround() throws Exception {
        Files.writeString(source.resolve("file"), "content");
        Scene.Snapshot snapshot = scene.backup(source, null);
        Path target = dir.resolve("target");
        install("stop", "test ! -e " + target + " && echo $AZEKURA_KIND $AZEKURA_TARGET $AZEKURA_CLIENT");
        install("start", "cat " + target + source + "/file");
        JobId job = scene.nextJob();
        scene.server.order(new ClientOrder.Restore(job, Scene.POOL, FakeNode.ACCESS, Scene.raw(target), Overwrite.NEVER, false, null, Scene.CLIENT,
                new Hooks(name("stop"), name("start"), null)));
        scene.server.send(job, scene.plan(snapshot));
        assertEquals(List.of(), scene.server.restored(job).notRestored());
        assertEquals(List.of("hook stop (pre) is done", "restore " + target + " host", "hook start (post) is done", "content"), remarks(job));
    }

    @Test
    void aRestoreWhosePreFailsWritesNothing() throws Exception {
        Files.writeString(source.resolve("file"), "content");
        Scene.Snapshot snapshot = scene.backup(source, null);
        Path target = dir.resolve("target");
        install("stop", "exit 1");
        JobId job = scene.nextJob();
        scene.server.order(new ClientOrder.Restore(job, Scene.POOL, FakeNode.ACCESS, Scene.raw(target), Overwrite.NEVER, false, null, Scene.CLIENT,
                new Hooks(name("stop"), null, null)));
        scene.server.send(job, scene.plan(snapshot));
        assertEquals("hook.failed", scene.server.await(job, ClientReport.JobFailed.class).failure().code());
        assertFalse(Files.exists(target));
    }

    @Test
    void aDryRunCallsNoHook() throws Exception {
        install("freeze", "touch " + seen);
        ClientOrder.Collect o = scene.collect(List.of(RawPath.of(source.toString())), null, true, List.of());
        scene.server.order(new ClientOrder.Collect(o.job(), o.snapshot(), o.client(), o.saveSet(), null, o.pool(), null, o.node(), o.never(), true, 1, false,
                new Hooks(name("freeze"), name("freeze"), null)));
        scene.server.collected(o.job());
        assertFalse(Files.exists(seen));
    }
}
