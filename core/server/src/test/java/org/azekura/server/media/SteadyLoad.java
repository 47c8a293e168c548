package org.azekura.server.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.VolumeAnswer;

/** What a pool on ten cartridges lives through, by the same choices as a real one, day by day. */
final class SteadyLoad {

    private static final int CARTRIDGES = 10;
    private static final int HOLDS = 100;
    /** Half of what is alive goes in so many days. */
    private static final int HALF_LIFE = 40;

    /** A cartridge: when each of its packs goes. All packs are as long. */
    private static final class Tape {
        final int number;
        final List<Integer> until = new ArrayList<>();
        int used;

        Tape(int number) {
            this.number = number;
        }
    }

    private final Random random;
    private final int wanted;
    private final int reserve;
    private final boolean forRoom;
    private final List<Tape> tapes = new ArrayList<>();
    private int free = CARTRIDGES;
    private int numbers;
    private int day;
    private int written;
    private int copied;
    private int again;
    private int late;

    /**
     * @param percent of what all cartridges hold is alive, always
     * @param forRoom whether others than those below the share leave, too, where room is needed
     */
    SteadyLoad(Random random, int percent, int reserve, boolean forRoom) {
        this.random = random;
        this.wanted = CARTRIDGES * HOLDS * percent / 100;
        this.reserve = reserve;
        this.forRoom = forRoom;
    }

    int again() {
        return again;
    }

    int late() {
        return late;
    }

    /** On so many of these days what was to be written waits, also behind the prune of the day. */
    int live(int days) {
        for (day = 0; day < days; day++) {
            tapes.forEach(tape -> tape.until.removeIf(until -> until <= day));
            boolean fits = isWritten();
            prune();
            late += fits || isWritten() ? 0 : 1;
        }
        return late;
    }

    private int alive() {
        return tapes.stream().mapToInt(tape -> tape.until.size()).sum();
    }

    private boolean isWritten() {
        while (alive() < wanted) {
            if (!isOnTape(day + 1 + (int) (-HALF_LIFE / Math.log(2) * Math.log(1 - random.nextDouble())), false)) {
                return false;
            }
            written++;
        }
        return true;
    }

    private boolean isOnTape(int until, boolean frees) {
        if (tapes.isEmpty() || tapes.getLast().used == HOLDS) {
            if (free == 0 || !frees && reserve().isReached()) {
                return false;
            }
            free--;
            again += numbers < CARTRIDGES ? 0 : 1;
            tapes.add(new Tape(++numbers));
        }
        tapes.getLast().until.add(until);
        tapes.getLast().used++;
        return true;
    }

    private Reserve reserve() {
        return new Reserve(Shelf.MAIN, free, Reserve.kept(List.copyOf(known().values()), Shelf.MAIN, rules()));
    }

    private MediaRules rules() {
        return new MediaRules(Shelf.MAIN, true, true, Duration.ZERO, MediaRules.REPACK, Duration.ZERO, 0, reserve, Duration.ZERO, 0, false, MediaRules.ERROR_FACTOR);
    }

    private Map<VolumeId, Volume> known() {
        Map<VolumeId, Volume> known = new HashMap<>();
        for (Tape tape : tapes) {
            VolumeId id = new VolumeId(1, tape.number);
            known.put(id, new Volume(id, Shelf.MAIN, "main-" + tape.number, "A" + tape.number, Volume.State.FULL, "", 0, -1));
        }
        return known;
    }

    private void prune() {
        List<VolumeAnswer.VolumeUse> uses = tapes.stream().map(tape -> new VolumeAnswer.VolumeUse(new VolumeId(1, tape.number), tape.number, tape != tapes.getLast(), false,
                tape.until.size(), tape.until.size(), tape.used)).toList();
        for (Repack one : forRoom ? Repack.choose(uses, known(), rules(), reserve(), volume -> true) : Repack.choose(uses, known(), rules())) {
            if (!hasLeft(one)) {
                assertTrue(one.why() != Repack.Why.ROOM, "there was to be room for " + one + " on " + this);
                return;
            }
        }
    }

    /** False if there is no room for what counts. */
    private boolean hasLeft(Repack one) {
        Tape from = tapes.stream().filter(tape -> tape.number == one.use().number()).findFirst().orElseThrow();
        while (!from.until.isEmpty()) {
            if (!isOnTape(from.until.getLast(), true)) {
                return false;
            }
            from.until.removeLast();
            copied++;
        }
        tapes.remove(from);
        free++;
        return true;
    }

    @Override
    public String toString() {
        return "day " + day + ": " + written + " packs written, " + copied + " copied, " + again + " cartridges labelled anew, " + late + " days late";
    }
}
