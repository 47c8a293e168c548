package org.azekura.server.media;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.VolumeAnswer;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftVolumesTest {

    private static final VolumeId FIRST = new VolumeId(1, 1);
    private static final VolumeId SECOND = new VolumeId(1, 2);
    private static final Instant TODAY = Instant.parse("2026-11-26T11:00:00Z");
    private static final LeftVolumes.Keeping NOW = (since, keep) -> true;
    private static final LeftVolumes.Keeping EARLY = (since, keep) -> false;

    @TempDir
    Path home;
    private Shelf shelf;

    @BeforeEach
    void open() throws Exception {
        shelf = new Shelf(home);
        shelf.change(edit -> edit.putVolume(new Volume(FIRST, Shelf.MAIN, "main-1", "A00001L8", Volume.State.FULL, "slot", 5, 100)));
        shelf.change(edit -> edit.putVolume(new Volume(SECOND, Shelf.MAIN, "main-2", "A00002L8", Volume.State.FULL, "slot", 5, 100, FIRST, 2, Instant.EPOCH, Instant.EPOCH,
                null, 0, null)));
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    private Optional<Volume> left(VolumeId id, LeftVolumes.Keeping keeping) throws Exception {
        return shelf.door.catalog().write(edit -> LeftVolumes.left(edit, Shelf.MAIN, id, TODAY, keeping));
    }

    private List<String> scratch() throws Exception {
        return shelf.read(CatalogView::scratchVolumes).stream().map(ScratchVolume::barcode).toList();
    }

    private void pack(VolumeId volume) throws Exception {
        shelf.change(edit -> edit.putPack(new Pack(new PackId(7, 7), Shelf.MAIN, null, false, 5, 1, volume, "packs/07", Instant.EPOCH)));
    }

    @Test
    void oneThatHasLeftIsScratch() throws Exception {
        assertTrue(left(SECOND, EARLY).isEmpty());
        assertEquals(List.of("A00002L8"), scratch());
        assertTrue(shelf.read(view -> view.volume(SECOND)).isEmpty());
        assertTrue(left(SECOND, NOW).isEmpty(), "told again");
        assertEquals(List.of("A00002L8"), scratch());
    }

    @Test
    void oneWithPacksStaysWhatItWas() throws Exception {
        pack(SECOND);
        assertRefused("volume.used", () -> left(SECOND, NOW));
        assertEquals(Volume.State.FULL, shelf.volume(SECOND).state());
        assertEquals(List.of(), scratch());
    }

    /** It begins on the pool's first cartridge, and says so. */
    @Test
    void theFirstIsScratchAlsoWhereTheVolumeOfCopiesBegins() throws Exception {
        PoolName copies = new PoolName("other.in.main");
        VolumeId third = new VolumeId(1, 3);
        shelf.change(edit -> {
            edit.putPool(Rows.pool("disk-of-others"));
            edit.putPool(Rows.pool(copies.value()));
            edit.putReplica(new Replica(copies, new PoolName("disk-of-others"), Shelf.MAIN));
            edit.putVolume(new Volume(third, copies, "copy", "A00001L8", Volume.State.APPENDABLE, "slot", 7, 100));
        });
        assertTrue(left(FIRST, NOW).isEmpty());
        assertEquals(List.of("A00001L8"), scratch());
        assertEquals(Arrays.asList(Volume.State.APPENDABLE, null, 7L), Arrays.asList(shelf.volume(third).state(), shelf.volume(third).barcode(), shelf.volume(third).used()));
    }

    /** What waits for tape counts on the first of a set: its row stays, its cartridge is anybody's. */
    @Test
    void theFirstStaysAsANameOnly() throws Exception {
        pack(FIRST);
        assertTrue(left(FIRST, NOW).isEmpty());
        assertTrue(shelf.volume(FIRST).isOnlyName());
        assertEquals(List.of("A00001L8"), scratch());
        assertEquals(1, shelf.read(view -> view.packs(Shelf.MAIN)).size());
        assertEquals(List.of(SECOND), shelf.read(view -> VolumeBook.inSet(view, Shelf.MAIN)).stream().map(Volume::id).toList());
    }

    @Test
    void theRulesOfThePoolKeepIt() throws Exception {
        shelf.change(edit -> edit.putMediaRules(new MediaRules(Shelf.MAIN, true, true, Duration.ofDays(90), 40, Duration.ZERO, 0)));
        assertEquals(Volume.State.EXPIRED, left(SECOND, EARLY).orElseThrow().state());
        shelf.change(edit -> LeftVolumes.release(edit, Shelf.MAIN, EARLY));
        assertEquals(List.of(), scratch());
        shelf.change(edit -> LeftVolumes.release(edit, Shelf.MAIN, NOW));
        assertEquals(List.of("A00002L8"), scratch());
    }

    /** As after a rebuild. */
    @Test
    void oneOfWhichNoTimeIsKnownIsKeptFromWhenItLeaves() throws Exception {
        shelf.change(edit -> edit.putMediaRules(new MediaRules(Shelf.MAIN, true, true, Duration.ofDays(90), 40, Duration.ZERO, 0)));
        assertEquals(TODAY, left(FIRST, LeftVolumesTest::isTomorrow).orElseThrow().written());
        shelf.change(edit -> LeftVolumes.release(edit, Shelf.MAIN, LeftVolumesTest::isTomorrow));
        assertEquals(Volume.State.EXPIRED, shelf.volume(FIRST).state());
        assertTrue(left(SECOND, LeftVolumesTest::isTomorrow).isEmpty(), "written long ago");
        assertEquals(List.of("A00002L8"), scratch());
    }

    private static boolean isTomorrow(Instant since, Duration keep) {
        return !since.plus(keep).isAfter(TODAY.plus(Duration.ofDays(1)));
    }

    @Test
    void oneThatWasSuspectIsNotGivenAway() throws Exception {
        for (VolumeId id : List.of(FIRST, SECOND)) {
            shelf.change(edit -> VolumeBook.change(edit, edit.volume(id).orElseThrow(), VolumeEvent.ACCUSED, "errors"));
            assertEquals(Volume.State.EXPIRED, left(id, NOW).orElseThrow().state());
        }
        shelf.change(edit -> LeftVolumes.release(edit, Shelf.MAIN, NOW));
        assertEquals(List.of(), scratch());
    }

    @Test
    void oneThatItsNodeHasInItsSetIsNobodyElses() throws Exception {
        left(SECOND, NOW);
        assertEquals(List.of("A00002L8"), scratch());
        shelf.tell(new NodeReport.VolumeLabelled(Shelf.MAIN, SECOND, 2, "main-2", new Barcode("A00002L8"), "slot", 100));
        assertEquals(List.of(), scratch());
        assertFalse(shelf.read(view -> view.volume(SECOND)).isEmpty());
        shelf.change(edit -> VolumeBook.change(edit, edit.volume(FIRST).orElseThrow(), VolumeEvent.ACCUSED, "errors"));
        left(FIRST, NOW);
        shelf.tell(new NodeReport.VolumeLabelled(Shelf.MAIN, FIRST, 1, "main-1", new Barcode("A00001L8"), "slot", 100));
        assertEquals(Volume.State.SUSPECT, shelf.volume(FIRST).state());
    }

    /** Taken out when nothing on it was needed, as far as the catalog knew. */
    @Test
    void oneThatItsNodeHasInItsSetIsNobodyElsesWhereverItWasMeanwhile() throws Exception {
        shelf.change(edit -> edit.putMediaRules(new MediaRules(Shelf.MAIN, true, true, Duration.ofDays(90), 40, Duration.ZERO, 0)));
        left(SECOND, EARLY);
        happened(VolumeEvent.LOST);
        shelf.tell(new NodeReport.VolumeLabelled(Shelf.MAIN, SECOND, 2, "main-2", new Barcode("A00002L8"), "slot", 100));
        assertEquals(Volume.State.FULL, shelf.volume(SECOND).state());
        shelf.change(edit -> LeftVolumes.release(edit, Shelf.MAIN, NOW));
        assertEquals(List.of(), scratch());
    }

    private void happened(VolumeEvent event) throws Exception {
        shelf.change(edit -> VolumeBook.change(edit, edit.volume(SECOND).orElseThrow(), event, null));
    }

    @Test
    void oneThatWasSuspectIsNotGivenAwayWhereverItWasMeanwhile() throws Exception {
        happened(VolumeEvent.ACCUSED);
        for (List<VolumeEvent> way : List.of(List.of(VolumeEvent.LOST), List.of(VolumeEvent.LOST, VolumeEvent.PROVEN),
                List.of(VolumeEvent.LOCKED, VolumeEvent.UNLOCKED), List.of(VolumeEvent.LOST, VolumeEvent.LOCKED, VolumeEvent.UNLOCKED))) {
            assertEquals(Volume.State.SUSPECT, left(SECOND, NOW).orElseThrow().was(), "before " + way);
            for (VolumeEvent event : way) {
                happened(event);
            }
        }
        assertEquals(Volume.State.EXPIRED, left(SECOND, NOW).orElseThrow().state());
        assertEquals(List.of(), scratch());
        shelf.change(edit -> VolumeMarks.accept(edit, "A00002L8"));
        shelf.change(edit -> LeftVolumes.release(edit, Shelf.MAIN, NOW));
        assertEquals(List.of("A00002L8"), scratch());
    }

    @Test
    void oneThatWasQuarantinedIsNotGivenAway() throws Exception {
        happened(VolumeEvent.DISOWNED);
        happened(VolumeEvent.LOST);
        assertEquals(Volume.State.EXPIRED, left(SECOND, NOW).orElseThrow().state());
        assertEquals(List.of(), scratch());
    }

    /** Whatever happens to it in whatever order. */
    @Test
    void noneIsGivenAwayNorWrittenThatSomethingIsHeldAgainst() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Volume fresh = shelf.volume(SECOND);
        int given = 0;
        for (int walk = 0; walk < 300; walk++) {
            given += shelf.door.catalog().write(edit -> {
                edit.deleteScratch(SECOND);
                edit.putVolume(fresh);
                return isGivenAway(edit, random, "seed " + seed);
            }) ? 1 : 0;
        }
        assertTrue(given > 30, "seed " + seed + ": " + given);
    }

    private static boolean isGivenAway(CatalogEdit edit, Random random, String seed) throws BackupException {
        boolean held = false;
        List<String> way = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            Volume before = edit.volume(SECOND).orElseThrow();
            int what = random.nextInt(11);
            way.add(before.state() + " " + what);
            boolean looked = what == 8 && before.state() != Volume.State.QUARANTINED;
            try {
                happens(edit, before, what);
            } catch (BackupException e) {
                looked = false;
                if (!e.failure().code().equals(VolumeBook.STATE)) {
                    throw e;
                }
            }
            Volume.State state = edit.volume(SECOND).map(Volume::state).orElse(Volume.State.SCRATCH);
            held = state == Volume.State.SUSPECT || state == Volume.State.QUARANTINED || held && !looked;
            if (held) {
                assertTrue(state != Volume.State.SCRATCH && state != Volume.State.APPENDABLE, () -> seed + " " + way);
            }
            if (state == Volume.State.SCRATCH) {
                return true;
            }
        }
        return false;
    }

    private static void happens(CatalogEdit edit, Volume volume, int what) throws BackupException {
        switch (what) {
            case 0 -> VolumeBook.change(edit, volume, VolumeEvent.FILLED, null);
            case 1 -> VolumeBook.change(edit, volume, VolumeEvent.ACCUSED, null);
            case 2 -> VolumeBook.change(edit, volume, VolumeEvent.DISOWNED, null);
            case 3 -> VolumeBook.change(edit, volume, VolumeEvent.LOST, null);
            case 4 -> VolumeBook.change(edit, volume, VolumeEvent.PROVEN, null);
            case 5 -> VolumeBook.labelled(edit, new NodeReport.VolumeLabelled(Shelf.MAIN, SECOND, 2, "main-2", new Barcode("A00002L8"), "slot", 100));
            case 6 -> VolumeMarks.lock(edit, "A00002L8", null);
            case 7 -> VolumeMarks.unlock(edit, "A00002L8");
            case 8 -> VolumeMarks.accept(edit, "A00002L8");
            case 9 -> LeftVolumes.left(edit, Shelf.MAIN, SECOND, TODAY, NOW);
            default -> LeftVolumes.release(edit, Shelf.MAIN, NOW);
        }
    }

    @Test
    void oneThatHasLeftAndIsLockedKeepsNoOtherFromLeaving() throws Exception {
        happened(VolumeEvent.LOCKED);
        List<VolumeAnswer.VolumeUse> uses = List.of(new VolumeAnswer.VolumeUse(FIRST, 1, false, false, 1, 5, 5));
        assertEquals(List.of(SECOND), unknown(new VolumeAnswer.Uses(uses, List.of())));
        assertEquals(List.of(), unknown(new VolumeAnswer.Uses(uses, List.of(new VolumeAnswer.Left(SECOND, "main-2", new Barcode("A00002L8"))))));
    }

    private List<VolumeId> unknown(VolumeAnswer.Uses uses) throws Exception {
        return shelf.read(view -> LeftVolumes.unknown(view, Shelf.MAIN, uses)).stream().map(Volume::id).toList();
    }

    /** After a rebuild nothing is known of those that had left. */
    @Test
    void oneOfWhichTheCatalogKnowsNothingIsScratch() throws Exception {
        List<VolumeAnswer.Left> left = List.of(new VolumeAnswer.Left(new VolumeId(1, 9), "main-9", new Barcode("A00009L8")), new VolumeAnswer.Left(new VolumeId(1, 8), null, null),
                new VolumeAnswer.Left(new VolumeId(1, 7), null, new Barcode("A00001L8")), new VolumeAnswer.Left(SECOND, "main-2", new Barcode("A00002L8")));
        for (int i = 0; i < 2; i++) {
            shelf.change(edit -> LeftVolumes.find(edit, Shelf.MAIN, left));
            assertEquals(List.of("A00009L8"), scratch());
        }
    }
}
