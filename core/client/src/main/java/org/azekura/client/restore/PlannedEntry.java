package org.azekura.client.restore;

import java.util.Arrays;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.message.RestoreBatch;
import org.azekura.client.job.Problems;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.EntryCodec;

/** Reads and checks the entries of a plan. */
final class PlannedEntry {

    private PlannedEntry() {}

    /** @return null if it cannot be what a saved tree has; then why is told */
    static Entry of(RestoreBatch.Item item, TargetPath path, Problems problems) {
        if (path == null) {
            problems.add(item.path(), "refused: the path is not absolute, or leads out of the target");
            return null;
        }
        try {
            Entry entry = EntryCodec.decode(item.entry());
            if (path.isTop() || Arrays.equals(entry.name(), path.name())) {
                return entry;
            }
            problems.add(item.path(), "refused: the plan's path and entry name two different things");
        } catch (BackupException e) {
            problems.add(item.path(), "cannot be restored: " + e.getMessage());
        }
        return null;
    }

    /** The extents of a part of a file. */
    static List<Extent> extents(Entry entry) {
        return switch (entry.content()) {
            case Entry.Content.None none -> List.of();
            case Entry.Content.Inline inline -> inline.extents();
            case Entry.Content.Paged paged -> throw new IllegalStateException("a restore plan has extents, not their pages");
            case Entry.Content.Directory directory -> throw new IllegalStateException("a directory has no extents");
        };
    }
}
