package org.azekura.server.job.place;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.azekura.api.Money;
import org.azekura.api.PoolName;
import org.azekura.api.device.Terms.Medium;

/**
 * What reading from one place of a snapshot takes, as far as anybody can tell beforehand. The nearest comes first: what needs nobody's hand before what does,
 * what is whole before what was found damaged, then by when all would be read, roughly, so that seconds do not decide over money; then by cost, then a disk before a drive that others may want, and that before a cloud,
 * which may cost what nobody has said.
 *
 * @param pool    in whose volumes it lies
 * @param own     whether that is the snapshot's own pool
 * @param away    files of which something lies on cartridges that are away
 * @param sound   whether nothing of it was found damaged
 * @param waits   until the first byte, of what is there
 * @param reading from then on
 * @param cost    in millionths of the currency that the device's settings are in
 * @param cold    packs that lie in an archive; -1 if nobody has looked
 */
public record Nearness(PoolName pool, boolean own, long away, boolean sound, Medium medium, Duration waits, Duration reading, long cost, int cold) implements Comparable<Nearness> {

    private static final List<Duration> ABOUT_AS_LONG = List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));
    private static final Comparator<Nearness> NEAREST = Comparator.comparingLong(Nearness::away).thenComparing(near -> !near.sound).thenComparing(Nearness::length)
            .thenComparing(Nearness::cost).thenComparing(Nearness::medium).thenComparing(near -> !near.own).thenComparing(Nearness::time)
            .thenComparing(Nearness::pool);

    /** Until all of what is there was read. */
    public Duration time() {
        return waits.plus(reading);
    }

    private long length() {
        return ABOUT_AS_LONG.stream().filter(step -> time().compareTo(step) > 0).count();
    }

    @Override
    public int compareTo(Nearness other) {
        return NEAREST.compare(this, other);
    }

    /** For people: how long it takes, what it costs, and what is the matter with it. */
    public String words() {
        List<String> said = new ArrayList<>(List.of(time(time())));
        if (cost > 0) {
            said.add("costs " + money(cost));
        }
        if (away > 0) {
            said.add("some of it is on cartridges that are away");
        }
        if (cold != 0) {
            said.add(cold < 0 ? "if nothing of it lies in its archive" : cold + (cold == 1 ? " pack" : " packs") + " of it to come from its archive");
        }
        if (!sound) {
            said.add("parts of it are damaged");
        }
        return String.join(", ", said);
    }

    /** The same with what the others take. */
    String words(List<Nearness> others) {
        StringBuilder all = new StringBuilder(words());
        others.stream().sorted().forEach(other -> all.append(other.own ? "; pool " : "; the copy in pool ").append(other.pool).append(": ").append(other.words()));
        return all.toString();
    }

    static String time(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 1 ? "at once" : seconds < 100 ? "about " + seconds + " s" : seconds < 6000 ? "about " + (seconds + 30) / 60 + " min" : "about " + (seconds + 1800) / 3600 + " h";
    }

    static String money(long micros) {
        return micros < 10_000 ? "less than 0.01" : Money.format(micros);
    }
}
