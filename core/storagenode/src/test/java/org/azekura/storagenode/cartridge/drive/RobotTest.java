package org.azekura.storagenode.cartridge.drive;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.Library;
import org.azekura.driver.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else moves cartridges between the look where they are and the grip for one. */
class RobotTest {

    private static final ElementAddress FIRST = new ElementAddress(1000);
    private static final ElementAddress FREE = new ElementAddress(1006);

    @TempDir
    Path dir;
    private Simulator library;
    private Robot robot;
    private final AtomicInteger moves = new AtomicInteger();
    private Meanwhile meanwhile = changer -> { };

    private interface Meanwhile {
        void happens(Changer changer) throws BackupException;
    }

    @BeforeEach
    void open() throws Exception {
        library = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "1", "cartridges", "3"));
        Changer changer = library.changer().orElseThrow();
        AtomicBoolean once = new AtomicBoolean();
        Changer watched = (Changer) Proxy.newProxyInstance(Changer.class.getClassLoader(), new Class<?>[] {Changer.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("move")) {
                moves.incrementAndGet();
                if (once.compareAndSet(false, true)) {
                    meanwhile.happens(changer);
                }
            }
            try {
                return method.invoke(changer, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        robot = new Robot("lib1", new Library() {
            @Override
            public Optional<Changer> changer() {
                return Optional.of(watched);
            }

            @Override
            public List<Drive> drives() {
                return library.drives();
            }

            @Override
            public String location() {
                return "here";
            }
        }, () -> {});
    }

    @AfterEach
    void close() {
        library.close();
    }

    private Robot.Found find() throws BackupException {
        return robot.cartridges().stream().filter(one -> one.barcode().equals(Optional.of(new Barcode("A00001L8")))).findFirst().orElseThrow();
    }

    @Test
    void aCartridgeThatIsGoneFromItsSlotIsLookedForAgain() throws Exception {
        meanwhile = changer -> changer.move(FIRST, FREE);
        Robot.Found seen = find();
        assertFalse(robot.bring(seen, 0), "it is not where it was");
        assertEquals(1, moves.get(), "the inventory is taken before anything is moved again");
        assertTrue(robot.bring(robot.again(seen), 0));
        assertEquals(OptionalInt.of(0), find().drive());
    }

    @Test
    void aDriveThatGotAnotherCartridgeMeanwhileIsSeenAsItIs() throws Exception {
        ElementAddress drive = robot.address(0);
        meanwhile = changer -> changer.move(new ElementAddress(1001), drive);
        Robot.Found seen = find();
        // It is no more a drive in which nothing lies: what is there has to be let go of first, by who has the drive.
        assertRefused("changer.held", () -> robot.bring(seen, 0));
        assertEquals(2, moves.get());
    }

    @Test
    void whatIsRefusedAgainAndAgainIsSaid() {
        assertRefused("changer.empty", () -> robot.move(new ElementAddress(1007), FREE));
        assertEquals(3, moves.get());
    }

    @Test
    void whoCanDoWithoutAnAnswerDoesNotWaitForAMotion() throws Exception {
        AtomicReference<BackupException> refused = new AtomicReference<>();
        meanwhile = changer -> {
            Thread asks = Thread.ofPlatform().start(() -> refused.set(assertRefused("device.busy", () -> robot.cartridges(Duration.ZERO))));
            try {
                asks.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        robot.move(FIRST, FREE);
        assertEquals("device.busy", refused.get().failure().code());
        assertEquals(3, robot.cartridges(Duration.ZERO).size());
    }
}
