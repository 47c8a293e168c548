package org.azekura.server.media;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.azekura.api.PackId;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftVolumesTest {

    private static final VolumeId FIRST = new VolumeId(1, 1);
    private static final VolumeId SECOND = new VolumeId(1, 2);
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

    private Optional<Volume> left(VolumeId id, boolean doubtful, LeftVolumes.Keeping keeping) throws Exception {
        return shelf.door.catalog().write(edit -> LeftVolumes.left(edit, Shelf.MAIN, id, doubtful, keeping));
    }

    private List<String> scratch() throws Exception {
        return shelf.read(CatalogView::scratchVolumes).stream().map(ScratchVolume::barcode).toList();
    }

    private void pack(VolumeId volume) throws Exception {
        shelf.change(edit -> edit.putPack(new Pack(new PackId(7, 7), Shelf.MAIN, null, false, 5, 1, volume, "packs/07", Instant.EPOCH)));
    }

    @Test
    void oneThatHasLeftIsScratch() throws Exception {
        assertTrue(left(SECOND, false, EARLY).isEmpty());
        assertEquals(List.of("A00002L8"), scratch());
        assertTrue(shelf.read(view -> view.volume(SECOND)).isEmpty());
        assertTrue(left(SECOND, false, NOW).isEmpty(), "told again");
        assertEquals(List.of("A00002L8"), scratch());
    }

    @Test
    void oneWithPacksStaysWhatItWas() throws Exception {
        pack(SECOND);
        assertRefused("volume.used", () -> left(SECOND, false, NOW));
        assertEquals(Volume.State.FULL, shelf.volume(SECOND).state());
        assertEquals(List.of(), scratch());
    }

    /** What waits for tape counts on the first of a set: its row stays, its cartridge is anybody's. */
    @Test
    void theFirstStaysAsANameOnly() throws Exception {
        pack(FIRST);
        assertTrue(left(FIRST, false, NOW).isEmpty());
        assertTrue(shelf.volume(FIRST).isOnlyName());
        assertEquals(List.of("A00001L8"), scratch());
        assertEquals(1, shelf.read(view -> view.packs(Shelf.MAIN)).size());
        assertEquals(List.of(SECOND), shelf.read(view -> VolumeBook.inSet(view, Shelf.MAIN)).stream().map(Volume::id).toList());
    }

    @Test
    void theRulesOfThePoolKeepIt() throws Exception {
        shelf.change(edit -> edit.putMediaRules(new MediaRules(Shelf.MAIN, true, true, Duration.ofDays(90), 40, Duration.ZERO, 0)));
        assertEquals(Volume.State.EXPIRED, left(SECOND, false, EARLY).orElseThrow().state());
        shelf.change(edit -> LeftVolumes.release(edit, Shelf.MAIN, EARLY));
        assertEquals(List.of(), scratch());
        shelf.change(edit -> LeftVolumes.release(edit, Shelf.MAIN, NOW));
        assertEquals(List.of("A00002L8"), scratch());
    }

    @Test
    void oneThatWasSuspectIsNotGivenAway() throws Exception {
        shelf.change(edit -> VolumeBook.change(edit, edit.volume(SECOND).orElseThrow(), VolumeEvent.ACCUSED, "errors"));
        assertEquals(Volume.State.EXPIRED, left(SECOND, false, NOW).orElseThrow().state());
        assertEquals(Volume.State.EXPIRED, left(FIRST, true, NOW).orElseThrow().state());
        shelf.change(edit -> LeftVolumes.release(edit, Shelf.MAIN, NOW));
        assertEquals(List.of(), scratch());
    }

    @Test
    void oneThatItsNodeHasInItsSetIsNobodyElses() throws Exception {
        left(SECOND, false, NOW);
        assertEquals(List.of("A00002L8"), scratch());
        shelf.tell(new NodeReport.VolumeLabelled(Shelf.MAIN, SECOND, 2, "main-2", new Barcode("A00002L8"), "slot", 100));
        assertEquals(List.of(), scratch());
        assertFalse(shelf.read(view -> view.volume(SECOND)).isEmpty());
        left(FIRST, true, NOW);
        shelf.tell(new NodeReport.VolumeLabelled(Shelf.MAIN, FIRST, 1, "main-1", new Barcode("A00001L8"), "slot", 100));
        assertEquals(Volume.State.FULL, shelf.volume(FIRST).state());
    }

    /** After a rebuild nothing is known of those that had left. */
    @Test
    void oneOfWhichTheCatalogKnowsNothingIsScratch() throws Exception {
        List<Answer.Left> left = List.of(new Answer.Left(new VolumeId(1, 9), "main-9", new Barcode("A00009L8")), new Answer.Left(new VolumeId(1, 8), null, null),
                new Answer.Left(new VolumeId(1, 7), null, new Barcode("A00001L8")), new Answer.Left(SECOND, "main-2", new Barcode("A00002L8")));
        for (int i = 0; i < 2; i++) {
            shelf.change(edit -> LeftVolumes.find(edit, Shelf.MAIN, left));
            assertEquals(List.of("A00009L8"), scratch());
        }
    }
}
