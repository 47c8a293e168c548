package org.azekura.rest.snapshot;

import java.util.List;
import org.azekura.api.Money;
import org.azekura.api.server.Snapshots;

/**
 * Where parts of a snapshot lie.
 *
 * @param volume  the name on the label; null for packs that wait on the node's disk to be written to a cartridge
 * @param barcode null if it is no cartridge, or nobody can tell
 * @param place   for people; of a cartridge that is away: what would do
 * @param there   whether it can be read now
 * @param waits   seconds until the first byte, about; null if somebody has to bring it, or nobody knows
 * @param cost    in the currency that the device's settings are in; 0 if nobody said that it costs anything
 * @param why     it is read there and not in another place; null if nobody knows
 */
public record LyingView(String pool, String node, String volume, String barcode, String place, boolean there, long files, long bytes, Long waits, double cost, String why) {

    public static List<LyingView> of(List<Snapshots.Lying> all) {
        return all.stream().map(LyingView::of).toList();
    }

    private static LyingView of(Snapshots.Lying lying) {
        Snapshots.Taking taking = lying.taking() == null ? new Snapshots.Taking(-1, 0, null) : lying.taking();
        return new LyingView(lying.pool().value(), lying.node().value(), lying.volume(), lying.barcode() == null ? null : lying.barcode().value(), lying.place(), lying.there(),
                lying.files(), lying.bytes(), taking.waits() < 0 ? null : taking.waits(), Money.amount(taking.cost()), taking.why());
    }
}
