package org.azekura.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.RestorePoint;
import org.azekura.api.transport.Stream;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores that go on where earlier attempts were cut off. */
class RestoreAgainTest {

    private static final long AGE_s = 60;

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path target;

    @BeforeEach
    void begin() throws Exception {
        scene = new Scene(Files.createDirectory(dir.resolve("home")));
        source = Files.createDirectory(dir.resolve("source"));
        target = dir.resolve("target");
    }

    @AfterEach
    void end() {
        scene.close();
    }

    private Path landed(Path saved) {
        return target.resolve(saved.toAbsolutePath().toString().substring(1));
    }

    private static List<String> problems(FakeServer.Restored restored) {
        return restored.notRestored().stream().map(p -> p.path() + ": " + p.reason()).toList();
    }

    private FakeServer.Restored again(RestorePoint point, List<PlannedBatch> plan) throws Exception {
        return scene.restore(target, Overwrite.NEVER, false, new ClientOrder.Earlier(AGE_s, point), plan);
    }

    private static RestorePoint point(Path done, RestorePoint.Half half) {
        return new RestorePoint(RawPath.of(done.toString()), half, 2, 10,
                List.of(new RestorePoint.Unset("owner", "Operation not permitted", RawPath.of(done.toString()), 2)));
    }

    @Test
    void whatItPutThereItselfDoesNotKeepItFromItsFilesAndWhatOthersChangedDoes() throws Exception {
        Path sub = Files.createDirectory(source.resolve("sub"));
        Files.writeString(sub.resolve("one"), "saved");
        Files.writeString(sub.resolve("two"), "saved");
        Files.createSymbolicLink(sub.resolve("link"), Path.of("one"));
        Files.setPosixFilePermissions(sub, PosixFilePermissions.fromString("r-xr-x---"));
        List<PlannedBatch> plan = scene.plan(scene.backup(source, null), source.toString());
        assertEquals(List.of(), problems(scene.restore(target, Overwrite.NEVER, plan)));
        Files.writeString(landed(sub.resolve("two")), "changed");
        Files.setPosixFilePermissions(landed(sub), PosixFilePermissions.fromString("rwx------"));

        assertEquals(List.of(sub.resolve("two") + ": exists, kept"), problems(again(null, plan)));
        assertEquals("saved", Files.readString(landed(sub.resolve("one"))));
        assertEquals("changed", Files.readString(landed(sub.resolve("two"))));
        assertEquals("r-xr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(landed(sub))));
        assertEquals(Files.getLastModifiedTime(sub), Files.getLastModifiedTime(landed(sub)));
        // Nobody would have known without having been told that there were attempts before.
        assertEquals(3, scene.restore(target, Overwrite.NEVER, plan).notRestored().size());
    }

    @Test
    void whatIsOlderThanTheJobIsSomebodyElses() throws Exception {
        Files.writeString(source.resolve("file"), "saved");
        List<PlannedBatch> plan = scene.plan(scene.backup(source, null), source.toString());
        scene.restore(target, Overwrite.NEVER, plan);
        FakeServer.Restored restored = scene.restore(target, Overwrite.NEVER, false, new ClientOrder.Earlier(-3600, null), plan);
        assertEquals(List.of(source.resolve("file") + ": exists, kept"), problems(restored));
    }

    /** The plan of a server that was told of a point: what is left of a plan that comes without one. */
    private static List<PlannedBatch> behind(List<PlannedBatch> plan, Path done) throws Exception {
        List<RestorePlan.Part> before = new ArrayList<>();
        List<PlannedBatch> behind = new ArrayList<>();
        for (PlannedBatch batch : plan) {
            List<RestorePlan.Part> rest = new ArrayList<>();
            for (RestorePlan.Part item : batch.entries()) {
                Entry entry = item.entry();
                if (!done.toString().isEmpty() && item.path().toString().compareTo(done.toString()) > 0) {
                    rest.add(item);
                } else if (entry.type() == Entry.Type.DIRECTORY || entry.linkGroup() != 0) {
                    before.add(new RestorePlan.Part(item.path(), entry.with(new Entry.Content.None()), 0, true));
                }
            }
            behind.add(new PlannedBatch(rest, batch.chunks(), false));
        }
        behind.addFirst(new PlannedBatch(before, List.of(), true));
        return behind;
    }

    @Test
    void whatIsDoneIsLeftAloneAndGetsWhatComesAtTheEnd() throws Exception {
        Path sub = Files.createDirectory(source.resolve("a"));
        Files.writeString(sub.resolve("first"), "linked");
        Files.writeString(sub.resolve("other"), "saved");
        Files.createLink(source.resolve("z"), sub.resolve("first"));
        Files.createLink(sub.resolve("second"), sub.resolve("first"));
        Files.setPosixFilePermissions(sub, PosixFilePermissions.fromString("r-xr-x---"));
        List<PlannedBatch> plan = scene.plan(scene.backup(source, null), source.toString());
        // As a kill leaves it: the first name has the data, directories have no attributes, further names are not there.
        scene.restore(target, Overwrite.NEVER, plan);
        Path done = sub.resolve("second");
        Files.delete(landed(done));
        Files.delete(landed(source.resolve("z")));
        Files.setPosixFilePermissions(landed(sub), PosixFilePermissions.fromString("rwx------"));
        Files.writeString(landed(sub.resolve("other")), "changed");

        FakeServer.Restored restored = again(point(done, null), behind(plan, done));
        assertEquals(List.of(target + ": owner could not be set on 2 entries, first on " + done + ": Operation not permitted"), problems(restored));
        assertEquals(2 + 2, restored.files());
        assertEquals("changed", Files.readString(landed(sub.resolve("other"))));
        assertEquals("r-xr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(landed(sub))));
        for (Path name : List.of(source.resolve("z"), done)) {
            assertTrue(Files.isSameFile(landed(sub.resolve("first")), landed(name)), name.toString());
        }
    }

    @Test
    void furtherNamesOfAFileThatChangedAreNamed() throws Exception {
        Files.writeString(source.resolve("a"), "linked");
        Files.createLink(source.resolve("b"), source.resolve("a"));
        List<PlannedBatch> plan = scene.plan(scene.backup(source, null), source.toString());
        scene.restore(target, Overwrite.NEVER, plan);
        Files.delete(landed(source.resolve("b")));
        Files.writeString(landed(source.resolve("a")), "changed");
        RestorePoint point = new RestorePoint(RawPath.of(source.resolve("b").toString()), null, 1, 6, List.of());
        assertEquals(List.of(source.resolve("b") + ": is one of several names of a file that could not be restored, or was changed since"),
                problems(again(point, behind(plan, source.resolve("b")))));
    }

    /** Restores the first part of a large file, is cut off, and tells what is left. */
    private RestorePoint.Half half(List<PlannedBatch> plan, Path large) throws Exception {
        List<PlannedBatch> parts = plan.stream().filter(batch -> batch.entries().stream().anyMatch(i -> i.path().toString().equals(large.toString()))).toList();
        assertTrue(parts.size() > 2, "the file has too few parts: this proves nothing");
        PlannedBatch marker = plan.stream().filter(batch -> batch.entries().stream().anyMatch(i -> i.path().toString().endsWith("/marker"))).findFirst().orElseThrow();
        JobId job = scene.nextJob();
        scene.server.order(new ClientOrder.Restore(job, Scene.POOL, FakeNode.ACCESS, Scene.raw(target), Overwrite.NEVER, false, null));
        Thread thread = Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals("restore job " + job)).findFirst().orElseThrow();
        Stream stream = scene.server.begin(job, List.of(parts.getFirst(), marker));
        try {
            Files.createDirectories(landed(source));
            assertTrue(RestoreTest.awaitName(landed(source), "marker"));
            scene.server.order(new ClientOrder.Cancel(job, true));
            assertTrue(thread.join(Duration.ofSeconds(60)));
        } finally {
            stream.close();
        }
        try (var names = Files.list(landed(source))) {
            Path left = names.filter(p -> p.getFileName().toString().startsWith(".azekura-restore-")).findFirst().orElseThrow();
            long to = parts.get(1).entries().getFirst().from();
            return new RestorePoint.Half(RawPath.of(large.toString()), left.getFileName().toString().getBytes(UTF_8),
                    (long) Files.getAttribute(left, "unix:ino"), to, to, false, List.of());
        }
    }

    private byte[] large(Path file) throws Exception {
        byte[] content = CollectTest.random(7, 2_000_000);
        Files.write(file, content);
        Files.writeString(source.resolve("marker"), "saved");
        scene.batch = 1;
        return content;
    }

    @Test
    void aLargeFileGoesOnInItsMiddle() throws Exception {
        Path file = source.resolve("large");
        byte[] content = large(file);
        List<PlannedBatch> plan = scene.plan(scene.backup(source, null), source.toString());
        RestorePoint.Half half = half(plan, file);
        Path left = landed(source).resolve(new String(half.temporary(), UTF_8));
        // Shows at the end that this part was not written again.
        try (FileChannel channel = FileChannel.open(left, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) ~content[0]}), 0);
        }
        Path other = Files.writeString(landed(source).resolve(".azekura-restore-0123456789abcdef-0123456789abcdef"), "left by another");
        assertEquals(List.of(), problems(again(new RestorePoint(null, half, 0, 0, List.of()), plan)));
        content[0] = (byte) ~content[0];
        assertArrayEquals(content, Files.readAllBytes(landed(file)));
        assertTrue(Files.notExists(left) && Files.notExists(other));
    }

    @Test
    void aPartThatSomebodyReplacedIsNotWrittenTo() throws Exception {
        Path file = source.resolve("large");
        byte[] content = large(file);
        List<PlannedBatch> plan = scene.plan(scene.backup(source, null), source.toString());
        RestorePoint.Half half = half(plan, file);
        Path left = landed(source).resolve(new String(half.temporary(), UTF_8));
        Path victim = Files.write(dir.resolve("victim"), new byte[content.length]);
        Files.move(left, dir.resolve("stolen"));
        Files.createLink(left, victim);
        assertEquals(List.of(), problems(again(new RestorePoint(null, half, 0, 0, List.of()), plan)));
        assertArrayEquals(content, Files.readAllBytes(landed(file)));
        assertArrayEquals(new byte[content.length], Files.readAllBytes(victim));
    }

    @Test
    void aSmallRestoreKeepsNoPoint() throws Exception {
        Files.writeString(source.resolve("file"), "saved");
        scene.restore(target, Overwrite.NEVER, scene.plan(scene.backup(source, null), source.toString()));
        assertNull(scene.server.points.values().stream().findFirst().orElse(null));
    }
}
