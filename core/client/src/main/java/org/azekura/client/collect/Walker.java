package org.azekura.client.collect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.client.cache.CachedDirectory;
import org.azekura.client.cache.CachedEntry;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.DirectoryPath;
import org.azekura.client.posix.Errno;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.NameVisitor;
import org.azekura.client.posix.PosixException;

/**
 * Walks from {@code /} to the roots and through all below them, beside the parent snapshot. On the way to a root symbolic links are
 * followed, from there on none is. One thread; depth costs heap, not stack.
 */
final class Walker {

    /** What a walk may meet. @param never directories of the appliance itself */
    record Scope(RootTree roots, RuleSet rules, boolean oneFileSystem, Inodes never) {}

    /** What is saved. {@code roots}: leads to roots below, null if there are none; {@code before}: in the parent snapshot, null if not; {@code ahead}: what was read of it, null if nothing */
    private record Found(byte[] name, FileStat stat, RootTree roots, boolean root, CachedEntry before, ReadFile ahead) {}

    private final Breaker breaker;
    private final Scope scope;
    private final Path spill;
    private final Harvest harvest;
    private final Problems problems;
    private final Problems skipped;
    private final Tally tally;
    private final Lookahead lookahead;
    private final Meter meter;
    private final DirectoryPath.Opening opening;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final PathBuffer path = new PathBuffer();
    private DirectoryPath directories;
    private int rootsFound;

    /**
     * @param spill   folder for the names of huge directories
     * @param skipped what is left out on purpose, as far as the manifest shall name it
     * @param tally   is told of steps only: those of a walk that finds nothing to save are signs of life, too
     */
    Walker(Breaker breaker, Scope scope, Path spill, Harvest harvest, Problems problems, Problems skipped, Tally tally, Lookahead lookahead, Meter meter) {
        this(breaker, scope, spill, harvest, problems, skipped, tally, lookahead, meter, Directory::open);
    }

    /** @param opening into directories of a root */
    Walker(Breaker breaker, Scope scope, Path spill, Harvest harvest, Problems problems, Problems skipped, Tally tally, Lookahead lookahead,
            Meter meter, DirectoryPath.Opening opening) {
        this.lookahead = lookahead;
        this.meter = meter;
        this.tally = tally;
        this.opening = opening;
        this.spill = spill;
        this.breaker = breaker;
        this.scope = scope;
        this.harvest = harvest;
        this.problems = problems;
        this.skipped = skipped;
    }

    /**
     * @param parent the root directory of the parent snapshot, null if there is none
     * @return how many of the roots are there
     */
    int walk(CachedDirectory parent) throws IOException, BackupException {
        try (DirectoryPath way = new DirectoryPath(Directory.root())) {
            directories = way;
            long device = way.current().stat().device();
            if (scope.roots.isRoot()) {
                rootsFound++;
            }
            levels.push(new Level(names(scope.roots, scope.roots.isRoot()), scope.roots, scope.roots.isRoot(), device, parent, 0));
            while (!levels.isEmpty()) {
                step();
            }
        } finally {
            for (Level level : levels) {
                level.names.close();
            }
        }
        return rootsFound;
    }

    private void step() throws IOException, BackupException {
        breaker.check();
        tally.step();
        Level level = levels.peek();
        Upcoming ahead = lookahead.next(level, path, directories.current());
        byte[] name = ahead != null ? ahead.name : level.names.next();
        if (name != null) {
            visit(level, name, ahead);
            lookahead.done(ahead);
            return;
        }
        levels.pop().names.close();
        if (!levels.isEmpty()) {
            up(level);
            harvest.leave();
        }
    }

    private void up(Level level) throws BackupException {
        path.cut(level.cut);
        try {
            directories.up();
        } catch (PosixException e) {
            // The directories above were moved away: what is left of them cannot be read, their own levels go on to the end.
            problems.add(path.path(), "went away while it was read: " + e.reason());
        }
    }

    private SortedNames names(RootTree roots, boolean within) throws IOException {
        if (!within) {
            return SortedNames.of(roots.names());
        }
        try {
            if (roots != null) {
                for (byte[] name : roots.names()) {
                    if (directories.current().find(name) == null) {
                        missing(roots.child(name), path.path(name), "does not exist");
                    }
                }
            }
            return SortedNames.of(this::list, spill);
        } catch (PosixException e) {
            // A directory that was removed after it was opened has nothing in it.
            if (e.errno() != Errno.ENOENT) {
                problems.add(path.path(), "cannot be listed: " + e.reason());
            }
            return SortedNames.of(List.of());
        }
    }

    /** One name after the other is a step: a directory can have millions. */
    private void list(NameVisitor visitor) throws IOException {
        directories.current().names(name -> {
            tally.step();
            visitor.name(name);
        });
    }

    private void missing(RootTree below, RawPath at, String reason) {
        below.roots(at).forEach(root -> problems.add(root, reason));
    }

    private void visit(Level level, byte[] name, Upcoming ahead) throws IOException, BackupException {
        RootTree roots = level.roots == null ? null : level.roots.child(name);
        boolean root = roots != null && roots.isRoot();
        Directory directory = directories.current();
        if (directory == null) {
            return;
        }
        FileStat stat = ahead != null && ahead.stat != null ? ahead.stat : stat(directory, name, roots);
        CachedEntry before = ahead != null ? ahead.before : level.before(name);
        if (stat == null) {
            return;
        }
        if (!level.within && !root) {
            approach(name, roots, before);
        } else if (root || allowed(directory, name, stat)) {
            boolean there = save(level, directory, new Found(name, stat, roots, root, before, ahead == null ? null : ahead.content));
            rootsFound += root && there ? 1 : 0;
        }
    }

