package org.azekura.client.collect;

import org.azekura.client.cache.CachedDirectory;
import org.azekura.client.cache.CachedEntry;

/** A directory that a walk is in: what is left of its names, and where it stands beside the parent snapshot. */
final class Level {

    final SortedNames names;
    /** Leads to roots below; null if there are none. */
    final RootTree roots;
    /** Whether this is in a root: all of it is saved. */
    final boolean within;
    /** The file system of the root this is in. */
    final long device;
    final CachedDirectory.Cursor parent;
    /** Back to the path above. */
    final int cut;
    /** Names that are looked at ahead of the walk; null if none are. */
    Lookahead.Window window;

    /** @param parent the same directory in the parent snapshot, null if it is not there */
    Level(SortedNames names, RootTree roots, boolean within, long device, CachedDirectory parent, int cut) {
        this.names = names;
        this.roots = roots;
        this.within = within;
        this.device = device;
        this.parent = parent == null ? null : parent.cursor();
        this.cut = cut;
    }

    /** What the parent snapshot says of an entry, null if nothing. Asked once for each name, in their order. */
    CachedEntry before(byte[] name) {
        return parent == null ? null : parent.find(name);
    }
}
