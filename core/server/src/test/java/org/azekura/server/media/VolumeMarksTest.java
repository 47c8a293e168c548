package org.azekura.server.media;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.catalog.Volume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeMarksTest {

    private static final VolumeId FIRST = new VolumeId(1, 1);
    private static final DriveErrors ERRORS = new DriveErrors("d1", "A00001L8", 5, Instant.EPOCH, "x");

    @TempDir
    Path home;
    private Shelf shelf;

    @BeforeEach
    void open() throws Exception {
        shelf = new Shelf(home);
        shelf.change(edit -> edit.putDriveErrors(ERRORS));
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    private void volume(String barcode, Volume.State state, Volume.State was) throws Exception {
        shelf.change(edit -> edit.putVolume(new Volume(FIRST, Shelf.MAIN, "main-1", barcode, state, "slot", 5, 100).after(was)));
    }

    private Volume accept() throws Exception {
        return shelf.door.catalog().write(edit -> VolumeMarks.accept(edit, "main-1"));
    }

    /** Its cartridge comes to another pool: what was said of it before must not accuse it there. */
    @Test
    void oneThatIsNeededNoMoreIsAcceptedWithNothingHeldAgainstIt() throws Exception {
        volume("A00001L8", Volume.State.EXPIRED, Volume.State.SUSPECT);
        assertNull(accept().was());
        assertEquals(List.of(), shelf.read(CatalogView::driveErrors));
    }

    @Test
    void oneThatIsRefusedKeepsWhatIsHeldAgainstIt() throws Exception {
        volume("A00001L8", Volume.State.EXPIRED, null);
        assertRefused("volume.state", this::accept);
        assertEquals(List.of(ERRORS), shelf.read(CatalogView::driveErrors));
    }

    @Test
    void oneThatIsOnlyANameIsNobodysToName() throws Exception {
        volume(null, Volume.State.EXPIRED, Volume.State.SUSPECT);
        assertTrue(shelf.volume(FIRST).isOnlyName());
        assertRefused("volume.unknown", this::accept);
        assertRefused("volume.unknown", () -> shelf.change(edit -> VolumeMarks.lock(edit, "main-1", "mine")));
        assertRefused("volume.unknown", () -> NamedVolume.in(shelf.door.catalog(), "main-1"));
    }
}
