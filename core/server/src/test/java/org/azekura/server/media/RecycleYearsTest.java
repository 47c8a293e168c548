package org.azekura.server.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.azekura.api.PackId;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.VolumeAnswer;
import org.azekura.engine.volume.Label;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool that has eight cartridges for years, with a backup a day that is kept for 30 days, and one a month that is kept for 100. */
class RecycleYearsTest {

    private static final int DAYS = Seeds.slow() ? 1100 : 500;
    private static final int CARTRIDGES = 8;
    private static final int HOLDS = 120;

    /** A cartridge as it is, whatever the catalog says of it. */
    private static final class Tape {
        final Map<PackId, Integer> packs = new LinkedHashMap<>();
        Label label;
        int used;
    }

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<String, Tape> tapes = new TreeMap<>();
    private final Map<PackId, Integer> until = new HashMap<>();
    private Shelf shelf;
    private String written;
    private int day;
    private int packs;
    private int again;
    private int copied;

    private String said() {
        return "seed " + seed + " day " + day;
    }

    @Test
    void eightCartridgesLastForYears(@TempDir Path home) throws Exception {
        try (Shelf real = new Shelf(home)) {
            shelf = real;
            for (int i = 0; i < CARTRIDGES; i++) {
                tapes.put("A%05d".formatted(i), new Tape());
                shelf.slots.put(1000 + i, "A%05d".formatted(i));
            }
            shelf.change(edit -> edit.putMediaRules(new MediaRules(Shelf.MAIN, true, true, Duration.ofDays(5), 40, Duration.ZERO, 0)));
            for (day = 0; day < DAYS; day++) {
                write(day % 30 == 0 ? 20 : 4 + random.nextInt(8), day % 30 == 0 ? 100 : 30);
                if (day % 3 == 0) {
                    forget();
                    recycle();
                    check();
                }
            }
        }
        assertTrue(again > DAYS / 55, said() + ": " + again + " cartridges were labelled anew, " + copied + " packs copied");
    }

    private void write(int size, int days) throws Exception {
        PackId pack = new PackId(7, ++packs);
        until.put(pack, day + days);
        Tape to = room(size);
        shelf.change(edit -> edit.putPack(new Pack(pack, Shelf.MAIN, null, false, size, 1, to.label.volume(), "b", Instant.EPOCH)));
        to.packs.put(pack, size);
        to.used += size;
    }

    /** The one that is written, or the next one. */
    private Tape room(int size) throws Exception {
        Tape now = written == null ? null : tapes.get(written);
        if (now != null && now.used + size <= HOLDS) {
            return now;
        }
        PoolAnswer.VolumeChosen chosen = shelf.want(Shelf.MAIN, now == null ? null : now.label.volume(), now == null ? 1 : now.label.number() + 1);
        Label label = Label.parse(chosen.label());
        Tape next = tapes.get(chosen.barcode().value());
        assertTrue(next.packs.isEmpty(), said() + ": " + chosen.barcode() + " is overwritten with packs on it");
        assertTrue(next.label == null || next.label.volume().equals(chosen.overwrites()), said());
        again += next.label == null ? 0 : 1;
        next.label = label;
        next.used = 0;
        written = chosen.barcode().value();
        shelf.labelled(chosen, written);
        return next;
    }

    private void forget() throws Exception {
        for (Tape tape : tapes.values()) {
            for (PackId pack : List.copyOf(tape.packs.keySet())) {
                if (until.get(pack) <= day) {
                    shelf.change(edit -> edit.deletePack(pack, tape.label.volume()));
                    tape.packs.remove(pack);
                    until.remove(pack);
                }
            }
        }
    }

