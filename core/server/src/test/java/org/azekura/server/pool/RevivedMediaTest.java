package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.volume.MediaItem;
import org.azekura.server.media.VolumeMarks;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what a catalog knows of media to a new one. */
class RevivedMediaTest {

    private static final PoolName MAIN = new PoolName("main");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path dir;

    private interface Change {
        void in(CatalogEdit edit) throws BackupException;
    }

    private static void change(CatalogStore catalog, Change change) throws BackupException {
        catalog.write(edit -> {
            change.in(edit);
            return null;
        });
    }

    private static VolumeId id(int number) {
        return new VolumeId(7, number);
    }

    /** As its node finds it. */
    private static Volume found(int number, Volume.State state) {
        return new Volume(id(number), MAIN, "main-" + number, "A0000" + number + "L8", state, state == Volume.State.MISSING ? "" : "lib1, slot " + number, 5, 100, id(1), number, null,
                null, null, 0, null);
    }

    private static Volume known(Volume found, String place, String why, int errors, Volume.State was) {
        return new Volume(found.id(), found.pool(), found.label(), found.barcode(), found.state(), place, found.used(), found.capacity(), found.set(), found.number(), TIME,
                TIME.plusSeconds(1), why, errors, was);
    }

    private List<MediaItem> written() throws Exception {
        try (CatalogDoor door = new CatalogDoor(Files.createDirectories(dir.resolve("lost")))) {
            CatalogStore catalog = door.catalog();
            change(catalog, edit -> {
                edit.putPool(Rows.pool("main"));
                edit.putPool(Rows.pool("other"));
            });
            assertEquals(List.of(), catalog.read(WrittenMedia::of), "nobody has said anything");
            change(catalog, edit -> {
                edit.putMediaRules(new MediaRules(MAIN, false, true, Duration.ofDays(9), 25, Duration.ofDays(7), 1 << 30, 3, Duration.ofDays(30), 1L << 40, true, 12));
                PoolVolumes.spool(edit, MAIN, 5L << 30);
                edit.putVolume(known(found(1, Volume.State.FULL), "lib1, slot 1", null, 2, null));
                edit.putVolume(known(found(2, Volume.State.LOCKED), "lib1, slot 2", "evidence", 0, Volume.State.FULL));
                edit.putVolume(known(found(3, Volume.State.SUSPECT), "lib1, slot 3", "errors in two drives", 4, null));
                edit.putVolume(known(found(4, Volume.State.MISSING), "bank safe", "it was exported", 0, Volume.State.FULL));
                edit.putVolume(known(found(5, Volume.State.MISSING), "bank safe", "it was exported", 0, Volume.State.SUSPECT));
                edit.putVolume(known(found(6, Volume.State.SUSPECT), "lib1, slot 6", "errors", 1, null));
                edit.putVolume(known(found(7, Volume.State.LOCKED), "lib1, slot 7", "ask legal", 1, Volume.State.SUSPECT));
                VolumeMarks.accept(edit, "main-6");
                edit.putCartridgeLife(new CartridgeLife("A00001L8", 41, TIME, 99, 1, 2, 3));
                edit.putScratch(new ScratchVolume(id(50), "old-1", "A00050L8", TIME, "its pool was deleted"));
                edit.putDriveErrors(new DriveErrors("SN1", "A00003L8", 2, TIME, "block 7 can't be read"));
                edit.putDriveErrors(new DriveErrors("node-1/lib1/0", "A00003L8", 2, TIME, "by its place only"));
                edit.putDriveHealth(new DriveHealth("SN2", DriveHealth.State.DOWN, "at the workshop", TIME));
            });
            return catalog.read(WrittenMedia::of);
        }
    }

