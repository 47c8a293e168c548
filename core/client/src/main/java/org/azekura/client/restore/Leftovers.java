package org.azekura.client.restore;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.RawPath;
import org.azekura.client.job.Problems;
import org.azekura.client.posix.Accounts;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;

/**
 * Takes away what restores that were cut off left under temporary names, in each directory in which this one makes something and that it
 * has not made itself. Where entries come in tree order, remembering the way down is enough to look into no directory twice; else each is remembered.
 * One thread.
 */
final class Leftovers {

    private final TemporaryNames names;
    private final Problems problems;
    private List<byte[]> way = List.of();
    /** Which directories on the way have been looked through, by depth. */
    private final BitSet clean = new BitSet();
    /** Which of them this restore has made. */
    private final BitSet fresh = new BitSet();
    /** Directories that have been looked through, and whether this restore has made them; null where entries come in tree order. */
    private final Map<RawPath, Boolean> looked;
    /** The directory that was made last. */
    private List<byte[]> made = List.of();

    Leftovers(TemporaryNames names, Problems problems, boolean asItLies) {
        this.looked = asItLies ? new HashMap<>() : null;
        this.names = names;
        this.problems = problems;
    }

    /** A directory was not there and was made. */
    void made(TargetPath path) {
        made = path.names();
        if (looked != null) {
            looked.put(path.saved(), true);
        }
    }

    /**
     * Removes what was left beside this path.
     *
     * @param directory the one that contains it
     * @return whether that was made by this restore and so has nothing that needs a look: what others put there meanwhile is found when
     *         the entry gets its place
     */
    boolean nothingElse(Directory directory, TargetPath path) {
        if (looked != null) {
            return looked.computeIfAbsent(parent(path), unseen -> {
                lookThrough(directory, path);
                return false;
            });
        }
        List<byte[]> to = path.names().subList(0, path.depth() - 1);
        int common = 0;
        while (common < to.size() && common < way.size() && Arrays.equals(to.get(common), way.get(common))) {
            common++;
        }
        way = to;
        forget(clean, common);
        forget(fresh, common);
        if (clean.get(to.size())) {
            return fresh.get(to.size());
        }
        clean.set(to.size());
        if (!made.isEmpty() && same(made, to)) {
            fresh.set(to.size());
            return true;
        }
        lookThrough(directory, path);
        return false;
    }

    private static void forget(BitSet depths, int below) {
        depths.clear(below + 1, Math.max(below + 1, depths.length()));
    }

    private static boolean same(List<byte[]> one, List<byte[]> other) {
        return one.size() == other.size() && Arrays.deepEquals(one.toArray(), other.toArray());
    }

    private void lookThrough(Directory directory, TargetPath path) {
        try {
            directory.names(name -> removeLeftover(directory, name));
        } catch (IOException e) {
            problems.add(parent(path), "may contain what is left of a restore that was cut off; that cannot be removed: " + e.getMessage());
        }
    }

    private void removeLeftover(Directory directory, byte[] name) throws IOException {
        if (names.isLeftover(name)) {
            FileStat there = directory.find(name);
            if (there != null && there.type() != FileType.DIRECTORY && there.uid() == Accounts.self()) {
                directory.remove(name);
            }
        }
    }

    private static RawPath parent(TargetPath path) {
        RawPath at = RawPath.of("/");
        for (byte[] name : path.names().subList(0, path.depth() - 1)) {
            at = at.child(name);
        }
        return at;
    }
}
