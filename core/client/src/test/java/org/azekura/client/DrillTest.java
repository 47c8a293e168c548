package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.azekura.api.JobId;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.engine.chunk.Extent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rehearsals by the whole role. */
class DrillTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;

    @BeforeEach
    void begin() throws Exception {
        scene = new Scene(Files.createDirectory(dir.resolve("home")));
        source = Files.createDirectory(dir.resolve("source"));
    }

    @AfterEach
    void end() throws Exception {
        scene.close();
        SampleTree.remove(dir);
    }

    private List<Path> scratch() throws Exception {
        try (Stream<Path> left = Files.list(dir.resolve("home/client/scratch"))) {
            return left.toList();
        }
    }

    @Test
    void everythingThatAFileSystemCanHaveIsProvenAndNothingStays() throws Exception {
        SampleTree.make(source);
        Scene.Snapshot snapshot = scene.backup(source, null);
        ClientReport.Rehearsed report = scene.drill(scene.plan(snapshot), false);
        assertEquals(List.of(), report.differing());
        assertEquals(List.of(), report.left());
        assertEquals(List.of(), report.unheld());
        assertEquals(snapshot.manifest.files(), report.files());
        assertEquals(snapshot.entries().size(), report.entries());
        assertTrue(report.times().firstByte() >= 0 && report.times().comparing() > 0, report::toString);
        assertEquals(List.of(), scratch());
    }

    @Test
    void whatTheNodeCannotReadIsNamedWithItsBytes() throws Exception {
        Path large = source.resolve("large");
        Files.write(large, CollectTest.random(1, 2_000_000));
        Files.writeString(source.resolve("small"), "small");
        Scene.Snapshot snapshot = scene.backup(source, null);
        Extent second = snapshot.extents(snapshot.entry(large)).get(1);
        scene.node.lost.put(second.chunk(), true);
        ClientReport.Rehearsed report = scene.drill(scene.plan(snapshot), false);
        assertEquals(1, report.differences());
        assertEquals(1, report.lost());
        assertEquals(large.toString(), report.differing().getFirst().path().toString());
        assertEquals(second.length(), report.differing().getFirst().ranges().getFirst().to() - report.differing().getFirst().ranges().getFirst().from());
        assertEquals(List.of(), scratch());
    }

    @Test
    void whatWasComparedLastStaysIfThatIsWanted() throws Exception {
        Files.writeString(source.resolve("small"), "small");
        Scene.Snapshot snapshot = scene.backup(source, null);
        ClientReport.Rehearsed report = scene.drill(scene.plan(snapshot), true);
        Path kept = Path.of(report.kept().toString());
        assertEquals(List.of(kept), scratch());
        assertEquals("small", Files.readString(kept.resolve(source.toString().substring(1)).resolve("small")));
    }

    @Test
    void oneThatIsCancelledLeavesNothing() throws Exception {
        Files.write(source.resolve("large"), CollectTest.random(1, 3_000_000));
        Scene.Snapshot snapshot = scene.backup(source, null);
        CountDownLatch unread = scene.node.stallReads(2);
        JobId job = scene.nextJob();
        scene.server.order(new ClientOrder.Drill(job, Scene.POOL, FakeNode.ACCESS, scene.keys.idKey(), false, true));
        scene.server.begin(job, scene.plan(snapshot));
        assertTrue(unread.await(120, TimeUnit.SECONDS));
        assertTrue(!scratch().isEmpty());
        scene.server.order(new ClientOrder.Cancel(job, false));
        scene.role.close(); // waits for its jobs
        assertEquals(List.of(), scratch());
    }
}
