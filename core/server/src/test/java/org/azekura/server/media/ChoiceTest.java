package org.azekura.server.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.PendingVolume;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    private static final PoolName POOL = new PoolName("p");
    private static final PoolName OTHER = new PoolName("q");
    private static final VolumeId SET = new VolumeId(1, 1);

    private final List<Volume> volumes = new ArrayList<>();
    private final List<PendingVolume> pending = new ArrayList<>();
    private final List<ScratchVolume> scratch = new ArrayList<>();
    private final List<Element> elements = new ArrayList<>();
    private MediaRules rules = MediaRules.usual(POOL);

    private void there(Element.Kind kind, String... barcodes) {
        for (String barcode : barcodes) {
            elements.add(new Element(new ElementAddress(1000 + elements.size()), kind, new Element.Named(new Barcode(barcode)), Optional.empty(),
                    OptionalInt.empty(), true, ""));
        }
    }

    private Volume volume(PoolName pool, int number, String barcode, Volume.State state, long used) {
        Volume volume = new Volume(new VolumeId(2, number), pool, pool + "-" + number, barcode, state, "slot", used, 100, SET, number, Instant.EPOCH, null, null,
                0, null);
        volumes.add(volume);
        return volume;
    }

    private Choice choose(String... refused) {
        Choice.Wish wish = new Choice.Wish(POOL, 2, Set.copyOf(Arrays.stream(refused).map(Barcode::new).toList()));
        Choice.Known known = new Choice.Known(volumes, pending, scratch, rules, Optional.of(elements));
        Choice choice = Choice.of(wish, known);
        List<Element> others = new ArrayList<>(elements);
        Collections.reverse(others);
        assertEquals(choice, Choice.of(wish, new Choice.Known(volumes.reversed(), pending, scratch, rules, Optional.of(others))), "whatever the order of what is known");
        return choice;
    }

    @Test
    void takesTheLabelledThenTheGivenUpThenTheBlank() {
        there(Element.Kind.SLOT, "A5", "A1", "A2", "A4", "A3");
        Volume third = volume(POOL, 3, "A4", Volume.State.APPENDABLE, 0);
        Volume second = volume(POOL, 2, "A3", Volume.State.APPENDABLE, 0);
        ScratchVolume old = new ScratchVolume(new VolumeId(3, 1), "old", "A5", Instant.EPOCH, "gone");
        scratch.add(old);
        Volume prepared = volume(POOL, 1, "A0", Volume.State.SCRATCH, 0);
        there(Element.Kind.SLOT, "A0");
        assertEquals(new Choice.Labelled(second), choose());
        assertEquals(new Choice.Prepared(prepared), choose("A3", "A4"));
        assertEquals(new Choice.Labelled(third), choose("A3"));
        assertEquals(new Choice.GivenUp(old), choose("A0", "A3", "A4"));
        assertEquals(new Choice.Blank(new Barcode("A1")), choose("A0", "A3", "A4", "A5"));
        assertEquals(new Choice.Blank(new Barcode("A2")), choose("A0", "A1", "A3", "A4", "A5"));
    }

    @Test
    void prefersWhatIsInADriveAlready() {
        there(Element.Kind.SLOT, "A1");
        there(Element.Kind.DRIVE, "A9");
        volume(POOL, 2, "A1", Volume.State.APPENDABLE, 0);
        assertEquals(new Choice.Blank(new Barcode("A9")), choose());
    }

    @Test
    void saysWhatIsThereAndWillNotDo() {
        there(Element.Kind.MAIL_SLOT, "A1");
        there(Element.Kind.SLOT, "CLNU01L8", "A2", "A3", "A4", "A5", "A6");
        volume(OTHER, 1, "A2", Volume.State.APPENDABLE, 0);
        volume(POOL, 1, "A3", Volume.State.FULL, 90);
        volume(POOL, 4, "A4", Volume.State.LOCKED, 0);
        pending.add(new PendingVolume(OTHER, 2, new VolumeId(4, 1), SET, "q-2", "A5", Instant.EPOCH, null));
        assertEquals(new Choice.None("of 7 cartridges there 1 is in mail slots, 1 is for cleaning, 1 is tried and found unusable, 1 is being labelled for another pool,"
                + " 1 is of other pools, 1 is written already, 1 is suspect, quarantined or locked"), choose("A6"));
        assertEquals(new Choice.Blank(new Barcode("A6")), choose());
    }

    @Test
    void takesOnlyWhatThePoolsRulesAllow() {
        there(Element.Kind.SLOT, "A1", "A2");
        scratch.add(new ScratchVolume(new VolumeId(3, 1), "old", "A2", Instant.EPOCH, "gone"));
        rules = new MediaRules(POOL, false, false);
        assertEquals(new Choice.None("of 2 cartridges there 1 is without a label, which this pool does not take, 1 is given up, which this pool does not take"), choose());
        rules = new MediaRules(POOL, false, true);
        assertInstanceOf(Choice.GivenUp.class, choose());
    }

    @Test
    void leavesItToTheNodeWhereNobodyCanSayWhatIsThere() {
        assertEquals(new Choice.Any(), Choice.of(new Choice.Wish(POOL, 1, Set.of()), new Choice.Known(volumes, pending, scratch, rules, Optional.empty())));
        elements.add(new Element(new ElementAddress(1), Element.Kind.DRIVE, new Element.Unnamed(), Optional.empty(), OptionalInt.empty(), true, ""));
        assertEquals(new Choice.Any(), choose());
        rules = new MediaRules(POOL, false, true);
        assertInstanceOf(Choice.None.class, choose());
    }

    @Test
    void neverGivesWhatMayNotBeWritten() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            volumes.clear();
            pending.clear();
            elements.clear();
            for (int i = 0; i < 12; i++) {
                String barcode = (random.nextInt(6) == 0 ? "CLN" : "A") + i;
                there(Element.Kind.values()[random.nextInt(4)], barcode);
                if (random.nextBoolean()) {
                    volume(random.nextBoolean() ? POOL : OTHER, i + 1, barcode, Volume.State.values()[random.nextInt(9)], random.nextInt(2) * 7);
                } else if (random.nextInt(3) == 0) {
                    pending.add(new PendingVolume(OTHER, i + 1, new VolumeId(4, i), SET, "q", barcode, Instant.EPOCH, null));
                }
            }
            String said = "seed " + seed + " round " + round;
            switch (choose()) {
                case Choice.Labelled(Volume volume) -> {
                    assertEquals(POOL, volume.pool(), said);
                    assertEquals(0, volume.used(), said);
                    assertTrue(Set.of(Volume.State.APPENDABLE, Volume.State.MISSING).contains(volume.state()) && volume.number() >= 2, said);
                }
                case Choice.Blank(Barcode barcode) -> {
                    assertTrue(!barcode.isCleaning() && volumes.stream().noneMatch(one -> barcode.value().equals(one.barcode()))
                            && pending.stream().noneMatch(one -> barcode.value().equals(one.barcode())), said);
                    assertTrue(elements.stream().anyMatch(one -> one.barcode().filter(barcode::equals).isPresent()
                            && Set.of(Element.Kind.SLOT, Element.Kind.DRIVE).contains(one.kind())), said);
                }
                case Choice.Prepared(Volume volume) -> {
                    assertEquals(POOL, volume.pool(), said);
                    assertEquals(Volume.State.SCRATCH, volume.state(), said);
                }
                case Choice.GivenUp given -> throw new AssertionError(said);
                case Choice.Any any -> throw new AssertionError(said);
                case Choice.None none -> assertTrue(none.why().startsWith("of 12 cartridges") || none.why().contains("left for copies"), said);
            }
        }
    }
}
