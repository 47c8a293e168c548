package org.azekura.client.collect;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.RawPath;
import org.azekura.client.cache.CachedDirectory;
import org.azekura.client.cache.CachedEntry;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Attributes;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;

/** A dry run: only names what would be saved, as much as fits in a message. */
final class Listing implements Harvest {

    private static final int MAX_BYTES = 32 << 20;
    private static final int OVERHEAD = 16;

    private final List<RawPath> paths = new ArrayList<>();
    private final Tally tally;
    private long bytes;
    private long more;

    Listing(Tally tally) {
        this.tally = tally;
    }

    @Override
    public void enter(PathBuffer path, byte[] name, FileStat stat, Attributes attributes, boolean saved, CachedEntry before, CachedDirectory parent) {
        if (saved) {
            add(path.path(name));
        }
    }

    @Override
    public void leave() {
        // The walk knows where it is.
    }

    @Override
    public void entry(Directory directory, PathBuffer path, byte[] name, FileStat stat, CachedEntry before, ReadFile ahead) {
        add(path.path(name));
        tally.file();
        tally.bytes(stat.type() == FileType.FILE ? stat.size() : 0);
    }

    private void add(RawPath path) {
        bytes += path.bytes().length + OVERHEAD;
        if (bytes > MAX_BYTES) {
            more++;
        } else {
            paths.add(path);
        }
    }

    List<RawPath> paths() {
        return List.copyOf(paths);
    }

    /** How many paths did not fit. */
    long more() {
        return more;
    }
}
