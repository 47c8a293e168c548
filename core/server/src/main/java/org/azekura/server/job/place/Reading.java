package org.azekura.server.job.place;

import java.time.Duration;
import java.util.Map;
import org.azekura.api.PoolName;
import org.azekura.api.device.Terms;
import org.azekura.api.device.Terms.Medium;
import org.azekura.engine.plan.RecallPlan;
import org.azekura.server.pool.DeviceTerms;

/**
 * What reading from a place takes, whatever is read.
 *
 * @param pool  in whose volumes it lies
 * @param own   whether that is the snapshot's own pool
 * @param sound whether nothing of the snapshot was found damaged there
 * @param chunk  usual size of what is read at once
 * @param volume the name on its label; null if there is none
 */
record Reading(PoolName pool, boolean own, boolean sound, DeviceTerms.Now device, long chunk, String volume) {

    /** The drive winds to a place on a cartridge that it has already. */
    private static final Duration LOCATE = Duration.ofSeconds(30);

    /** Of a device that does not say how fast it is. A disk is no slower than a tape then. */
    private static long usualRate(Medium medium) {
        return switch (medium) {
            case DISK -> 400_000_000;
            case TAPE -> 300_000_000;
            case CLOUD -> 25_000_000;
        };
    }

    private Terms terms() {
        return device.terms();
    }

    /** Whether nothing can be nearer: a disk that is there, costs nothing, and of which nobody said that it is slow. */
    boolean isAtHand() {
        return sound && terms().equals(Terms.OF_A_DISK) && !hasArchive();
    }

    /** Whether something of it may have to be asked for. */
    boolean hasArchive() {
        return !device.tiers().isEmpty();
    }

    Nearness of(Wanted wanted) {
        return near(0, terms().firstByte(), wanted, 0, hasArchive() ? -1 : 0);
    }

    /** With what has to be brought from its archive before. */
    Nearness of(Wanted wanted, Thawing thawing) {
        return near(0, terms().firstByte().plus(thawing.waits()), wanted, Math.max(0, thawing.cost()), thawing.cold().packs());
    }

    /**
     * From cartridges at the best, before anybody knows on which of them it lies.
     *
     * @param waits whether they are waited for; else all of it may wait on the node's disk for tape
     */
    Nearness atBest(Wanted wanted, boolean waits) {
        return near(0, !waits ? Duration.ZERO : device.loaded().isEmpty() ? terms().firstByte() : LOCATE, wanted, 0, 0);
    }

    /** From these cartridges. */
    Nearness of(Cartridges cartridges, Map<Integer, RecallPlan.Need> needs) {
        long away = needs.entrySet().stream().filter(need -> cartridges.isAway(need.getKey())).mapToLong(need -> need.getValue().files()).sum();
        long brought = needs.keySet().stream().filter(number -> wait(cartridges, number) > LOCATE.toSeconds()).count();
        long rounds = (brought + cartridges.drives() - 1) / cartridges.drives();
        boolean waits = needs.keySet().stream().anyMatch(number -> wait(cartridges, number) > 0);
        return near(away, rounds > 0 ? terms().firstByte().multipliedBy(rounds) : waits ? LOCATE : Duration.ZERO, Wanted.of(needs), 0, 0);
    }

    /** Seconds until something on a cartridge is read; 0 on the node's disk; -1: it is away. */
    long wait(Cartridges cartridges, int number) {
        if (number == Cartridges.DISK) {
            return 0;
        }
        return cartridges.isAway(number) ? -1 : (cartridges.isAmong(number, device.loaded()) ? LOCATE : terms().firstByte()).toSeconds();
    }

    private Nearness near(long away, Duration wait, Wanted wanted, long more, int cold) {
        long rate = terms().bytesPerSecond() > 0 ? terms().bytesPerSecond() : usualRate(terms().medium());
        return new Nearness(pool, own, away, sound, terms().medium(), wait, Duration.ofMillis((long) (wanted.bytes() * 1000.0 / rate)), cost(wanted) + more, cold);
    }

    /** In millionths. */
    long cost(Wanted wanted) {
        long reads = Math.max(wanted.files(), wanted.bytes() / chunk);
        return (long) Math.ceil(terms().microsPerGiB() * (wanted.bytes() / (double) (1L << 30)) + terms().microsPerThousand() * (reads / 1000.0));
    }
}
