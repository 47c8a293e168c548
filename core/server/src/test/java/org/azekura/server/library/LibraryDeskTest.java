package org.azekura.server.library;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Position;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Libraries;
import org.azekura.engine.volume.Label;
import org.azekura.server.job.errand.LibraryWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class LibraryDeskTest {

    private static final Barcode A1 = new Barcode("A00001L8");
    private static final Barcode A2 = new Barcode("A00002L8");
    private static final Barcode A3 = new Barcode("A00003L8");
    private static final Barcode CLEANER = new Barcode("CLN001CU");

    @TempDir
    Path home;
    private FakeLibrary library;
    private Story story;

    /** Notes what a job is told. */
    private static final class Story implements LibraryWork.Story {

        final List<JobResult.Cartridge> fates = new ArrayList<>();
        final List<String> lines = new ArrayList<>();
        BackupException stop;

        @Override
        public void line(JobLine.Level level, String text) {
            lines.add(text);
        }

        @Override
        public void phase(String phase, int done) {
            lines.add(phase);
        }

        @Override
        public void fate(JobResult.Cartridge cartridge) {
            fates.add(cartridge);
        }

        @Override
        public void check() throws BackupException {
            if (stop != null) {
                throw stop;
            }
        }

        @Override
        public String toString() {
            return fates.stream().map(fate -> fate.barcode() + " " + fate.fate().word()).collect(Collectors.joining(", "));
        }
    }

    @BeforeEach
    void open() throws Exception {
        library = new FakeLibrary(home);
        library.places.put(1000, A1);
        library.places.put(1001, A2);
        library.places.put(1002, CLEANER);
        library.places.put(500, A3);
    }

    @AfterEach
    void close() {
        library.close();
    }

    private Story does(JobOrder.OfLibrary order) throws Exception {
        story = new Story();
        library.desk().check(order);
        library.desk().carryOut(order, story);
        return story;
    }

    private void labels(String fates, Barcode... barcodes) throws Exception {
        assertEquals(fates, does(new JobOrder.Label(FakeLibrary.TAPE, List.of(barcodes))).toString());
    }

    private Volume volume(Barcode barcode) throws Exception {
        return library.catalog().read(CatalogView::volumes).stream().filter(volume -> barcode.value().equals(volume.barcode())).findFirst().orElseThrow();
    }

    @Test
    void showsWhatIsWhereAndLeavesDisksOut() throws Exception {
        labels("A00001L8 labelled", A1);
        List<Libraries.Library> all = library.desk().list(null);
        assertEquals(List.of(FakeLibrary.LIB1), all.stream().map(Libraries.Library::name).toList());
        Libraries.Place place = all.getFirst().places().stream().filter(one -> A1.equals(one.barcode())).findFirst().orElseThrow();
        assertEquals(List.of(1000, "A00001L8", FakeLibrary.TAPE), List.of(place.address(), place.volume().label(), place.pool()));
        assertRefused("library.none", () -> library.desk().get(new DeviceName("disk"), null));
        assertRefused("device.unknown", () -> library.desk().get(new DeviceName("lib9"), null));
    }

    @Test
    void labelsAllThatAreBlankAndOnceOnly() throws Exception {
        labels("A00001L8 labelled, A00002L8 labelled, A00003L8 labelled, CLN001CU cleaning");
        Volume made = volume(A1);
        assertEquals(List.of(Volume.State.SCRATCH, "A00001L8", FakeLibrary.TAPE, "lib1, slot 1000"), List.of(made.state(), made.label(), made.pool(), made.location()));
        library.orders.clear();
        labels("A00001L8 already, A00002L8 already, A00003L8 already, CLN001CU cleaning");
        assertTrue(library.orders.stream().noneMatch(order -> order instanceof LibraryOrder.LabelCartridge), library.orders.toString());
        assertEquals("A00001L8 foreign", does(new JobOrder.Label(FakeLibrary.OTHER, List.of(A1))).toString());
    }

    @Test
    void leavesVolumesOfOtherPoolsAloneWithoutAWordUnlessOneIsMeant() throws Exception {
        labels("A00001L8 labelled", A1);
        assertEquals("A00001L8 others, A00002L8 labelled, A00003L8 labelled, CLN001CU cleaning", does(new JobOrder.Label(FakeLibrary.OTHER, List.of())).toString());
        assertFalse(story.fates.getFirst().fate().warns());
    }

    @Test
    void aScratchCartridgeGetsAnotherLabelOnlyIfItIsMeant() throws Exception {
        byte[] old = library.label(FakeLibrary.SELF, FakeLibrary.OTHER, "old", 77);
        library.tapes.put(A1, old);
        library.catalog().write(edit -> {
            edit.putScratch(new ScratchVolume(Label.parse(old).volume(), "old", A1.value(), Instant.EPOCH, "its pool is gone"));
            return null;
        });
        labels("A00001L8 scratch, A00002L8 labelled, A00003L8 labelled, CLN001CU cleaning");
        assertArrayEquals(old, library.tapes.get(A1));
        labels("A00001L8 labelled", A1);
        assertEquals(FakeLibrary.TAPE, volume(A1).pool());
        assertEquals(List.of(), library.catalog().read(CatalogView::scratchVolumes));
    }

    @Test
    void locksUnlocksAndAcceptsVolumes() throws Exception {
        labels("A00001L8 labelled", A1);
        assertEquals(List.of(Volume.State.LOCKED, "evidence"), List.of(library.desk().lock("A00001L8", "evidence").volume().state(), volume(A1).why()));
        assertRefused("volume.state", () -> library.desk().accept("A00001L8"));
        assertEquals(Volume.State.SCRATCH, library.desk().unlock("A00001L8").volume().state());
        assertRefused("volume.state", () -> library.desk().unlock("A00001L8"));
        Volume labelled = volume(A1);
        library.catalog().write(edit -> {
            edit.putVolume(labelled.in(Volume.State.SUSPECT, "errors in two drives"));
            edit.putDriveErrors(new DriveErrors("S0", A1.value(), 2, Instant.EPOCH, "block 7"));
            edit.putDriveErrors(new DriveErrors("S0", A2.value(), 1, Instant.EPOCH, "block 8"));
            return null;
        });
        assertTrue(assertRefused("volume.state", () -> library.desk().unlock("A00001L8")).getMessage().contains("volume accept"));
        assertEquals(Volume.State.FULL, library.desk().accept("A00001L8").volume().state());
        assertEquals(List.of(A2.value()), library.catalog().read(CatalogView::driveErrors).stream().map(DriveErrors::barcode).toList());
        assertRefused("volume.unknown", () -> library.desk().lock("nope", "x"));
    }

    @Test
    void anOperatorTakesADriveOutAndInAndItsNodeHearsOfIt() throws Exception {
        Libraries.Place down = drive(library.desk().use(FakeLibrary.LIB1, null, 0, false, "at the workshop"));
        assertEquals(List.of(DriveHealth.State.DOWN, "at the workshop"), List.of(down.health().state(), down.health().why()));
        assertEquals(new LibraryOrder.UseDrives(FakeLibrary.LIB1, List.of(0), List.of()), library.orders.getLast());
        assertEquals(null, drive(library.desk().use(FakeLibrary.LIB1, FakeLibrary.NODE, 0, true, null)).health());
        assertEquals(new LibraryOrder.UseDrives(FakeLibrary.LIB1, List.of(), List.of()), library.orders.getLast());
        assertRefused("drive.unknown", () -> library.desk().use(FakeLibrary.LIB1, null, 7, false, "x"));
    }

    private static Libraries.Place drive(Libraries.Library shown) {
        return shown.places().stream().filter(place -> place.drive() != null).findFirst().orElseThrow();
    }

    @Test
    void neverLabelsWhatIsNotBlank() throws Exception {
        library.tapes.put(A1, new byte[10]);
        library.tapes.put(A2, library.label(new ApplianceId(9, 9), FakeLibrary.TAPE, "theirs", 1));
        library.broken.put(A3, BackupException.device("device.hardware", "drive", "the drive is broken", null));
        labels("A00001L8 quarantined, A00002L8 foreign, A00003L8 failed, CLN001CU cleaning");
        assertTrue(story.fates.get(1).what().contains("volume theirs of pool tape of appliance"), story.fates.get(1).what());
        assertTrue(story.fates.get(2).what().contains("the drive is broken"), story.fates.get(2).what());
        assertEquals(List.of(), library.catalog().read(CatalogView::volumes));
    }

    @Test
    void takesOnALabelOfWhichTheServerHasNotHeard() throws Exception {
        library.tapes.put(A1, library.label(library.catalog().read(view -> view.pool(FakeLibrary.TAPE)).orElseThrow(), A1));
        labels("A00001L8 already", A1);
        assertEquals(Volume.State.SCRATCH, volume(A1).state());
    }

    @Test
    void asksAgainWhileADriveIsInUseAndEndsWhenItIsCancelled() throws Exception {
        library.broken.put(A1, BackupException.device("device.busy", "drive", "another call has had this drive for 240 s", null));
        labels("A00001L8 failed", A1);
        assertEquals(15, library.orders.stream().filter(order -> order instanceof LibraryOrder.LabelCartridge).count());
        Story cancelled = new Story();
        cancelled.stop = BackupException.operator("job.cancelled", "1", "the job was cancelled");
        assertRefused("job.cancelled", () -> library.desk().carryOut(new JobOrder.Label(FakeLibrary.TAPE, List.of(A1)), cancelled));
    }

    @Test
    void looksWhatCartridgesAre() throws Exception {
        labels("A00001L8 labelled", A1);
        library.tapes.put(A3, new byte[10]);
        assertEquals("A00001L8 found, A00002L8 blank, A00003L8 quarantined, CLN001CU cleaning",
                does(new JobOrder.Scan(List.of("A00001L8", "A00002L8", "A00003L8", "CLN001CU"))).toString());
        library.tapes.put(A1, library.tapes.put(A2, library.tapes.get(A1)));
        assertEquals("A00001L8 foreign, A00002L8 foreign", does(new JobOrder.Scan(List.of("A00001L8", "A00002L8"))).toString());
        assertRefused("volume.missing", () -> library.desk().check(new JobOrder.Scan(List.of("A00099L8"))));
    }

    private static LibraryAnswer.PassedThrough stretch(List<LibraryAnswer.OnTape> objects, List<String> damage, LibraryAnswer.Reached next) {
        return new LibraryAnswer.PassedThrough(objects, damage, damage.size(), 0, 1000, next);
    }

    private static LibraryAnswer.OnTape onTape(PackId pack, boolean whole) {
        return new LibraryAnswer.OnTape("packs/" + pack, pack, false, whole);
    }

    @Test
    void readsThroughAndComparesWithTheCatalog() throws Exception {
        labels("A00001L8 labelled", A1);
        PackId known = new PackId(0, 1);
        PackId unknown = new PackId(0, 2);
        VolumeId volume = volume(A1).id();
        library.catalog().write(edit -> {
            edit.putPack(new Pack(known, FakeLibrary.TAPE, null, false, 10, 1, volume, "5", Instant.EPOCH));
            return null;
        });
        library.stretches.add(stretch(List.of(onTape(unknown, true)), List.of(), new LibraryAnswer.Reached(1, 7, Position.of(9))));
        library.stretches.add(stretch(List.of(onTape(known, true)), List.of(), null));
        JobOrder.Scan deep = new JobOrder.Scan(List.of("A00001L8", "A00002L8"), true);
        assertEquals("A00001L8 found, A00002L8 blank", does(deep).toString());
        assertEquals(new JobResult.Content(2, 2000, 2, 1, 1, 0, 0, 0, List.of()), story.fates.getFirst().content());
        library.stretches.set(1, stretch(List.of(onTape(known, false)), List.of("block 3 can't be read"), null));
        assertEquals("A00001L8 damaged, A00002L8 blank", does(deep).toString());
        JobResult.Content content = story.fates.getFirst().content();
        assertEquals(List.of(1L, 0L, 1L, 1L, 1L), List.of(content.packs(), content.known(), content.unknown(), content.missing(), content.unreadable()));
        assertTrue(content.damage().get(1).contains(known.toString()), content.damage()::toString);
        assertTrue(story.fates.getFirst().what().contains("block 3 can't be read"), story.fates.getFirst().what());
    }

    @Test
    void knowsCopiesOfOtherPoolsOnACartridgeThatItReadsThrough() throws Exception {
        labels("A00001L8 labelled", A1);
        PackId own = new PackId(0, 1);
        PackId copy = new PackId(0, 2);
        PoolName copies = new PoolName("disk.in.tape");
        VolumeId volume = volume(A1).id();
        beginCopies(copies);
        library.catalog().write(edit -> {
            edit.putPack(new Pack(own, FakeLibrary.TAPE, null, false, 10, 1, volume, "5", Instant.EPOCH.plusSeconds(60)));
            edit.putPack(new Pack(copy, copies, null, false, 10, 1, volume, "6", Instant.EPOCH));
            return null;
        });
        library.stretches.add(stretch(List.of(onTape(own, true), onTape(copy, true)), List.of(), null));
        JobOrder.Scan deep = new JobOrder.Scan(List.of("A00001L8"), true);
        assertEquals("A00001L8 found", does(deep).toString());
        assertEquals(new JobResult.Content(2, 1000, 2, 2, 0, 0, 0, 0, List.of()), story.fates.getFirst().content());
        library.stretches.set(0, stretch(List.of(onTape(own, true)), List.of(), null));
        assertEquals("A00001L8 damaged", does(deep).toString());
        assertEquals(1, story.fates.getFirst().content().missing());
        Libraries.Shelved shown = library.desk().volume("A00001L8");
        assertEquals(List.of(2, Instant.EPOCH), List.of(shown.packs(), shown.unread()));
    }

    /** Copies in the pool whose first cartridge A1 is: their volume bears the same barcode, and is called so that it is the last in order. */
    private void beginCopies(PoolName copies) throws Exception {
        library.catalog().write(edit -> {
            Pool tape = edit.pool(FakeLibrary.TAPE).orElseThrow();
            edit.putPool(new Pool(copies, tape.node(), tape.device(), tape.driver(), tape.chunkSizes(), 3, 50, new byte[0], Instant.EPOCH, null));
            edit.putReplica(new Replica(copies, new PoolName("disk"), FakeLibrary.TAPE));
            edit.putVolume(new Volume(new VolumeId(8, 8), copies, "copy of disk in tape", A1.value(), Volume.State.APPENDABLE, "lib1, slot 1000", 0, -1));
            return null;
        });
    }

    @Test
    void aCartridgeIsThatOfItsPoolAlsoWhereTheVolumeOfCopiesBeginsOnIt() throws Exception {
        labels("A00001L8 labelled", A1);
        beginCopies(new PoolName("disk.in.tape"));
        does(new JobOrder.Export(List.of("A00001L8"), "bank safe"));
        assertEquals(List.of("disk.in.tape lib1, slot 1000", "tape bank safe"), library.catalog().read(CatalogView::volumes).stream()
                .filter(volume -> A1.value().equals(volume.barcode())).map(volume -> volume.pool() + " " + volume.location()).sorted().toList());
    }

    @Test
    void exportsToAMailSlotAndNotesWhereItGoes() throws Exception {
        labels("A00001L8 labelled, A00002L8 labelled", A1, A2);
        assertEquals("A00001L8 exported, A00002L8 failed", does(new JobOrder.Export(List.of("A00001L8", "A00002L8"), "bank safe")).toString());
        assertEquals("bank safe", volume(A1).location());
        assertEquals("lib1, slot 1001", volume(A2).location());
        assertTrue(story.fates.get(1).what().contains("no mail slot of library lib1 is free: 10 (A00001L8)"), story.fates.get(1).what());
        library.places.remove(10);
        assertEquals("A00003L8 found, A00002L8 found, CLN001CU cleaning", does(new JobOrder.Inventory(FakeLibrary.LIB1, null, false)).toString());
        assertEquals("bank safe", volume(A1).location());
    }

    /** Of a library that is elsewhere, whose cartridges have the same barcodes. */
    @Test
    void whatIsDoneHereIsNotedOfNoVolumeElsewhere() throws Exception {
        labels("A00001L8 labelled", A1);
        for (String name : List.of("a-far", "z-far")) {
            PoolName pool = new PoolName(name);
            library.pool(pool, new DeviceName("lib9"));
            library.catalog().write(edit -> {
                edit.putVolume(new Volume(new VolumeId(name.hashCode(), 1), pool, name, A1.value(), Volume.State.FULL, "lib9, slot 1", 0, -1));
                return null;
            });
        }
        assertEquals("A00001L8 already", does(new JobOrder.Label(FakeLibrary.TAPE, List.of(A1))).toString());
        does(new JobOrder.Export(List.of("A00001L8"), "bank safe"));
        assertEquals(List.of("a-far FULL lib9, slot 1", "tape SCRATCH bank safe", "z-far FULL lib9, slot 1"), library.catalog().read(CatalogView::volumes).stream()
                .filter(volume -> A1.value().equals(volume.barcode())).map(volume -> volume.pool() + " " + volume.state() + " " + volume.location()).sorted().toList());
    }

    @Test
    void takesInWhatLiesInMailSlots() throws Exception {
        labels("A00001L8 labelled", A1);
        does(new JobOrder.Export(List.of("A00001L8"), "bank safe"));
        assertEquals("A00001L8 imported", does(new JobOrder.Import(FakeLibrary.LIB1, null)).toString());
        assertEquals("lib1, slot 1000", volume(A1).location());
        library.places.put(10, new Barcode("B00001L8"));
        assertEquals("B00001L8 imported", does(new JobOrder.Import(FakeLibrary.LIB1, null)).toString());
        assertTrue(story.fates.getFirst().what().contains("B00001L8 is blank; it is in slot 1003"), story.fates.getFirst().what());
        library.places.put(10, new Barcode("B00002L8"));
        assertEquals("B00002L8 failed", does(new JobOrder.Import(FakeLibrary.LIB1, null)).toString());
        library.places.remove(10);
        assertEquals("", does(new JobOrder.Import(FakeLibrary.LIB1, null)).toString());
    }

    @Test
    void missesVolumesThatHandsHaveTaken() throws Exception {
        library.catalog().write(edit -> {
            edit.putVolume(new Volume(new VolumeId(1, 1), FakeLibrary.TAPE, "tape-1", A1.value(), Volume.State.APPENDABLE, "lib1, slot 1000", 7, 100));
            return null;
        });
        library.places.remove(1000);
        assertTrue(does(new JobOrder.Inventory(FakeLibrary.LIB1, null, true)).toString().startsWith("A00001L8 missing"), story.toString());
        assertEquals(Volume.State.MISSING, volume(A1).state());
        assertFalse(does(new JobOrder.Inventory(FakeLibrary.LIB1, null, false)).toString().contains("missing"));
        library.places.put(1003, A1);
        does(new JobOrder.Inventory(FakeLibrary.LIB1, null, false));
        assertEquals(List.of(Volume.State.APPENDABLE, "lib1, slot 1003"), List.of(volume(A1).state(), volume(A1).location()));
    }

    @Test
    void movesByAddressBarcodeAndVolume() throws Exception {
        labels("A00001L8 labelled", A1);
        does(new JobOrder.Move(FakeLibrary.LIB1, null, "A00003L8", "slot"));
        assertEquals(A3, library.places.get(1003));
        does(new JobOrder.Move(FakeLibrary.LIB1, null, "1000", "drive:0"));
        assertEquals("lib1, drive 0", volume(A1).location());
        does(new JobOrder.Move(FakeLibrary.LIB1, null, "drive:0", "mail"));
        assertEquals("lib1, mail slot 10", volume(A1).location());
        assertRefused("mailslot.full", () -> does(new JobOrder.Move(FakeLibrary.LIB1, null, "1001", "mail")));
        assertRefused("changer.address", () -> does(new JobOrder.Move(FakeLibrary.LIB1, null, "A00099L8", "slot")));
        assertRefused("changer.address", () -> does(new JobOrder.Move(FakeLibrary.LIB1, null, "1001", "drive:7")));
        assertRefused("changer.taken", () -> does(new JobOrder.Move(FakeLibrary.LIB1, null, "1001", "1003")));
    }

    @Test
    void countsHowOftenACleaningCartridgeIsUsed() throws Exception {
        assertEquals("CLN001CU cleaned", does(new JobOrder.Clean(FakeLibrary.LIB1, null, 0)).toString());
        assertEquals("CLN001CU failed", does(new JobOrder.Clean(FakeLibrary.LIB1, null, 1)).toString());
        assertEquals(2, library.desk().get(FakeLibrary.LIB1, null).places().stream().filter(place -> CLEANER.equals(place.barcode())).findFirst().orElseThrow()
                .cleanings());
        assertRefused("library.none", () -> library.desk().check(new JobOrder.Label(new PoolName("disk"), List.of())));
    }
}
