package org.azekura.server.job.place;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.azekura.api.device.RetrievalTier;
import org.azekura.api.server.Thaw;

/**
 * What it takes to have packs brought from an archive.
 *
 * @param tiers of the device, the cheapest first
 * @param how   soon they are wanted
 */
public record Thawing(Cold cold, List<RetrievalTier> tiers, Thaw how) {

    private static final double GIB = 1L << 30;

    public RetrievalTier tier() {
        return how.of(tiers);
    }

    /** Of what nobody has asked for yet, in millionths; -1 if the device's settings have no prices. */
    public long cost() {
        return cost(tier());
    }

    private long cost(RetrievalTier tier) {
        return cold.archived().isEmpty() ? 0 : tier.microsPerGiB() < 0 || tier.microsPerBlob() < 0 ? -1
                : (long) Math.ceil(tier.microsPerBlob() * (double) cold.archived().size() + tier.microsPerGiB() * (cold.bytes() / GIB));
    }

    /** Until all of it is there, at the longest. */
    public Duration waits() {
        return cold.isAny() ? tier().waiting() : Duration.ZERO;
    }

    /** For people, like {@code 312 of 900 packs lie in its archive}. */
    public String words() {
        return cold.packs() + " of " + cold.of() + (cold.of() == 1 ? " pack lies in its archive" : cold.packs() == 1 ? " packs lies in its archive" : " packs lie in its archive")
                + (cold.coming().isEmpty() ? "" : cold.archived().isEmpty() ? ", asked for already" : ", " + cold.coming().size() + " of them asked for already");
    }

    /** For people: what each way takes. */
    public String ways() {
        return String.join("; ", tiers.stream().map(tier -> word(tier) + " (" + tier.name() + ") " + Nearness.time(tier.waiting()) + money(cost(tier))).toList());
    }

    private String word(RetrievalTier tier) {
        return tier.equals(Thaw.USUAL.of(tiers)) ? Thaw.USUAL.word() : tier.equals(tiers.getFirst()) ? Thaw.CHEAP.word() : Thaw.FAST.word();
    }

    /** For people, with a comma before it; empty if it costs nothing. */
    static String money(long micros) {
        return micros < 0 ? ", at a price that the device's settings don't say" : micros == 0 ? "" : String.format(Locale.ROOT, ", costs %s by the prices set", Nearness.money(micros));
    }
}
