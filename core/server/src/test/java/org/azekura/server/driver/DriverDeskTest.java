package org.azekura.server.driver;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.identity.PublisherCertificate;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.server.Drivers.Change;
import org.azekura.api.server.Drivers.Part;
import org.azekura.api.server.Drivers.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DriverDeskTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path dir;
    private Nodes nodes;
    private FakeNode a;
    private FakeNode b;
    private DriverDesk desk;
    private byte[] content;

    @BeforeEach
    void open() throws Exception {
        nodes = new Nodes(dir);
        a = nodes.node("a");
        b = nodes.node("b");
        desk = new DriverDesk(nodes.catalog(), nodes.hosts, nodes.publishers, Duration.ofSeconds(2));
        content = Packed.driver("disk", "1.1.0", 2_500_000);
    }

    @AfterEach
    void close() {
        desk.close();
        nodes.close();
    }

    private Path file() throws IOException {
        return Files.write(Files.createTempFile(dir, "upload", ""), content);
    }

    private static Answer.DriverChanged done(NodeOrder.ChangeDriver order, byte[] came) {
        return new Answer.DriverChanged(FakeNode.driver("disk", "1.1.0"), null);
    }

    private Change ended(Change begun) throws BackupException {
        Change change = desk.change(begun.id(), LONG);
        assertNotNull(change.ended(), change::toString);
        assertTrue(change.parts().stream().allMatch(part -> part.state().ended()), change::toString);
        return change;
    }

    @Test
    void bringsAPackageToEveryNodeWhole() throws Exception {
        nodes.publishers.trust(Pem.of("ann"), null, "Eve");
        a.changes = DriverDeskTest::done;
        b.changes = DriverDeskTest::done;
        Path file = file();
        Change change = ended(desk.install(file, null, "Eve"));
        assertEquals("disk", change.driver());
        assertEquals(List.of(new NodeName("a"), new NodeName("b")), change.parts().stream().map(Part::node).toList());
        for (FakeNode node : List.of(a, b)) {
            NodeOrder.ChangeDriver order = (NodeOrder.ChangeDriver) node.orders.getLast();
            assertFalse(order.update());
            assertFalse(order.trust().development());
            assertArrayEquals(PublisherCertificate.parse(Pem.of("ann")).der(), order.trust().certificates().getFirst());
            assertArrayEquals(content, node.packages.get(order.upload()));
        }
        assertEquals(new Part(new NodeName("a"), State.DONE, content.length, FakeNode.driver("disk", "1.1.0"), null), change.parts().getFirst());
        assertFalse(Files.exists(file));
    }

    @Test
    void tellsWhatEachNodeSaysAndGoesOn() throws Exception {
        a.changes = (order, came) -> {
            throw BackupException.operator("package.refused", "disk", "it is unsigned");
        };
        b.changes = DriverDeskTest::done;
        Path file = file();
        Change change = ended(desk.install(file, null, "Eve"));
        assertEquals(List.of(State.FAILED, State.DONE), change.parts().stream().map(Part::state).toList());
        assertEquals("package.refused", change.parts().getFirst().problem().code());
        assertFalse(Files.exists(file));
    }

    @Test
    void updatesTheNodesThatHaveItAndNamesThoseThatShouldAndAreAway() throws Exception {
        b.drivers.add(FakeNode.driver("disk", "1.0.0"));
        b.changes = (order, came) -> new Answer.DriverChanged(FakeNode.driver("disk", "1.0.0"), "it failed its self-test");
        nodes.pool("far", "elsewhere", "d", "disk");
        nodes.pool("tapes", "elsewhere", "t", "tape");
        Change change = ended(desk.update(file(), null, null, "Eve"));
        assertEquals(List.of(State.BACKED_OUT, State.FAILED), change.parts().stream().map(Part::state).toList());
        assertEquals("1.0.0", change.parts().getFirst().driver().version());
        assertEquals("driver.backedout", change.parts().getFirst().problem().code());
        assertEquals("node.offline", change.parts().get(1).problem().code());
        assertTrue(((NodeOrder.ChangeDriver) b.orders.getLast()).update());
        assertTrue(a.packages.isEmpty());
    }

    @Test
    void hasEveryNodeLookAtAPackageThatSaysNothing() throws Exception {
        content = new byte[100];
        a.changes = (order, came) -> {
            throw BackupException.operator("package.invalid", "", "it is no driver package");
        };
        b.changes = a.changes;
        Change change = ended(desk.update(file(), null, null, "Eve"));
        assertNull(change.driver());
        assertEquals(List.of("package.invalid", "package.invalid"), change.parts().stream().map(part -> part.problem().code()).toList());
    }

    @Test
    void keepsTheFileWithWhoAskedIfNothingIsBegun() throws Exception {
        Path file = file();
        assertRefused("package.refused", () -> desk.update(file, "tape", null, "Eve"));
        assertRefused("driver.unknown", () -> desk.update(file, "disk", null, "Eve"));
        assertRefused("node.offline", () -> desk.install(file, new NodeName("c"), "Eve"));
        assertRefused("driver.unknown", () -> desk.remove("tape", null, "Eve"));
        assertRefused("change.unknown", () -> desk.change("x", Duration.ZERO));
        assertTrue(Files.exists(file));
    }

    @Test
    void removesItWhereItIs() throws Exception {
        a.drivers.add(FakeNode.driver("tape", "1.0.0"));
        Change change = ended(desk.remove("tape", null, "Eve"));
        assertEquals(List.of(new Part(new NodeName("a"), State.DONE, 0, null, null)), change.parts());
        assertEquals(new NodeOrder.RemoveDriver("tape"), a.orders.getLast());
        assertTrue(b.orders.stream().noneMatch(order -> order instanceof NodeOrder.RemoveDriver));
    }

    @Test
    void aNodeThatGoesAwayInTheMiddleIsNamed() throws Exception {
        a.changes = (order, came) -> {
            a.close();
            return done(order, came);
        };
        Change change = ended(desk.install(file(), new NodeName("a"), "Eve"));
        assertEquals("node.lost", change.parts().getFirst().problem().code());
    }

    @Test
    void aNodeThatComesAgainSaysWhatBecameOfIt() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        a.changes = (order, came) -> {
            a.close();
            FakeNode again = nodes.node("a");
            again.drivers.add(FakeNode.driver("disk", "1.1.0"));
            gone.countDown();
            return done(order, came);
        };
        Change change = ended(desk.install(file(), new NodeName("a"), "Eve"));
        assertTrue(gone.await(20, TimeUnit.SECONDS));
        assertEquals(State.DONE, change.parts().getFirst().state(), change::toString);
        assertEquals(FakeNode.driver("disk", "1.1.0"), change.parts().getFirst().driver());
    }

    @Test
    void makesOneChangeAfterTheOtherAndBoundsHowManyWait() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        a.changes = (order, came) -> {
            begun.countDown();
            await(free);
            return done(order, came);
        };
        b.changes = DriverDeskTest::done;
        Change first = desk.install(file(), new NodeName("a"), "Eve");
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        Change second = desk.install(file(), new NodeName("b"), "Eve");
        for (int i = 2; i < 8; i++) {
            desk.install(file(), new NodeName("b"), "Eve");
        }
        assertRefused("driver.busy", () -> desk.install(file(), new NodeName("b"), "Eve"));
        assertEquals(State.CHANGING, desk.change(first.id(), Duration.ZERO).parts().getFirst().state());
        assertEquals(State.WAITING, desk.change(second.id(), Duration.ofMillis(1)).parts().getFirst().state());
        assertTrue(b.packages.isEmpty());
        free.countDown();
        assertEquals(State.DONE, ended(first).parts().getFirst().state());
        assertEquals(State.DONE, ended(second).parts().getFirst().state());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void listsByNodeAndName() throws Exception {
        b.drivers.addAll(List.of(FakeNode.driver("tape", "2.0.0"), FakeNode.driver("disk", "1.0.0")));
        a.drivers.add(FakeNode.driver("disk", "1.1.0"));
        assertEquals(List.of("a disk 1.1.0", "b disk 1.0.0", "b tape 2.0.0"), desk.list(null).stream()
                .map(row -> row.node() + " " + row.driver().name() + " " + row.driver().version()).toList());
        assertEquals(2, desk.list(new NodeName("b")).size());
        assertRefused("node.offline", () -> desk.list(new NodeName("c")));
    }
}
