package org.azekura.server.media;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.catalog.Rows.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.azekura.api.DeviceName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.engine.volume.Label;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgottenVolumeTest {

    @TempDir
    private Path home;
    private Shelf shelf;
    private Label first;
    private Label second;

    @BeforeEach
    void open() throws Exception {
        shelf = new Shelf(home);
        shelf.slots.putAll(Map.of(1, "A1", 2, "A2", 3, "A3", 4, "A4"));
        first = labelled(null, 1);
        second = labelled(first.volume(), 2);
    }

    private Label labelled(VolumeId last, int number) throws Exception {
        PoolAnswer.VolumeChosen chosen = shelf.want(Shelf.MAIN, last, number);
        return shelf.labelled(chosen, chosen.barcode().value());
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    private ForgottenVolume named(String name) throws Exception {
        return ForgottenVolume.of(shelf.door.catalog(), name);
    }

    private void forget(String name) throws Exception {
        ForgottenVolume volume = named(name);
        shelf.change(edit -> volume.forget(edit, List.of(pool("main")), "burnt"));
    }

    @Test
    void itIsNeverWrittenWithoutAWordAndItsPacksAreNowhere() throws Exception {
        PackId pack = new PackId(1, 1);
        shelf.change(edit -> edit.putPack(new Pack(pack, Shelf.MAIN, null, false, 30, 1, second.volume(), "b7", Instant.EPOCH)));
        forget("A2");
        forget("A2");
        Volume row = shelf.volume(second.volume());
        assertEquals(List.of(Volume.State.EXPIRED, "given up: burnt", Volume.State.SUSPECT), List.of(row.state(), row.why(), row.was()));
        assertEquals(first.volume(), shelf.read(view -> view.pack(pack, Shelf.MAIN)).orElseThrow().volume());
        shelf.change(edit -> LeftVolumes.release(edit, Shelf.MAIN, (since, keep) -> true));
        assertEquals(List.of(), shelf.read(CatalogView::scratchVolumes));
        shelf.slots.keySet().removeAll(List.of(3, 4));
        assertFalse(shelf.fits(pool("main")), "it turned up, and is left alone");
        shelf.change(edit -> VolumeMarks.accept(edit, "A2"));
        shelf.change(edit -> LeftVolumes.release(edit, Shelf.MAIN, (since, keep) -> true));
        assertTrue(shelf.fits(pool("main")), "somebody has looked at it");
    }

    @Test
    void whatNobodyHasSeenIsCalledAsItsVolumeWouldBe() throws Exception {
        assertRefused("volume.unknown", () -> named("main-3"));
        labelled(second.volume(), 4);
        ForgottenVolume third = named("main-3");
        assertNull(third.volume());
        assertEquals(List.of(Shelf.MAIN, 3, new VolumeId(0, 0), "volume main-3"), List.of(third.pool(), third.number(), third.id(), third.named()));
        assertEquals(second.volume(), named("main-2").id());
    }

    @Test
    void ofALaterSetToo() throws Exception {
        shelf.change(edit -> {
            edit.putPool(pool("main.set2"));
            edit.putMediaSet(MediaSet.of(Shelf.MAIN, 2));
            for (int number : List.of(1, 3)) {
                edit.putVolume(new Volume(new VolumeId(9, number), new PoolName("main.set2"), "main.set2-" + number, "B" + number, Volume.State.FULL, "slot", 5, 100,
                        new VolumeId(9, 1), number, null, null, null, 0, null));
            }
        });
        ForgottenVolume second = named("main.set2-2");
        assertEquals(List.of("main.set2", 2, "volume main.set2-2"), List.of(second.pool().value(), second.number(), second.named()));
        assertRefused("volume.unknown", () -> named("main.set2-4"));
    }

    @Test
    void whatSomebodyWantsKeptIsNotGivenUp() throws Exception {
        shelf.change(edit -> VolumeMarks.lock(edit, "A2", "evidence"));
        assertTrue(assertRefused("volume.state", () -> named("A2")).getMessage().contains("azekura volume unlock"));
    }

    @Test
    void aBarcodeNamesTheVolumeOfItsPoolAlsoWhereThatOfCopiesBeginsThere() throws Exception {
        PoolName copies = new PoolName("other.in.main");
        shelf.change(edit -> {
            edit.putPool(pool("disk-of-others"));
            edit.putPool(pool(copies.value()));
            edit.putReplica(new Replica(copies, new PoolName("disk-of-others"), Shelf.MAIN));
            edit.putVolume(new Volume(new VolumeId(9, 9), copies, "copy", "A1", Volume.State.APPENDABLE, "", 0, -1));
        });
        assertEquals(Shelf.MAIN, named("A1").pool());
        assertEquals(copies, named("copy").pool());
        shelf.tell(new NodeReport.DriveSaid(new DeviceName("lib1"), 0, "S0", new Barcode("A1"), List.of(), "block 7 can't be read"));
        assertEquals(1, shelf.volume(first.volume()).errors());
    }
}