    @Test
    void marksPlacesRulesAndCountsAreWhatTheyWere() throws Exception {
        List<MediaItem> items = written();
        try (CatalogDoor door = new CatalogDoor(Files.createDirectories(dir.resolve("new")))) {
            CatalogStore catalog = door.catalog();
            change(catalog, edit -> {
                edit.putPool(Rows.pool("main"));
                for (int i = 1; i <= 7; i++) {
                    edit.putVolume(found(i, i == 4 || i == 5 ? Volume.State.MISSING : i == 6 ? Volume.State.APPENDABLE : Volume.State.FULL));
                }
                RevivedMedia.put(edit, items);
            });
            catalog.read(view -> {
                assertEquals(new MediaRules(MAIN, false, true, Duration.ofDays(9), 25, Duration.ofDays(7), 1 << 30, 3, Duration.ofDays(30), 1L << 40, true, 12), view.mediaRules(MAIN));
                assertEquals(5L << 30, PoolVolumes.spool(view, MAIN));
                assertEquals(List.of("FULL null null", "LOCKED FULL evidence", "SUSPECT null errors in two drives", "MISSING null null", "MISSING SUSPECT null",
                        "FULL null accepted, it was suspect: errors", "LOCKED SUSPECT ask legal"),
                        view.volumes().stream().map(one -> one.state() + " " + one.was() + " " + one.why()).toList());
                assertEquals(List.of("lib1, slot 1", "lib1, slot 2", "lib1, slot 3", "bank safe", "bank safe", "lib1, slot 6", "lib1, slot 7"),
                        view.volumes().stream().map(Volume::location).toList());
                assertEquals(List.of(2, 0, 4, 0, 0, 1, 1), view.volumes().stream().map(Volume::errors).toList());
                assertTrue(view.volumes().stream().allMatch(one -> TIME.equals(one.labelled()) && TIME.plusSeconds(1).equals(one.written())));
                assertTrue(VolumeMarks.isAccepted(view, id(6)));
                assertEquals(new CartridgeLife("A00001L8", 41, TIME, 99, 1, 2, 3), view.cartridgeLife("A00001L8").orElseThrow());
                assertEquals(List.of(new ScratchVolume(id(50), "old-1", "A00050L8", TIME, "its pool was deleted")), view.scratchVolumes());
                assertEquals(List.of(new DriveErrors("SN1", "A00003L8", 2, TIME, "block 7 can't be read")), view.driveErrors());
                assertEquals(List.of(new DriveHealth("SN2", DriveHealth.State.DOWN, "at the workshop", TIME)), view.driveHealth());
                return null;
            });
        }
    }

    @Test
    void ofSetsWhosePoolWasNotFoundEachHasItsRules() throws Exception {
        List<MediaItem> items = written();
        try (CatalogDoor door = new CatalogDoor(Files.createDirectories(dir.resolve("new")))) {
            CatalogStore catalog = door.catalog();
            List<PoolName> found = List.of(new PoolName("main.set2"), new PoolName("main.set4"));
            change(catalog, edit -> {
                edit.putPool(Rows.pool("main.set2"));
                edit.putPool(Rows.pool("main.set4"));
                edit.putPool(Rows.pool("other"));
                RevivedMedia.put(edit, items);
            });
            catalog.read(view -> {
                for (PoolName set : found) {
                    MediaRules rules = view.mediaRules(set);
                    assertTrue(rules.sealed());
                    assertEquals(Duration.ofDays(9), rules.keep());
                    assertEquals(5L << 30, PoolVolumes.spool(view, set));
                }
                assertEquals(MediaRules.usual(new PoolName("other")), view.mediaRules(new PoolName("other")));
                return null;
            });
        }
    }

    @Test
    void whatIsKnownHereAlreadyStays() throws Exception {
        List<MediaItem> items = written();
        try (CatalogDoor door = new CatalogDoor(Files.createDirectories(dir.resolve("new")))) {
            CatalogStore catalog = door.catalog();
            change(catalog, edit -> {
                edit.putPool(Rows.pool("main"));
                edit.putVolume(found(1, Volume.State.QUARANTINED));
                Volume other = found(3, Volume.State.FULL);
                edit.putVolume(new Volume(id(60), MAIN, "main-60", "A00050L8", other.state(), other.location(), 1, 2));
                edit.putCartridgeLife(new CartridgeLife("A00001L8", 1, TIME.plusSeconds(9), -1, -1, -1, -1));
                edit.putDriveErrors(new DriveErrors("SN1", "A00003L8", 1, TIME, "just now"));
                edit.putDriveHealth(new DriveHealth("SN2", DriveHealth.State.UNCLEAN, "just now", TIME));
                RevivedMedia.put(edit, items);
            });
            catalog.read(view -> {
                assertEquals(Volume.State.QUARANTINED, view.volume(id(1)).orElseThrow().state());
                assertEquals(List.of(), view.scratchVolumes(), "a cartridge that is in use is not given up");
                assertEquals(1, view.cartridgeLife("A00001L8").orElseThrow().mounts());
                assertEquals("just now", view.driveErrors().getFirst().what());
                assertEquals("just now", view.driveHealth().getFirst().why());
                return null;
            });
        }
    }
}