    /** Null if it is not there or cannot be read; what is worth telling of that has been told. */
    private FileStat stat(Directory directory, byte[] name, RootTree roots) {
        try {
            long begin = meter.now();
            FileStat stat = directory.stat(name);
            meter.took(begin, 0);
            return stat;
        } catch (PosixException e) {
            if (roots != null) {
                missing(roots, path.path(name), e.errno() == Errno.ENOENT ? "does not exist" : "cannot be read: " + e.reason());
            } else if (e.errno() != Errno.ENOENT) {
                problems.add(path.path(name), "cannot be read: " + e.reason());
            }
            return null;
        }
    }

    private boolean allowed(Directory directory, byte[] name, FileStat stat) {
        return scope.rules.isEmpty() || scope.rules.saves(path.path(name), name, stat, marker -> contains(directory, name, marker));
    }

    private static boolean contains(Directory directory, byte[] name, byte[] marker) {
        try (Directory inside = directory.open(name)) {
            return inside.find(marker) != null;
        } catch (PosixException e) {
            // It cannot be entered, so nothing in it decides; that it cannot be read is told when it is entered.
            return false;
        }
    }

    /** A directory on the way to a root. */
    private void approach(byte[] name, RootTree roots, CachedEntry before) throws IOException, BackupException {
        try {
            directories.down(name, Directory::openFollowing);
        } catch (PosixException e) {
            missing(roots, path.path(name), "cannot be reached: " + path.path(name) + ": " + e.reason());
            return;
        }
        FileStat stat = directories.current().stat();
        if (own(name, stat)) {
            missing(roots, path.path(name), "belongs to the appliance itself");
            directories.up();
            return;
        }
        begin(name, stat, roots, false, stat.device(), before);
    }

    /** @return false if it has gone meanwhile */
    private boolean save(Level level, Directory directory, Found found) throws IOException, BackupException {
        if (found.stat.type() != FileType.DIRECTORY) {
            saveOther(directory, found);
        } else if (own(found.name, found.stat)) {
            if (found.root) {
                problems.add(path.path(found.name), "belongs to the appliance itself");
            }
        } else if (scope.oneFileSystem && !found.root && found.stat.device() != level.device) {
            saveEmpty(found);
        } else {
            try {
                directories.down(found.name, opening);
            } catch (PosixException e) {
                return saveShut(directory, found, e);
            }
            enter(level, found);
        }
        return true;
    }

    private void saveOther(Directory directory, Found found) throws IOException, BackupException {
        if (found.root && found.stat.type() == FileType.SYMLINK) {
            problems.add(path.path(found.name), "is a symbolic link" + target(directory, found.name) + "; name what it leads to as root");
        }
        harvest.entry(directory, path, found.name, found.stat, found.before, found.ahead);
    }

    private static String target(Directory directory, byte[] name) {
        try {
            return " to " + new RawPath(directory.readLink(name));
        } catch (PosixException e) {
            return "";
        }
    }

    private void saveEmpty(Found found) throws IOException, BackupException {
        CachedDirectory parent = found.before == null ? null : found.before.directory();
        harvest.enter(path, found.name, found.stat, directories.current().attributes(found.name), true, found.before, parent);
        harvest.leave();
    }

    /** A directory that could not be opened: since it was looked up it may have gone or become something else. */
    private boolean saveShut(Directory directory, Found found, PosixException why) throws IOException, BackupException {
        FileStat now = stat(directory, found.name, found.roots);
        if (now == null) {
            return false;
        }
        Found again = new Found(found.name, now, found.roots, found.root, found.before, null);
        if (now.type() == FileType.DIRECTORY) {
            problems.add(path.path(found.name), "cannot be entered: " + why.reason());
            saveEmpty(again);
        } else {
            saveOther(directory, again);
        }
        return true;
    }

    /** The walk is in the directory already. */
    private void enter(Level level, Found found) throws IOException, BackupException {
        if (!found.root && found.stat.device() != level.device && isKernels(found.name)) {
            directories.up();
            saveEmpty(found);
        } else {
            begin(found.name, found.stat, found.roots, true, found.root ? found.stat.device() : level.device, found.before);
        }
    }

    /** Whether the walk has come to a file system of the kernel. */
    private boolean isKernels(byte[] name) throws PosixException {
        String kernels = directories.current().kernelFileSystem();
        if (kernels != null) {
            skipped.add(path.path(name), "is a file system of the kernel (" + kernels + "), saved empty");
        }
        return kernels != null;
    }

    private boolean own(byte[] name, FileStat stat) {
        boolean own = scope.never.contains(stat);
        if (own) {
            skipped.add(path.path(name), "belongs to the appliance itself");
        }
        return own;
    }

    /** The walk is in the directory already. */
    private void begin(byte[] name, FileStat stat, RootTree roots, boolean within, long device, CachedEntry before)
            throws IOException, BackupException {
        CachedDirectory parent = before == null ? null : before.directory();
        harvest.enter(path, name, stat, directories.current().attributes(), within, before, parent);
        int cut = path.add(name);
        levels.push(new Level(names(roots, within), roots, within, device, parent, cut));
    }
}
