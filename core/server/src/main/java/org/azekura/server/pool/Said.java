package org.azekura.server.pool;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.PoolFigures;
import org.azekura.server.host.Edition;

/**
 * What a checkpoint said of the pool, as a setting keeps it. Packs only come between two: where some go, one is written.
 *
 * @param edition of the configuration that it said
 */
record Said(PoolFigures figures, long edition) {

    /** Fewer changes than that are none, in a small pool, too. */
    static final int FEW = 16;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\d{1,18})(?: (\\d{1,18}))?");

    /** Null if the text says nothing. */
    static Said parse(String text) {
        Matcher numbers = TEXT.matcher(text);
        return !numbers.matches() ? null : new Said(new PoolFigures(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)),
                Long.parseLong(numbers.group(3))), numbers.group(4) == null ? 0 : Long.parseLong(numbers.group(4)));
    }

    static Said of(CatalogView view, PoolName pool) throws BackupException {
        return new Said(view.figures(pool), Edition.of(view));
    }

    /**
     * Whether enough has changed since: eight snapshots that came and eight others that went are sixteen changes. What somebody has laid down is known
     * nowhere else on the media, and is little.
     */
    boolean isFarFrom(Said said) {
        PoolFigures now = said.figures;
        long deleted = Math.abs(now.deletions() - figures.deletions());
        long saved = Math.abs(now.snapshots() - figures.snapshots() + now.deletions() - figures.deletions());
        long changed = Math.abs(now.packs() - figures.packs()) + saved + deleted;
        return said.edition != edition || changed >= Math.max(FEW, (figures.packs() + figures.snapshots()) / 8);
    }

    /** An empty pool of an appliance in which nobody has laid anything down. */
    boolean isNothing() {
        return edition == 0 && figures.packs() == 0 && figures.snapshots() == 0 && figures.deletions() == 0;
    }

    @Override
    public String toString() {
        return figures.packs() + " " + figures.snapshots() + " " + figures.deletions() + " " + edition;
    }
}
