package org.azekura.storagenode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.Outcome;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.StreamOpening;
import org.azekura.wire.MessageCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server wants of a node's drivers. */
@Timeout(60)
class DriversOnNodeTest extends OnOneNode {

    private static final InstalledDriver DISK = new InstalledDriver("disk", "1.0.0", "Ann", InstalledDriver.State.ACTIVE, List.of(NodeBench.DEVICE), "");

    private PublisherTrust trust;

    /** A package of it is the outcome's name. */
    private final class FakeInstaller implements DriverInstaller {

        @Override
        public List<InstalledDriver> list() {
            return List.of(DISK);
        }

        @Override
        public Outcome.Done install(Path file, PublisherTrust whom) throws BackupException {
            throw BackupException.operator("driver.installed", "disk", "it is here");
        }

        @Override
        public Outcome update(Path file, PublisherTrust whom) throws BackupException {
            trust = whom;
            try {
                return switch (Files.readString(file)) {
                    case "good" -> new Outcome.Done(DISK);
                    case "bad" -> new Outcome.BackedOut(DISK, "it hangs");
                    default -> throw BackupException.operator("package.invalid", "", "it is none");
                };
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Outcome restart(String name, String why) {
            return new Outcome.Done(DISK);
        }

        @Override
        public void remove(String name) throws BackupException {
            throw BackupException.operator("driver.used", name, "it serves d1");
        }
    }

    @BeforeEach
    void install() {
        bench.role.installer(new FakeInstaller());
    }

    private Answer.DriverChanged change(boolean update, String... pieces) throws BackupException {
        try (org.azekura.api.transport.Stream stream = bench.server.stream(new StreamOpening.ChangeDriver(update, List.of(new byte[] {1, 2}), true))) {
            for (String piece : pieces) {
                stream.send(ByteBuffer.wrap(piece.getBytes(UTF_8)), NodeBench.LONG);
            }
            stream.endSending();
            return MessageCodec.decode(stream.receive(NodeBench.LONG), Answer.DriverChanged.class);
        }
    }

    @Test
    void aPackageComesInPiecesAndItsOutcomeGoesBack() throws Exception {
        assertEquals(new Answer.DriverChanged(DISK, null, null), change(true, "go", "od"));
        assertArrayEquals(new byte[] {1, 2}, trust.certificates().getFirst());
        assertEquals(true, trust.development());
        assertEquals("it hangs", change(true, "bad").backedOut());
        Answer.DriverChanged refused = change(true, "garbage");
        assertNull(refused.driver());
        assertEquals("package.invalid", refused.refused().code());
        assertEquals("driver.installed", change(false, "good").refused().code());
        try (Stream<Path> left = Files.list(dir.resolve("node/incoming"))) {
            assertEquals(0, left.count(), "a package was left behind");
        }
    }

    @Test
    void driversAreListedAndRemoved() throws Exception {
        assertEquals(List.of(DISK), bench.server.order(new NodeOrder.ListDrivers(), Answer.DriversFound.class).drivers());
        assertRefused("driver.used", () -> bench.server.done(new NodeOrder.RemoveDriver("disk")));
        bench.role.installer(null);
        assertRefused("driver.installer", () -> bench.server.order(new NodeOrder.ListDrivers(), Answer.DriversFound.class));
    }
}
