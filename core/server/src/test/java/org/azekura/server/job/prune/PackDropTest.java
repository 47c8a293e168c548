package org.azekura.server.job.prune;

import static org.azekura.testkit.catalog.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackDropTest {

    @TempDir
    Path home;

    @Test
    void aCartridgeHoldsWhatCopiesHaveThereToo() throws Exception {
        Pool tape = Rows.pool("tape");
        Pool copies = Rows.pool("disk.in.tape");
        try (CatalogDoor door = new CatalogDoor(home)) {
            CatalogStore catalog = door.catalog();
            catalog.write(edit -> {
                edit.putPool(tape);
                edit.putPool(Rows.pool("disk"));
                edit.putPool(copies);
                edit.putReplica(new Replica(copies.name(), new PoolName("disk"), tape.name()));
                edit.putVolume(Rows.volume(1, "tape", "tape-1"));
                edit.putVolume(Rows.volume(2, "disk.in.tape", "copies"));
                edit.putVolume(Rows.volume(3, "disk", "disk-1"));
                edit.putPack(with(Rows.pack(5, "tape", 1), "size", 30L));
                edit.putPack(with(Rows.pack(6, "disk.in.tape", 1), "size", 12L));
                edit.putPack(with(Rows.pack(7, "disk.in.tape", 2), "size", 4L));
                return null;
            });
            new PackDrop(catalog, tape, null, null, null).measure();
            assertEquals(42, used(catalog, 1));
            catalog.write(edit -> {
                edit.deletePack(Rows.pack(6, "disk.in.tape", 1).id(), new VolumeId(-1, 1));
                return null;
            });
            new PackDrop(catalog, copies, null, null, null).measure();
            assertEquals(30, used(catalog, 1));
            assertEquals(4, used(catalog, 2));
            assertEquals(11, used(catalog, 3), "another pool's is left as it is");
        }
    }

    /** It was repaired while the prune went through what is alive. */
    @Test
    void aPackThatCameBackMeanwhileIsNotForgotten() throws Exception {
        Pool main = Rows.pool("main");
        try (CatalogDoor door = new CatalogDoor(home)) {
            CatalogStore catalog = door.catalog();
            List<Pack> gone = List.of(Rows.pack(5, "main", 1), Rows.pack(6, "main", 1));
            catalog.write(edit -> {
                edit.putPool(main);
                edit.putVolume(Rows.volume(1, "main", "main-1"));
                for (Pack pack : gone) {
                    edit.putPack(pack);
                }
                edit.putPack(with(gone.getFirst(), "job", new JobId(9)));
                return null;
            });
            new PackDrop(catalog, main, null, null, null).forgetGone(gone);
            assertEquals(List.of(gone.getFirst().id()), catalog.read(view -> view.packs(main.name())).stream().map(Pack::id).toList());
        }
    }

    private static long used(CatalogStore catalog, long volume) throws Exception {
        return catalog.read(view -> view.volume(new VolumeId(-1, volume))).orElseThrow().used();
    }
}
