package org.azekura.server.media;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.DriveMount;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Drive;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.VolumeAnswer;
import org.azekura.engine.volume.Label;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaDeskTest {

    @TempDir Path home;
    private Shelf shelf;
    private Label first;

    @BeforeEach
    void open() throws Exception {
        shelf = new Shelf(home);
        shelf.slots.putAll(Map.of(1, "A1", 2, "A2", 3, "A3"));
        first = shelf.labelled(shelf.want(Shelf.MAIN, null, 1), "A1");
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    @Test
    void theNextCartridgeBelongsToTheSet() throws Exception {
        PoolAnswer.VolumeChosen chosen = shelf.want(Shelf.MAIN, first.volume(), 2);
        assertEquals(new Barcode("A2"), chosen.barcode());
        assertEquals(Volume.State.FULL, shelf.volume(first.volume()).state());
        assertEquals(1, shelf.volumes().size(), "nothing is a volume before its label was read back");
        Label second = shelf.labelled(chosen, "A2");
        assertEquals(List.of(first.volume(), 2, "main-2", "A2"), List.of(second.set(), second.number(), second.name(), second.barcode()));
        Volume row = shelf.volume(second.volume());
        assertEquals(List.of(first.volume(), 2, Volume.State.APPENDABLE, second.made()), List.of(row.set(), row.number(), row.state(), row.labelled()));
        assertEquals(List.of(), shelf.read(CatalogView::pendingVolumes));
        shelf.labelled(chosen, "A2");
        assertEquals(row, shelf.volume(second.volume()));
    }

    @Test
    void knowsWhetherTheLastCartridgeIsThereBeforeAnybodyHasLooked() throws Exception {
        Pool pool = shelf.read(view -> view.pool(Shelf.MAIN)).orElseThrow();
        assertTrue(shelf.hasLast(pool));
        shelf.slots.remove(1);
        assertFalse(shelf.hasLast(pool));
        shelf.slots = null;
        assertTrue(shelf.hasLast(pool), "nobody can say");
    }

    @Test
    void askedAgainItSaysTheSame() throws Exception {
        PoolAnswer.VolumeChosen chosen = shelf.want(Shelf.MAIN, first.volume(), 2);
        PoolAnswer.VolumeChosen again = shelf.want(Shelf.MAIN, first.volume(), 2);
        assertArrayEquals(chosen.label(), again.label());
        assertEquals(chosen.barcode(), again.barcode());
        PoolAnswer.VolumeChosen other = shelf.want(Shelf.MAIN, first.volume(), 2, "A2");
        assertEquals(new Barcode("A3"), other.barcode());
        assertNotEquals(Label.parse(chosen.label()).volume(), Label.parse(other.label()).volume());
        // one that was cut off between the label and the word of it is a volume all the same
        shelf.labelled(chosen, "A2");
        assertEquals(2, shelf.volumes().size());
    }

    @Test
    void oneThatIsAwaitedIsNobodyElses() throws Exception {
        shelf.want(Shelf.MAIN, first.volume(), 2);
        assertEquals(new Barcode("A3"), shelf.want(Shelf.OFFSITE, null, 1).barcode());
        shelf.slots.remove(3);
        assertRefused("media.none", () -> shelf.want(Shelf.OFFSITE, null, 1));
    }

    @Test
    void saysWhatWouldDoIfThereIsNone() throws Exception {
        shelf.slots.keySet().removeAll(List.of(2, 3));
        String said = assertRefused("media.none", () -> shelf.want(Shelf.MAIN, first.volume(), 2)).getMessage();
        assertTrue(said.contains("of 1 cartridge there 1 is written already") && said.contains("azekura volume label --pool main"), said);
        assertEquals(Volume.State.FULL, shelf.volume(first.volume()).state());
    }

    @Test
    void waitsForACartridgeThatWasNotRefusedYet() throws Exception {
        Pool pool = shelf.read(view -> view.pool(Shelf.MAIN)).orElseThrow();
        assertRefused("media.none", () -> shelf.want(Shelf.MAIN, first.volume(), 2, "A2", "A3"));
        assertFalse(shelf.fits(pool));
        shelf.slots.remove(2);
        assertFalse(shelf.fits(pool));
        shelf.slots.put(7, "A2");
        assertTrue(shelf.fits(pool), "it was taken out and is another one, as far as anybody knows");
        assertRefused("media.none", () -> shelf.want(Shelf.MAIN, first.volume(), 2, "A2", "A3"));
        shelf.change(edit -> edit.putVolume(new Volume(new VolumeId(8, 8), Shelf.MAIN, "A3", "A3", Volume.State.SCRATCH, "slot 3", 0, 100)));
        assertTrue(shelf.fits(pool), "somebody had it labelled");
        shelf.slots = null;
        assertTrue(shelf.fits(pool), "where nobody can say it is tried");
    }

    /** It has room, and is as good as another one. */
    @Test
    void waitsForThatWhichWasWrittenLastIfItIsOnlyAway() throws Exception {
        Pool pool = shelf.read(view -> view.pool(Shelf.MAIN)).orElseThrow();
        shelf.slots.keySet().retainAll(List.of());
        assertRefused("media.none", () -> shelf.want(Shelf.MAIN, null, 2));
        assertEquals(Volume.State.APPENDABLE, shelf.volume(first.volume()).state(), "it is not full");
        assertFalse(shelf.fits(pool));
        shelf.slots.put(4, "A1");
        assertFalse(shelf.fits(pool, first.volume()), "another one has its barcode");
        assertTrue(shelf.fits(pool));
        shelf.change(edit -> VolumeBook.change(edit, edit.volume(first.volume()).orElseThrow(), VolumeEvent.LOST, "a hand took it"));
        assertTrue(shelf.fits(pool), "the catalog has not heard yet that it is back");
        assertRefused("media.none", () -> shelf.want(Shelf.MAIN, first.volume(), 2));
        assertEquals(Volume.State.FULL, shelf.volume(first.volume()).state(), "its node has met it");
        assertFalse(shelf.fits(pool));
    }

    @Test
    void namesAreWords() {
        assertTrue(NamedIn.text("main-1", "put cartridge main-1 (A1) into lib1"));
        assertTrue(NamedIn.text("A1", "put cartridge main-12 (A1) into lib1"));
        assertFalse(NamedIn.text("main-1", "put cartridge main-12 (A1) into lib1"));
        assertFalse(NamedIn.text("A1", "put cartridge XA1 or A12 into lib1"));
    }

    @Test
    void aNodeIsHeardOnlyAboutItsOwnPools() throws Exception {
        NodeReport.VolumeWanted wanted = new NodeReport.VolumeWanted(Shelf.MAIN, null, 1, List.of());
        assertRefused("pool.foreign", () -> shelf.desk.take(new NodeName("other"), pool -> null, wanted));
        assertRefused("volume.unknown", () -> shelf.tell(new NodeReport.VolumeState(Shelf.OFFSITE, first.volume(), "full", null, -1)));
        assertRefused("volume.foreign", () -> shelf.tell(new NodeReport.VolumeLabelled(Shelf.OFFSITE, first.volume(), 1, "x", null, "", -1)));
        assertRefused("volume.state", () -> shelf.tell(new NodeReport.VolumeState(Shelf.MAIN, first.volume(), "scratch", null, -1)));
    }

    @Test
    void keepsTheStateItsReasonAndWhatItWas() throws Exception {
        shelf.tell(new NodeReport.VolumeState(Shelf.MAIN, first.volume(), "missing", "it is in the safe", 77));
        Volume away = shelf.volume(first.volume());
        assertEquals(List.of(Volume.State.MISSING, "it is in the safe", 77L, Volume.State.APPENDABLE), List.of(away.state(), away.why(), away.used(), away.was()));
        shelf.tell(new NodeReport.VolumeLabelled(Shelf.MAIN, first.volume(), 1, first.name(), new Barcode("A1"), "slot 9", 100));
        Volume back = shelf.volume(first.volume());
        assertEquals(Volume.State.APPENDABLE, back.state());
        assertNull(back.why());
        shelf.tell(new NodeReport.VolumeState(Shelf.MAIN, first.volume(), "suspect", "its end could not be proven", -1));
        assertRefused("volume.state", () -> shelf.tell(new NodeReport.VolumeState(Shelf.MAIN, first.volume(), "full", null, -1)));
    }

    @Test
    void packsMoveToTheCartridgeThatTheyLieOn() throws Exception {
        Label second = shelf.labelled(shelf.want(Shelf.MAIN, first.volume(), 2), "A2");
        PackId pack = new PackId(1, 1);
        shelf.change(edit -> edit.putPack(new Pack(pack, Shelf.MAIN, null, false, 30, 1, first.volume(), "spool", Instant.EPOCH)));
        NodeReport.PacksPlaced placed = new NodeReport.PacksPlaced(Shelf.MAIN, List.of(new NodeReport.PackPlaced(pack, second.volume(), "b7"),
                new NodeReport.PackPlaced(new PackId(9, 9), second.volume(), "b8")));
        for (int i = 0; i < 2; i++) {
            shelf.tell(placed);
            assertEquals(List.of(0L, 30L), List.of(shelf.volume(first.volume()).used(), shelf.volume(second.volume()).used()));
            Pack row = shelf.read(view -> view.pack(pack, Shelf.MAIN)).orElseThrow();
            assertEquals(List.of(second.volume(), "b7"), List.of(row.volume(), row.position()));
        }
        assertRefused("volume.unknown", () -> shelf.tell(new NodeReport.PacksPlaced(Shelf.OFFSITE, placed.packs())));
    }

    /** What waits for tape counts on the first of a set, and is not among what a node has counted up to the end of that. */
    @Test
    void aFullCartridgeHasWhatLiesOnIt() throws Exception {
        Label second = shelf.labelled(shelf.want(Shelf.MAIN, first.volume(), 2), "A2");
        for (int i = 1; i <= 3; i++) {
            PackId pack = new PackId(1, i);
            shelf.change(edit -> edit.putPack(new Pack(pack, Shelf.MAIN, null, false, 30, 1, first.volume(), "spool", Instant.EPOCH)));
            shelf.change(edit -> edit.putVolume(edit.volume(first.volume()).orElseThrow().grown(30)));
        }
        shelf.tell(new NodeReport.PacksPlaced(Shelf.MAIN, List.of(new NodeReport.PackPlaced(new PackId(1, 1), first.volume(), "b7"))));
        shelf.tell(new NodeReport.VolumeState(Shelf.MAIN, first.volume(), "full", null, 32));
        shelf.tell(new NodeReport.PacksPlaced(Shelf.MAIN, List.of(new NodeReport.PackPlaced(new PackId(1, 2), second.volume(), "b1"),
                new NodeReport.PackPlaced(new PackId(1, 3), second.volume(), "b2"))));
        assertEquals(List.of(32L, 60L), List.of(shelf.volume(first.volume()).used(), shelf.volume(second.volume()).used()));
    }

    /** A node tells where packs are when all that it had to write is written, and of a cartridge that is full when the next one is begun. */
    @Test
    void whatIsToldOfAFullCartridgeIsNotCountedTwice() throws Exception {
        Label second = shelf.labelled(shelf.want(Shelf.MAIN, first.volume(), 2), "A2");
        PackId pack = new PackId(1, 1);
        shelf.change(edit -> edit.putPack(new Pack(pack, Shelf.MAIN, null, false, 30, 1, first.volume(), "spool", Instant.EPOCH)));
        shelf.tell(new NodeReport.VolumeState(Shelf.MAIN, second.volume(), "full", null, 32));
        shelf.tell(new NodeReport.PacksPlaced(Shelf.MAIN, List.of(new NodeReport.PackPlaced(pack, second.volume(), "b1"))));
        assertEquals(32, shelf.volume(second.volume()).used());
    }

    @Test
    void takesAGivenUpCartridgeBeforeABlankOneAndForgetsItsOldLabel() throws Exception {
        VolumeId old = new VolumeId(7, 7);
        shelf.change(edit -> edit.putScratch(new ScratchVolume(old, "gone-1", "A3", Instant.EPOCH, "its pool is gone")));
        PoolAnswer.VolumeChosen chosen = shelf.want(Shelf.MAIN, first.volume(), 2);
        assertEquals(List.of(new Barcode("A3"), old), List.of(chosen.barcode(), chosen.overwrites()));
        assertEquals(1, shelf.read(CatalogView::scratchVolumes).size(), "until its new label was read back");
        shelf.labelled(chosen, "A3");
        assertEquals(List.of(), shelf.read(CatalogView::scratchVolumes));
    }

    @Test
    void onePreparedForThePoolComesFirst() throws Exception {
        VolumeId prepared = new VolumeId(8, 8);
        shelf.change(edit -> edit.putVolume(new Volume(prepared, Shelf.MAIN, "A3", "A3", Volume.State.SCRATCH, "slot 3", 0, 100)));
        PoolAnswer.VolumeChosen chosen = shelf.want(Shelf.MAIN, first.volume(), 2);
        assertEquals(List.of(new Barcode("A3"), prepared), List.of(chosen.barcode(), chosen.overwrites()));
        assertEquals(2, shelf.labelled(chosen, "A3").number());
        assertTrue(shelf.read(view -> view.volume(prepared)).isEmpty());
    }

    @Test
    void whatTheCatalogKnowsHasTheHigherNumber() throws Exception {
        shelf.change(edit -> edit.putVolume(new Volume(new VolumeId(9, 9), Shelf.MAIN, "main-5", "A9", Volume.State.MISSING, "", 50, 100, first.volume(), 5, null, null,
                "in the safe", 0, Volume.State.FULL)));
        assertEquals(6, Label.parse(shelf.want(Shelf.MAIN, first.volume(), 2).label()).number());
    }

    @Test
    void errorsInTwoDrivesMakeACartridgeSuspectAndAlertsADriveUnclean() throws Exception {
        DeviceName library = new DeviceName("lib1");
        shelf.tell(new NodeReport.DriveSaid(library, 0, "S0", new Barcode("A1"), List.of(), "block 7 can't be read"));
        shelf.tell(new NodeReport.DriveSaid(library, 0, "S0", new Barcode("A1"), List.of(20, 99), "block 7 can't be read"));
        assertEquals(List.of(Volume.State.APPENDABLE, 2), List.of(shelf.volume(first.volume()).state(), shelf.volume(first.volume()).errors()));
        assertEquals(DriveHealth.State.UNCLEAN, shelf.read(CatalogView::driveHealth).getFirst().state());
        shelf.tell(new NodeReport.DriveSaid(library, 1, "", new Barcode("A1"), List.of(), "block 9 can't be read"));
        Volume suspect = shelf.volume(first.volume());
        assertEquals(List.of(Volume.State.SUSPECT, "errors in two drives; the last: block 9 can't be read", 3), List.of(suspect.state(), suspect.why(), suspect.errors()));
        assertEquals(1, shelf.read(CatalogView::driveHealth).size());
        shelf.tell(new NodeReport.DriveSaid(library, 1, "", new Barcode("A2"), List.of(14), null));
        assertEquals(List.of("node-1/lib1/1 DOWN", "S0 UNCLEAN"),
                shelf.read(CatalogView::driveHealth).stream().map(one -> one.drive() + " " + one.state()).sorted(Comparator.reverseOrder()).toList());
        shelf.change(edit -> DriveBook.recovered(edit, "S0"));
        assertEquals(1, shelf.read(CatalogView::driveErrors).size());
    }

    private void mounted(int drive, String barcode, int minute, long corrected, long uncorrected, int told) throws Exception {
        shelf.tell(new NodeReport.DriveSaid(new DeviceName("lib1"), drive, "S" + drive, new Barcode(barcode), List.of(), null,
                new NodeReport.DriveMounted(Instant.EPOCH.plusSeconds(60L * minute), 1_000_000_000, 0, told, new Drive.Counters(corrected, uncorrected, 0, 0),
                        new Drive.Life(minute, 5, 6, 1, 2))));
    }

    /** Three cartridges that are well in both drives. */
    private void usual() throws Exception {
        for (int drive = 0; drive < 2; drive++) {
            for (int i = 0; i < 3; i++) {
                mounted(drive, "B" + i, i, 10, 0, 0);
            }
        }
    }

    private List<String> warnings(String barcode) throws Exception {
        return shelf.read(view -> MountBook.use(view, barcode)).warnings();
    }

    @Test
    void aCartridgeOfWhichTwoDrivesCorrectFarMoreThanOfOthersIsSuspectNotOfWhichOneDoes() throws Exception {
        usual();
        mounted(0, "A1", 10, 5000, 0, 0);
        assertEquals(Volume.State.APPENDABLE, shelf.volume(first.volume()).state());
        assertEquals(List.of("drive S0 corrected 5000 errors per GB while writing, 10.0 is usual there"), warnings("A1"));
        mounted(1, "A1", 11, 6000, 0, 0);
        Volume suspect = shelf.volume(first.volume());
        assertEquals(Volume.State.SUSPECT, suspect.state());
        assertTrue(suspect.why().startsWith("two drives had much to correct: drive S"), suspect::why);
        assertEquals(List.of(), shelf.read(CatalogView::driveHealth));
        shelf.change(edit -> VolumeMarks.accept(edit, "A1"));
        mounted(0, "A1", 12, 5000, 0, 0);
        assertEquals(Volume.State.FULL, shelf.volume(first.volume()).state(), "one drive says nothing yet");
        assertEquals(1, warnings("A1").size());
    }

    @Test
    void howMuchIsFarMoreIsSaidForAllSetsOfAPool() throws Exception {
        usual();
        shelf.change(edit -> {
            edit.putPool(Rows.pool("main.set2"));
            edit.putMediaSet(MediaSet.of(Shelf.MAIN, 2));
            edit.putVolume(new Volume(new VolumeId(9, 1), new PoolName("main.set2"), "main.set2-1", "C1", Volume.State.FULL, "slot", 5, 100, new VolumeId(9, 1), 1, null, null, null, 0,
                    null));
        });
        mounted(0, "C1", 10, 5000, 0, 0);
        assertEquals(1, warnings("C1").size());
        MediaRules usual = MediaRules.usual(Shelf.MAIN);
        shelf.change(edit -> edit.putMediaRules(new MediaRules(Shelf.MAIN, true, true, usual.keep(), usual.repack(), usual.cutAfter(), usual.cutSize(), usual.reserve(), usual.setAfter(),
                usual.setSize(), false, 1000)));
        assertEquals(List.of(), warnings("C1"));
    }

    @Test
    void aDriveThatCorrectsMuchWithSeveralIsToBeCleanedAndCondemnsNone() throws Exception {
        usual();
        mounted(0, "A1", 10, 5000, 0, 0);
        mounted(0, "A2", 11, 5000, 0, 0);
        mounted(1, "A2", 12, 12, 0, 0);
        assertEquals(Volume.State.APPENDABLE, shelf.volume(first.volume()).state());
        assertEquals(Map.of("S0", "it corrects many errors with A1, A2: clean it, and look at it if that does not help"), shelf.read(MountBook::dirty));
        shelf.change(edit -> DriveBook.recovered(edit, "S0"));
        assertEquals(Map.of(), shelf.read(MountBook::dirty));
        assertEquals(List.of(), warnings("A1"));
        assertEquals(1, shelf.read(view -> view.driveMounts("A1")).size(), "it is shown, and does not count");
    }

    @Test
    void anErrorInOneDriveAndMuchToCorrectInAnotherAgree() throws Exception {
        usual();
        mounted(0, "A1", 10, 5000, 0, 0);
        shelf.tell(new NodeReport.DriveSaid(new DeviceName("lib1"), 1, "S1", new Barcode("A1"), List.of(), "block 7 can't be read"));
        mounted(1, "A1", 11, 20, 1, 1);
        assertEquals(Volume.State.SUSPECT, shelf.volume(first.volume()).state());
        assertEquals(1, shelf.volume(first.volume()).errors(), "what was told as an error is not counted twice");
        assertEquals(List.of(), shelf.read(CatalogView::driveHealth));
    }

    @Test
    void aPoolThatSaysSoHasCorrectedErrorsSayNothing() throws Exception {
        shelf.change(edit -> edit.putMediaRules(new MediaRules(Shelf.MAIN, true, true, Duration.ZERO, 40, Duration.ZERO, 0, MediaRules.RESERVE, Duration.ZERO, 0, false, 0)));
        usual();
        mounted(0, "A1", 10, 5000, 0, 0);
        mounted(1, "A1", 11, 6000, 0, 0);
        assertEquals(Volume.State.APPENDABLE, shelf.volume(first.volume()).state());
    }

    @Test
    void whatADriveCountedAndToldOfNoneIsAnErrorOfThePairOnceForEach() throws Exception {
        mounted(0, "A1", 10, 0, 2, 0);
        mounted(0, "A1", 10, 0, 2, 0);
        assertEquals(2, shelf.volume(first.volume()).errors());
        mounted(0, "A1", 10, 0, 3, 0);
        assertEquals(3, shelf.volume(first.volume()).errors());
        assertEquals(Volume.State.APPENDABLE, shelf.volume(first.volume()).state());
        mounted(1, "A1", 11, 0, 1, 0);
        assertEquals(List.of(Volume.State.SUSPECT, "errors in two drives; the last: 1 that drive S1 counted and told of none"),
                List.of(shelf.volume(first.volume()).state(), shelf.volume(first.volume()).why()));
    }

    @Test
    void theLastTwelveMountsAreKeptAndAllAreCounted() throws Exception {
        for (int i = 0; i < 20; i++) {
            mounted(i % 2, "A1", i, 1, 0, 0);
        }
        mounted(1, "A1", 19, 2, 0, 0);
        List<DriveMount> kept = shelf.read(view -> view.driveMounts("A1"));
        assertEquals(12, kept.size());
        assertEquals(Instant.EPOCH.plusSeconds(60 * 8), kept.getFirst().loaded());
        assertEquals(2, kept.getLast().writeCorrected(), "told again it takes the place of what was told");
        CartridgeLife life = shelf.read(view -> view.cartridgeLife("A1")).orElseThrow();
        assertEquals(List.of(20, 19L, 5L, 6L, 3L), List.of(life.mounts(), life.loads(), life.written(), life.read(), life.uncorrected()));
    }

    @Test
    void whatTheNodeDoesNotNameOfASetIsMissing() throws Exception {
        Label second = shelf.labelled(shelf.want(Shelf.MAIN, first.volume(), 2), "A2");
        PoolAnswer.Member one = new PoolAnswer.Member(first.volume(), 1, "main-1", new Barcode("A1"), "slot 1", "full", null, 40, 100);
        PoolAnswer.Member two = new PoolAnswer.Member(second.volume(), 2, "main-2", new Barcode("A2"), null, "missing", "it is not in the library", 5, 100);
        opened(one);
        assertEquals(List.of(Volume.State.FULL, Volume.State.MISSING), shelf.volumes().stream().map(Volume::state).toList());
        opened(one, two);
        assertEquals(List.of(40L, 5L), shelf.volumes().stream().map(Volume::used).toList());
        assertEquals("slot", shelf.volume(second.volume()).location());
        opened(one, new PoolAnswer.Member(second.volume(), 2, "main-2", new Barcode("A2"), "slot 8", "appendable", null, 5, 100));
        assertEquals(List.of("slot 8", Volume.State.APPENDABLE), List.of(shelf.volume(second.volume()).location(), shelf.volume(second.volume()).state()));
    }

    @Test
    void whenALabelWasMadeIsKnownOfTheFirstThatWasWritten() throws Exception {
        Label label = Label.parse(shelf.want(Shelf.OFFSITE, null, 1).label());
        PoolAnswer.VolumeReady written = new PoolAnswer.VolumeReady(label.volume(), "offsite-1", "slot 2", 0, 100, new Barcode("A2"));
        PoolAnswer.VolumeReady found = new PoolAnswer.VolumeReady(new VolumeId(9, 9), "other-1", "slot 3", 0, 100, new Barcode("A3"));
        shelf.change(edit -> SetMembers.take(edit, Shelf.OFFSITE, written, label));
        shelf.change(edit -> SetMembers.take(edit, Shelf.OFFSITE, found, label));
        assertEquals(label.made(), shelf.volume(label.volume()).labelled());
        assertNull(shelf.volume(new VolumeId(9, 9)).labelled());
    }

    @Test
    void whatItsNodeDoubtsIsSuspectUntilSomebodyAcceptsIt() throws Exception {
        List<VolumeAnswer.VolumeUse> uses = List.of(new VolumeAnswer.VolumeUse(first.volume(), 1, true, true, 1, 5, 5));
        shelf.change(edit -> SetMembers.doubted(edit, Shelf.MAIN, uses));
        assertEquals(Volume.State.SUSPECT, shelf.volume(first.volume()).state());
        shelf.change(edit -> VolumeMarks.accept(edit, "A1"));
        shelf.change(edit -> SetMembers.doubted(edit, Shelf.MAIN, uses));
        assertEquals(Volume.State.FULL, shelf.volume(first.volume()).state());
    }

    private void opened(PoolAnswer.Member... members) throws Exception {
        PoolAnswer.VolumeReady ready = new PoolAnswer.VolumeReady(first.volume(), "main-1", "slot 1", 45, 100, new Barcode("A1"), List.of(members));
        shelf.change(edit -> SetMembers.take(edit, Shelf.MAIN, ready, null));
    }
}
