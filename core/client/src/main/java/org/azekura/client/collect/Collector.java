package org.azekura.client.collect;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.client.blocks.BlockMaps;
import org.azekura.client.cache.CachedDirectory;
import org.azekura.client.cache.CachedEntry;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Accounts;
import org.azekura.client.posix.Attributes;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.Errno;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.PosixException;
import org.azekura.client.stream.IncomingStream;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.tree.Entry;

/** A real backup: reads what changed, hands all entries to the trees. One thread. */
final class Collector implements Harvest {

    private static final int STREAM_MODE = 0600;

    private final TreeBuilder trees;
    private final Segments segments;
    private final ContentReader reader;
    private final BlockMaps maps;
    private final ChunkNamer namer;
    private final Problems problems;
    private final Tally tally;
    private final LinkGroups links = new LinkGroups();
    private final Accounts accounts = new Accounts();
    private long directories;

    Collector(TreeBuilder trees, Segments segments, ContentReader reader, BlockMaps maps, ChunkNamer namer, Problems problems, Tally tally) {
        this.trees = trees;
        this.segments = segments;
        this.reader = reader;
        this.maps = maps;
        this.namer = namer;
        this.problems = problems;
        this.tally = tally;
    }

    long directories() {
        return directories;
    }

    @Override
    public void enter(PathBuffer path, byte[] name, FileStat stat, Attributes attributes, boolean saved, CachedEntry before, CachedDirectory parent)
            throws IOException, BackupException {
        directories++;
        segments.step();
        if (saved) {
            checkTimes(path, name, stat);
        }
        if (before != null && before.unchanged(stat)) {
            trees.enter(null, stat, before, parent);
        } else {
            Entry entry = draft(path.path(name), name, stat, FileAttributes.of(attributes), 0, null, 0, false);
            trees.enter(saved ? entry : entry.undated(), stat, null, parent);
        }
    }

    @Override
    public void leave() throws IOException, BackupException {
        trees.leave();
    }

    @Override
    public void entry(Directory directory, PathBuffer path, byte[] name, FileStat stat, CachedEntry before, ReadFile ahead)
            throws IOException, BackupException {
        segments.step();
        checkTimes(path, name, stat);
        try {
            if (stat.type() == FileType.FILE) {
                file(directory, path, name, stat, before, ahead);
            } else {
                other(directory, path, name, stat, before != null && before.unchanged(stat) ? before : null);
            }
            tally.file();
        } catch (PosixException e) {
            if (e.errno() != Errno.ENOENT) {
                problems.add(path.path(name), "cannot be read: " + e.reason());
            }
        }
    }

    /** A FIFO, socket, device or symbolic link. @param same what the parent snapshot says of it if it is the same, else null */
    private void other(Directory directory, PathBuffer path, byte[] name, FileStat stat, CachedEntry same) throws IOException, BackupException {
        long group = stat.links() > 1 ? group(path.path(name), stat, same) : 0;
        if (same != null && same.linkGroup() == group) {
            trees.same(same);
        } else {
            byte[] target = stat.type() == FileType.SYMLINK ? directory.readLink(name) : null;
            Entry entry = draft(path.path(name), name, stat, FileAttributes.of(directory.attributes(name)), group, target, 0, false);
            trees.add(entry, stat, new PendingContent.Known(new Entry.Content.None()));
        }
    }

    /** Names of one FIFO, device or symbolic link are kept together as those of a file are. */
    private long group(RawPath path, FileStat stat, CachedEntry same) {
        LinkGroups.Shared shared = links.find(stat);
        if (shared == null) {
            long group = same != null && same.linkGroup() != 0 ? same.linkGroup() : LinkGroups.name(namer, path, stat);
            shared = new LinkGroups.Shared(group, null, 0, false);
            links.put(stat, shared);
        }
        return shared.group();
    }

