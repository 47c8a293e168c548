package org.azekura.server.pool;

import static org.azekura.testkit.catalog.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.Answer;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.server.Pools;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.TwinSeal;
import org.azekura.engine.volume.Label;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.host.ConnectedNode;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class PoolMakingTest {

    private static final PoolName TAPE = new PoolName("tape");

    @TempDir
    Path home;
    private OneNode site;
    private final Pool tape = with(with(Rows.pool("tape"), "driver", "simulator"), "device", new DeviceName("lib1"));

    @BeforeEach
    void open() throws Exception {
        site = new OneNode(home);
        site.door.change(edit -> {
            edit.putPool(tape);
            edit.putVolume(with(Rows.volume(1, "tape", "tape-1"), "barcode", "A1"));
            edit.putPack(Rows.pack(5, "tape", 1));
        });
    }

    @AfterEach
    void close() {
        site.close();
    }

    private PoolVault vault(SigningKey signer) throws BackupException {
        return new PoolVault(home.resolve("keys"), site.catalog(), new TwinShelf(site.catalog(), new TwinSeal(signer.secretFor("keys of pools")), () -> true));
    }

    /** Killed when it was out of the catalog, and before its keys went. */
    @Test
    void keysOfOneThatIsWithdrawnGoAtTheNextStart() throws Exception {
        SigningKey signer = SigningKey.loadOrCreate(home.resolve("signing"));
        PoolVault vault = vault(signer);
        vault.keep(TAPE, RecipientKey.generate());
        PoolMaking making = new PoolMaking(KeysDoor.killedAfterWriting(site.catalog()), vault, new PoolVolumes(new ApplianceId(1, 2), site.catalog(), signer, vault), site.service, null);
        assertThrows(IllegalStateException.class, () -> making.withdraw(TAPE, Berth.of(tape), site.node(), true));
        assertTrue(Files.exists(home.resolve("keys/tape")));
        vault(signer).follow();
        assertFalse(Files.exists(home.resolve("keys/tape")));
    }

    private SetBeginning beginning() {
        return new SetBeginning(site.catalog(), null, null, site.making, site.service.making());
    }

    private List<String> sets() throws BackupException {
        return site.catalog().read(CatalogView::mediaSets).stream().map(set -> set.name().value()).toList();
    }

    private static Answer ready(NodeOrder order) throws BackupException {
        if (!(order instanceof PoolOrder.OpenPool open)) {
            return new Answer.Done();
        }
        Label label = Label.parse(open.newLabel());
        return new PoolAnswer.VolumeReady(label.volume(), label.name(), "slot 9", 0, 100, new Barcode("A9"));
    }

    /** Cut off behind the label of a blank cartridge, of which only its node has a note. */
    private void cutOff() throws BackupException {
        site.door.change(edit -> {
            edit.putPool(with(tape, "name", new PoolName("tape.set2")));
            edit.putMediaSet(MediaSet.of(TAPE, 2));
        });
    }

    private void fails(String code) {
        site.answers = order -> {
            if (order instanceof PoolOrder.OpenPool) {
                throw BackupException.device(code, "lib1", "not now", null);
            }
            return new Answer.Done();
        };
    }

    @Test
    void aSetThatWasCutOffIsKeptWhileItsLibraryDoesNotAnswer() throws Exception {
        cutOff();
        for (String passing : List.of("device.unserved", "changer.away", "volume.quarantined")) {
            fails(passing);
            beginning().goOn(site.node());
            assertEquals(List.of("tape.set2"), sets(), passing);
        }
        assertEquals(List.of(), site.orders.stream().filter(order -> order instanceof PoolOrder.ClosePool).toList(), "its node keeps its note");
        site.answers = PoolMakingTest::ready;
        beginning().goOn(site.node());
        assertEquals("tape.set2", site.catalog().read(view -> MediaSets.open(view, tape)).name().value());
    }

    @Test
    void aSetThatWasCutOffComesToNothingWithoutACartridge() throws Exception {
        cutOff();
        fails("volume.missing");
        beginning().goOn(site.node());
        assertEquals(List.of(), sets());
        cutOff();
        site.answers = PoolMakingTest::ready;
        site.door.change(edit -> edit.putMediaRules(with(edit.mediaRules(TAPE), "blank", false)));
        beginning().goOn(site.node());
        assertEquals(List.of(), sets());
    }

    @Test
    void aPoolThatDrivesAreToSealIsNotMadeWhereNoneCan() throws Exception {
        assertEquals("device.unsupported", refusal(new LibraryAnswer.SealingDrives(List.of(), List.of("lib1 drive 0"), List.of())));
        assertTrue(site.catalog().read(view -> view.pool(new PoolName("sealed"))).isEmpty());
        assertTrue(site.orders.stream().noneMatch(order -> order instanceof PoolOrder.OpenPool));
        assertEquals("volume.taken", refusal(new LibraryAnswer.SealingDrives(List.of(), List.of(), List.of("lib1 drive 0"))), "nobody knows: that is no reason");
    }

    /** Why none is made if its library says this. */
    private String refusal(LibraryAnswer.SealingDrives drives) {
        site.answers = order -> switch (order) {
            case DeviceOrder.ListDevices o -> new DeviceAnswer.Devices(List.of(new DeviceAnswer.DeviceFound(tape.device(), "simulator", "/srv/library", null)));
            case LibraryOrder.AskSealing o -> drives;
            case PoolOrder.OpenPool o -> throw BackupException.operator("volume.taken", "", "");
            default -> new Answer.Done();
        };
        return assertThrows(BackupException.class, () -> site.making.create(new PoolName("sealed"), "simulator", Map.of("library", "lib1", "encryption", "drive"),
                Pools.Readers.APPLIANCE, null, site.node())).failure().code();
    }

    /** That is written by another job, which waits for a drive for hours. */
    @Test
    void whoCutsAPoolAndWaitsForACheckpointKeepsNobodyFromMakingPools() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        site.answers = order -> {
            opening.countDown();
            return ready(order);
        };
        ReentrantLock checkpoint = site.node().turn(TAPE);
        checkpoint.lock();
        ConnectedNode node = site.node();
        FutureTask<Pool> cut = new FutureTask<>(() -> beginning().next(tape, node));
        try {
            Thread.ofVirtual().start(cut);
            assertTrue(opening.await(120, TimeUnit.SECONDS));
            assertTrue(site.service.making().tryLock(30, TimeUnit.SECONDS));
            site.service.making().unlock();
            assertEquals("tape.set2", site.catalog().read(view -> MediaSets.open(view, tape)).name().value());
            assertFalse(cut.isDone());
        } finally {
            site.leave();
            checkpoint.unlock();
        }
        assertEquals("tape.set2", cut.get(120, TimeUnit.SECONDS).name().value());
        assertTrue(PoolCheckpoint.isDue(site.catalog(), TAPE));
    }
}
