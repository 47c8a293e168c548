package org.azekura.api.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.azekura.api.device.RetrievalTier;

/** How soon something is wanted that lies in an archive: the sooner, the dearer. Devices have one to three ways. */
public enum Thaw {
    CHEAP, USUAL, FAST;

    /** The single word that people and programs see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param word one of ours, or what clouds call the same: bulk, standard, expedited */
    public static Optional<Thaw> parse(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "cheap", "bulk" -> Optional.of(CHEAP);
            case "usual", "standard" -> Optional.of(USUAL);
            case "fast", "expedited" -> Optional.of(FAST);
            default -> Optional.empty();
        };
    }

    /** The device's way that comes nearest. @param tiers at least one, the cheapest first */
    public RetrievalTier of(List<RetrievalTier> tiers) {
        return switch (this) {
            case CHEAP -> tiers.getFirst();
            case USUAL -> tiers.get(Math.min(1, tiers.size() - 1));
            case FAST -> tiers.getLast();
        };
    }
}