    private void file(Directory directory, PathBuffer path, byte[] name, FileStat stat, CachedEntry before, ReadFile ahead)
            throws IOException, BackupException {
        boolean same = before != null && before.unchanged(stat) && !before.isWasteful();
        boolean linked = stat.links() > 1;
        LinkGroups.Shared shared = linked ? links.find(stat) : null;
        if (same && (shared != null ? shared.group() == before.linkGroup() : linked == (before.linkGroup() != 0))) {
            if (linked && shared == null) {
                links.put(stat, new LinkGroups.Shared(before.linkGroup(), new PendingContent.Cached(before), stat.size(), false));
            }
            tally.bytes(stat.size());
            maps.keep(stat);
            trees.same(before);
        } else if (shared != null) {
            tally.bytes(shared.size());
            Entry entry = draft(path.path(name), name, stat, FileAttributes.of(directory.attributes(name)), shared.group(), null, shared.size(), shared.unstable());
            trees.add(entry, stat, shared.content());
        } else {
            changed(directory, path, name, stat, before == null || before.isWasteful() ? null : before, linked, ahead);
        }
    }

    private void changed(Directory directory, PathBuffer path, byte[] name, FileStat stat, CachedEntry known, boolean linked, ReadFile ahead)
            throws IOException, BackupException {
        RawPath full = path.path(name);
        ContentReader.Reading reading = reader.read(directory, name, stat, known, ahead);
        if (reading == null) {
            problems.add(full, "became something else than a file while it was read");
            return;
        }
        if (reading.unstable()) {
            problems.add(full, "changed while it was read, twice; what was read is kept");
        }
        long group = linked ? LinkGroups.name(namer, full, reading.stat()) : 0;
        Entry entry = draft(full, name, reading.stat(), reading.attributes(), group, null, reading.size(), reading.unstable());
        if (linked) {
            links.put(reading.stat(), new LinkGroups.Shared(group, reading.content(), reading.size(), reading.unstable()));
        }
        trees.add(entry, reading.stat(), reading.content());
    }

    /** The one entry of a backup of a stream: a file of this process, as old as the backup. */
    void stream(IncomingStream stream, Instant started) throws IOException, BackupException {
        ContentReader.Reading reading = reader.read(stream);
        int owner = Accounts.self();
        int group = Accounts.ownGroup();
        FileStat stat = new FileStat(FileType.FILE, STREAM_MODE, owner, group, 1, 0, 0, reading.size(), 0, started.getEpochSecond(),
                started.getNano(), started.getEpochSecond(), started.getNano(), 0);
        Entry entry = new Entry(stream.name().bytes(), Entry.Type.FILE, STREAM_MODE, owner, group, accounts.user(owner), accounts.group(group),
                reading.size(), started, started, 0, null, 0, 0, List.of(), new Entry.Content.None(), false);
        trees.add(entry, stat, reading.content());
        tally.file();
    }

    private void checkTimes(PathBuffer path, byte[] name, FileStat stat) {
        if (!stat.timesCanBeTold()) {
            problems.add(path.path(name), "has a time that cannot be kept: " + stat.mtimeSecond() + " s, changed at " + stat.ctimeSecond()
                    + " s since 1970; saved as " + stat.mtime());
        }
    }

    /** An entry without its content. @param path for problems */
    private Entry draft(RawPath path, byte[] name, FileStat stat, FileAttributes attributes, long group, byte[] target, long size, boolean unstable) {
        boolean device = stat.type() == FileType.BLOCK || stat.type() == FileType.CHARACTER;
        return new Entry(name, Entry.Type.valueOf(stat.type().name()), stat.mode(), stat.uid(), stat.gid(), accounts.user(stat.uid()),
                accounts.group(stat.gid()), size, stat.mtime(), stat.ctime(), group, target, device ? stat.major() : 0,
                device ? stat.minor() : 0, xattrs(path, attributes), new Entry.Content.None(), unstable);
    }

    private List<Entry.Xattr> xattrs(RawPath path, FileAttributes attributes) {
        PosixException failure = attributes.failure();
        if (failure != null) {
            problems.add(path, failure.errno() == Errno.E2BIG
                    ? "extended attributes take more than " + Attributes.MAX_BYTES + " bytes; saved without them"
                    : "extended attributes cannot be read: " + failure.reason());
        }
        return attributes.found().isEmpty() ? List.of() : attributes.found().stream().map(a -> new Entry.Xattr(a.name(), a.value())).toList();
    }
}
