package org.azekura.server.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.engine.volume.Label;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pools in one library over many simulated days, with hands, crashes, bad cartridges and pools that go: what must hold is looked at after every day. */
class MediaDaysTest {

    private static final int DAYS = 60;
    private static final int FITS = 4;

    /** A cartridge as it is, whatever the catalog says of it. */
    private static final class Tape {

        final boolean isForeign;
        final boolean isBad;
        final Set<PackId> packs = new HashSet<>();
        boolean isThere = true;
        Label label;

        Tape(boolean isForeign, boolean isBad) {
            this.isForeign = isForeign;
            this.isBad = isBad;
        }
    }

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<String, Tape> tapes = new TreeMap<>();
    private Shelf shelf;
    private int day;
    private int packs;
    private int parked;
    private int written;
    private int overwritten;

    private String said() {
        return "seed " + seed + " day " + day;
    }

    @Test
    void nothingIsWrittenWhereItMayNotBeAndNothingThatIsNeededIsOverwritten(@TempDir Path home) throws Exception {
        try (Shelf real = new Shelf(home)) {
            shelf = real;
            tapes.put("CLN001CU", new Tape(false, false));
            for (day = 0; day < DAYS; day++) {
                hands();
                if (random.nextInt(3) == 0) {
                    open();
                }
                write(random.nextBoolean() ? Shelf.MAIN : Shelf.OFFSITE);
                forget();
                check();
            }
        }
        assertTrue(written > DAYS / 6, said() + ": " + written + " packs, " + overwritten + " cartridges labelled anew");
    }

    /** Somebody brings a blank cartridge when one is asked for, takes others out and puts them back. */
    private void hands() {
        if (parked > 0 || random.nextInt(30) == 0) {
            tapes.put("A%05d".formatted(tapes.size()), new Tape(random.nextInt(5) == 0, random.nextInt(6) == 0));
        }
        for (Tape tape : tapes.values()) {
            if (random.nextInt(tape.isThere ? 60 : 5) == 0) {
                tape.isThere = !tape.isThere;
            }
        }
        shelf.slots.clear();
        int slot = 1000;
        for (Map.Entry<String, Tape> one : tapes.entrySet()) {
            if (one.getValue().isThere) {
                shelf.slots.put(slot++, one.getKey());
            }
        }
    }

    /** The node tells of every label that it finds, also of one whose writing it could not tell of; and what is not there. */
    private void open() throws Exception {
        Set<VolumeId> scratch = scratch();
        Map<VolumeId, Volume> known = shelf.volumes().stream().collect(Collectors.toMap(Volume::id, volume -> volume));
        for (Map.Entry<String, Tape> one : tapes.entrySet()) {
            Label label = one.getValue().label;
            boolean isOfAPool = label != null && !scratch.contains(label.volume());
            if (!isOfAPool || known.containsKey(label.volume()) && one.getValue().isThere == (known.get(label.volume()).state() != Volume.State.MISSING)) {
                continue;
            }
            if (one.getValue().isThere) {
                shelf.tell(new NodeReport.VolumeLabelled(label.pool(), label.volume(), label.number(), label.name(), new Barcode(one.getKey()), "slot", 100));
            } else if (known.containsKey(label.volume())) {
                shelf.tell(new NodeReport.VolumeState(label.pool(), label.volume(), "missing", "taken out", -1));
            }
        }
    }

    private void write(PoolName pool) throws Exception {
        Volume last = last(pool);
        boolean fits = last != null && last.state() == Volume.State.APPENDABLE && tapes.get(last.barcode()).isThere && last.used() < FITS * 10;
        Volume to = fits ? last : next(pool, last);
        if (to == null) {
            return;
        }
        assertEquals(Volume.State.APPENDABLE, shelf.volume(to.id()).state(), said());
        Tape tape = tapes.get(to.barcode());
        assertTrue(tape.isThere && !tape.isForeign && tape.label.volume().equals(to.id()), said());
        if (tape.isBad && random.nextInt(3) == 0) {
            shelf.tell(new NodeReport.DriveSaid(new DeviceName("lib1"), random.nextInt(2), "", new Barcode(to.barcode()), List.of(), "write failed"));
            return;
        }
        PackId pack = new PackId(7, ++packs);
        VolumeId first = shelf.read(view -> VolumeBook.inSet(view, pool)).getFirst().id();
        shelf.change(edit -> edit.putPack(new Pack(pack, pool, null, false, 10, 1, first, "spool", Instant.EPOCH)));
        if (shelf.volume(first).state() == Volume.State.APPENDABLE) {
            shelf.change(edit -> edit.putVolume(edit.volume(first).orElseThrow().grown(10)));
        }
        shelf.tell(new NodeReport.PacksPlaced(pool, List.of(new NodeReport.PackPlaced(pack, to.id(), "b" + packs))));
        tape.packs.add(pack);
        written++;
    }

