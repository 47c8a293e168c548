package org.azekura.rest.snapshot;

import java.util.List;
import org.azekura.api.server.Snapshots;

/**
 * Where parts of a snapshot lie.
 *
 * @param volume  the name on the label; null for packs that wait on the node's disk to be written to a cartridge
 * @param barcode null if it is no cartridge, or nobody can tell
 * @param place   for people; of a cartridge that is away: what would do
 * @param there   whether it can be read now
 */
public record LyingView(String pool, String node, String volume, String barcode, String place, boolean there, long files, long bytes) {

    public static List<LyingView> of(List<Snapshots.Lying> all) {
        return all.stream().map(lying -> new LyingView(lying.pool().value(), lying.node().value(), lying.volume(),
                lying.barcode() == null ? null : lying.barcode().value(), lying.place(), lying.there(), lying.files(), lying.bytes())).toList();
    }
}
