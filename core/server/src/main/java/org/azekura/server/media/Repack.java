package org.azekura.server.media;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.VolumeAnswer;

/**
 * A cartridge that is worth leaving its pool.
 *
 * @param why it is
 */
public record Repack(Volume volume, VolumeAnswer.VolumeUse use, Why why) {

    /** What for; earlier ones come first. */
    public enum Why {
        EMPTY("no pack that is needed is on it"),
        SUSPECT("it is suspect"),
        SPARSE("little on it is needed"),
        ROOM("its pool needs room");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** In the order in which they are to leave: first those that cost nothing, then those that may be lost, then those from which much is won. Pure. */
    public static List<Repack> choose(List<VolumeAnswer.VolumeUse> uses, Map<VolumeId, Volume> volumes, MediaRules rules) {
        return uses.stream().filter(use -> use.closed() && volumes.containsKey(use.volume())).map(use -> of(use, volumes.get(use.volume()), rules))
                .filter(Objects::nonNull).sorted(Comparator.comparing(Repack::why).thenComparingLong(one -> one.use().live())
                        .thenComparingInt(one -> one.use().number())).toList();
    }

    /**
     * The same; where a pool has no free cartridges but those that are left for copies, others, too, as many as it takes to win one.
     *
     * @param atOnce which can be written as soon as they have left
     */
    public static List<Repack> choose(List<VolumeAnswer.VolumeUse> uses, Map<VolumeId, Volume> volumes, MediaRules rules, Reserve reserve, Predicate<Volume> atOnce) {
        List<Repack> first = choose(uses, volumes, rules);
        long holds = uses.stream().filter(VolumeAnswer.VolumeUse::closed).mapToLong(VolumeAnswer.VolumeUse::used).max().orElse(0);
        if (holds == 0 || rules.repack() == 0 || reserve.free() > reserve.kept()) {
            return first;
        }
        return Stream.concat(first.stream(), new RoomPlan(uses, volumes, holds, atOnce).after(first, reserve).stream()).toList();
    }

    /** Null if it stays. */
    private static Repack of(VolumeAnswer.VolumeUse use, Volume volume, MediaRules rules) {
        // what its node finds suspect the catalog has heard, and somebody may have accepted
        Why why = use.packs() == 0 ? Why.EMPTY : volume.state() == Volume.State.SUSPECT ? Why.SUSPECT
                : use.used() > 0 && use.live() < use.used() / 100.0 * rules.repack() ? Why.SPARSE : null;
        boolean may = switch (volume.state()) {
            case APPENDABLE, FULL, SUSPECT -> true;
            case MISSING -> use.live() == 0;
            case SCRATCH, EXPIRED, QUARANTINED, LOCKED, CLEANING -> false;
        };
        return why == null || !may ? null : new Repack(volume, use, why);
    }
}