    private Volume last(PoolName pool) throws Exception {
        List<Volume> all = shelf.read(view -> VolumeBook.inSet(view, pool));
        return all.isEmpty() ? null : all.getLast();
    }

    /** Null if it goes on another day. */
    private Volume next(PoolName pool, Volume last) throws Exception {
        List<String> refused = new ArrayList<>();
        while (true) {
            PoolAnswer.VolumeChosen chosen;
            try {
                chosen = shelf.want(pool, last == null ? null : last.id(), last == null ? 1 : last.number() + 1, refused.toArray(String[]::new));
            } catch (BackupException e) {
                assertEquals("media.none", e.failure().code(), said());
                assertTrue(++parked < 30, said() + ": " + e.getMessage());
                return null;
            }
            parked = 0;
            Label label = Label.parse(chosen.label());
            Tape tape = tapes.get(chosen.barcode().value());
            assertTrue(tape.isThere && !chosen.barcode().isCleaning(), said());
            boolean fits = !tape.isForeign && (tape.label == null || tape.label.volume().equals(label.volume()) || tape.label.volume().equals(chosen.overwrites()));
            if (!fits) {
                refused.add(chosen.barcode().value());
                continue;
            }
            if (random.nextInt(8) == 0) {
                return null; // cut off before the label is written
            }
            assertTrue(tape.packs.isEmpty() || tape.label.volume().equals(label.volume()), said() + ": " + chosen.barcode() + " is overwritten with packs on it");
            overwritten += chosen.overwrites() == null ? 0 : 1;
            tape.label = label;
            if (random.nextInt(8) == 0) {
                return null; // cut off before anybody heard of it
            }
            shelf.labelled(chosen, chosen.barcode().value());
            return shelf.volume(label.volume());
        }
    }

    /** Snapshots go and a prune drops their packs; a pool that has none left is deleted and made anew. */
    private void forget() throws Exception {
        PoolName pool = random.nextBoolean() ? Shelf.MAIN : Shelf.OFFSITE;
        boolean all = day % 25 == 24;
        for (Pack pack : shelf.read(view -> view.packs(pool))) {
            if (all || random.nextInt(200) == 0) {
                shelf.change(edit -> edit.deletePack(pack.id(), pack.volume()));
                Volume volume = shelf.volume(pack.volume());
                shelf.change(edit -> edit.putVolume(volume.filled(volume.used() - pack.size())));
                tapes.get(volume.barcode()).packs.remove(pack.id());
            }
        }
        if (all) {
            shelf.change(edit -> {
                GivenUp.all(edit, pool, "it was deleted");
                edit.deletePool(pool);
            });
            shelf.change(edit -> edit.putPool(Rows.pool(pool.value())));
            // what is not scratch is nobody's, and whoever meets it leaves it alone
            Set<VolumeId> scratch = scratch();
            tapes.replaceAll((barcode, tape) -> tape.label != null && tape.label.pool().equals(pool) && !scratch.contains(tape.label.volume())
                    ? new Tape(true, tape.isBad) : tape);
        }
    }

    private Set<VolumeId> scratch() throws Exception {
        return shelf.read(CatalogView::scratchVolumes).stream().map(ScratchVolume::volume).collect(Collectors.toSet());
    }

    private void check() throws Exception {
        Set<String> barcodes = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        Map<VolumeId, Long> on = shelf.read(view -> {
            Map<VolumeId, Long> counts = new HashMap<>();
            for (Volume volume : view.volumes()) {
                counts.put(volume.id(), view.packsOn(volume.id()));
            }
            return counts;
        });
        for (Volume volume : shelf.volumes()) {
            assertTrue(barcodes.add(volume.barcode()), said() + ": " + volume.barcode() + " is two volumes");
            assertTrue(numbers.add(volume.set() + " " + volume.number()), said() + ": number " + volume.number() + " of " + volume.pool() + " is two volumes");
            long used = 10L * on.get(volume.id());
            assertEquals(used, volume.used(), said() + ": " + volume.label());
            assertEquals(used, 10L * tapes.get(volume.barcode()).packs.size(), said() + ": " + volume.label());
        }
        for (ScratchVolume scratch : shelf.read(CatalogView::scratchVolumes)) {
            assertTrue(barcodes.add(scratch.barcode()) && tapes.get(scratch.barcode()).packs.isEmpty(), said() + ": " + scratch);
        }
    }
}