    private void recycle() throws Exception {
        Map<VolumeId, Volume> known = shelf.volumes().stream().collect(Collectors.toMap(Volume::id, Function.identity()));
        List<VolumeAnswer.VolumeUse> uses = new ArrayList<>();
        for (Map.Entry<String, Tape> one : tapes.entrySet()) {
            Tape tape = one.getValue();
            if (tape.label != null && known.containsKey(tape.label.volume()) && known.get(tape.label.volume()).isInSet()) {
                long live = tape.packs.values().stream().mapToInt(Integer::intValue).sum();
                uses.add(new VolumeAnswer.VolumeUse(tape.label.volume(), tape.label.number(), !one.getKey().equals(written), false, tape.packs.size(), live, tape.used));
            }
        }
        MediaRules rules = shelf.read(view -> view.mediaRules(Shelf.MAIN));
        Instant now = Instant.parse("2026-11-27T11:00:00Z").plus(Duration.ofDays(day));
        for (Repack one : Repack.choose(uses, known, rules)) {
            Tape from = tapes.get(one.volume().barcode());
            for (Map.Entry<PackId, Integer> pack : List.copyOf(from.packs.entrySet())) {
                Tape to = room(pack.getValue());
                shelf.change(edit -> LeftVolumes.moved(edit, new NodeReport.PacksPlaced(Shelf.MAIN, List.of(new NodeReport.PackPlaced(pack.getKey(), to.label.volume(),
                        "c" + day))), now));
                from.packs.remove(pack.getKey());
                to.packs.put(pack.getKey(), pack.getValue());
                to.used += pack.getValue();
                copied++;
            }
            shelf.change(edit -> LeftVolumes.left(edit, Shelf.MAIN, one.volume().id(), now, (since, keep) -> !since.plus(keep).isAfter(now)));
        }
        shelf.change(edit -> LeftVolumes.release(edit, Shelf.MAIN, (since, keep) -> !since.plus(keep).isAfter(now)));
    }

    private void check() throws Exception {
        Map<PackId, Integer> there = new HashMap<>();
        tapes.values().forEach(tape -> tape.packs.forEach((pack, size) -> assertEquals(null, there.put(pack, size), said())));
        assertEquals(until.keySet(), there.keySet(), said());
        HashSet<String> barcodes = new HashSet<>();
        for (Volume volume : shelf.volumes()) {
            assertTrue(volume.isOnlyName() || barcodes.add(volume.barcode()), said() + ": " + volume);
            long on = shelf.read(view -> view.packsOn(volume.id()));
            assertEquals(volume.isInSet() ? tapes.get(volume.barcode()).packs.size() : 0, on, said());
        }
        for (ScratchVolume scratch : shelf.read(CatalogView::scratchVolumes)) {
            assertTrue(barcodes.add(scratch.barcode()) && tapes.get(scratch.barcode()).packs.isEmpty(), said() + ": " + scratch);
            assertEquals(scratch.volume(), tapes.get(scratch.barcode()).label.volume(), said());
        }
    }

    /** Its node calls an accepted one suspect for ever. */
    @Test
    void oneThatWasAcceptedStays() {
        VolumeId id = new VolumeId(1, 1);
        List<VolumeAnswer.VolumeUse> uses = List.of(new VolumeAnswer.VolumeUse(id, 1, true, true, 3, 90, 100));
        Map<Volume.State, Integer> chosen = new TreeMap<>();
        for (Volume.State state : List.of(Volume.State.SUSPECT, Volume.State.FULL)) {
            Volume volume = new Volume(id, Shelf.MAIN, "v1", "A00001", state, "", 0, -1);
            chosen.put(state, Repack.choose(uses, Map.of(id, volume), MediaRules.usual(Shelf.MAIN)).size());
        }
        assertEquals(Map.of(Volume.State.SUSPECT, 1, Volume.State.FULL, 0), chosen);
    }

    /** Which ones are worth it, and in which order. */
    @Test
    void theOrderIsThatOfWhatIsWon() {
        Map<VolumeId, Volume> known = new HashMap<>();
        List<VolumeAnswer.VolumeUse> uses = new ArrayList<>();
        Volume.State[] states = {Volume.State.FULL, Volume.State.FULL, Volume.State.SUSPECT, Volume.State.FULL, Volume.State.LOCKED, Volume.State.MISSING,
                Volume.State.FULL, Volume.State.MISSING, Volume.State.APPENDABLE};
        long[] live = {30, 39, 90, 40, 0, 5, 3, 0, 0};
        for (int i = 0; i < states.length; i++) {
            VolumeId id = new VolumeId(1, i);
            known.put(id, new Volume(id, Shelf.MAIN, "v" + i, "A0000" + i, states[i], "", 0, -1));
            uses.add(new VolumeAnswer.VolumeUse(id, i + 1, i != 8, false, i == 6 || i == 7 || i == 5 ? 0 : 3, live[i], 100));
        }
        assertEquals(List.of("v7", "v6", "v2", "v0", "v1"), Repack.choose(uses, known, MediaRules.usual(Shelf.MAIN)).stream().map(one -> one.volume().label()).toList());
        MediaRules never = new MediaRules(Shelf.MAIN, true, true, Duration.ZERO, 0, Duration.ZERO, 0);
        assertEquals(List.of("v7", "v6", "v2"), Repack.choose(uses, known, never).stream().map(one -> one.volume().label()).toList());
    }
}
