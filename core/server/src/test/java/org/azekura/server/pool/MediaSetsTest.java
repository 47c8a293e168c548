package org.azekura.server.pool;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.catalog.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaSetsTest {

    private static final PoolName TAPE = new PoolName("tape");
    private static final PoolName NEXT = new PoolName("tape.set2");
    private static final PoolName COPIES = new PoolName("disk.in.tape");

    @TempDir
    Path home;
    private CatalogDoor door;
    private CatalogStore catalog;
    private final Pool tape = with(with(Rows.pool("tape"), "driver", "simulator"), "device", new DeviceName("lib1"));

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        catalog = door.catalog();
        door.change(edit -> {
            edit.putPool(tape);
            edit.putPool(Rows.pool("disk"));
            edit.putVolume(volume(1, "tape", "A1", Volume.State.APPENDABLE, 1));
        });
    }

    @AfterEach
    void close() {
        door.close();
    }

    private static Volume volume(long id, String pool, String barcode, Volume.State state, int number) {
        return new Volume(new VolumeId(-1, id), new PoolName(pool), pool + "-" + id, barcode, state, "slot", 0, 100, new VolumeId(-1, 1), number, null, null, null, 0, null);
    }

    private void requireDivisible() throws BackupException {
        new SetBeginning(catalog, null, null, null, new ReentrantLock()).requireDivisible(tape, tape);
    }

    @Test
    void aSetThatHasOnlyCopiesIsNotEmpty() throws Exception {
        assertRefused("set.empty", this::requireDivisible);
        door.change(edit -> {
            edit.putPool(Rows.pool("disk.in.tape"));
            edit.putReplica(new Replica(COPIES, new PoolName("disk"), TAPE));
            edit.putVolume(volume(2, "disk.in.tape", null, Volume.State.APPENDABLE, 1));
        });
        assertRefused("set.empty", this::requireDivisible);
        door.change(edit -> edit.putPack(with(Rows.pack(5, "disk.in.tape", 2), "size", 30L)));
        requireDivisible();
        door.change(edit -> edit.putPack(with(Rows.pack(6, "disk.in.tape", 1), "size", 12L)));
        assertEquals(List.of(2L, 42L), catalog.read(view -> List.of(MediaSets.packs(view, TAPE), MediaSets.bytes(view, TAPE))), "what waits and what lies on its cartridge");
        assertEquals(List.of(0L), catalog.read(view -> List.of(MediaSets.packs(view, new PoolName("disk")))));
    }

    @Test
    void whatWasLabelledBeforehandIsForTheOpenSetAlsoIfTheNextComesToNothing() throws Exception {
        Pool next = with(tape, "name", NEXT);
        door.change(edit -> {
            edit.putVolume(volume(3, "tape", "A3", Volume.State.SCRATCH, 0));
            edit.putPool(next);
            edit.putMediaSet(MediaSet.of(TAPE, 2));
            SetBeginning.takeAlong(edit, tape, next);
        });
        assertEquals(List.of("A1 tape", "A3 tape.set2"), cartridges());
        door.change(edit -> {
            SetBeginning.giveBack(edit, NEXT);
            edit.deletePool(NEXT);
        });
        assertEquals(List.of("A1 tape", "A3 tape"), cartridges());
        door.change(edit -> SetBeginning.giveBack(edit, TAPE));
        assertEquals(List.of("A1 tape", "A3 tape"), cartridges(), "of a pool that goes nothing is given to others");
    }

    @Test
    void oneThatWasLabelledBeforehandAndWrittenForASetThatCameToNothingIsLabelledBeforehandAgain() throws Exception {
        Volume before = volume(3, "tape.set2", "A3", Volume.State.SCRATCH, 0);
        VolumeId now = new VolumeId(-1, 33);
        door.change(edit -> edit.putScratch(new ScratchVolume(now, "A3", "A3", Rows.TIME, "it was labelled for pool tape")));
        door.change(edit -> ScratchTaking.prepareAgain(edit, NEXT, before));
        Volume again = catalog.read(view -> view.volume(now)).orElseThrow();
        assertEquals(List.of(TAPE, Volume.State.SCRATCH, 0, "A3", now), List.of(again.pool(), again.state(), again.number(), again.barcode(), again.set()));
        assertEquals(List.of(), catalog.read(CatalogView::scratchVolumes));
        assertEquals(List.of("A1 tape", "A3 tape"), cartridges());
    }

    private List<String> cartridges() throws BackupException {
        return catalog.read(CatalogView::volumes).stream().map(volume -> volume.barcode() + " " + volume.pool()).sorted().toList();
    }
}
