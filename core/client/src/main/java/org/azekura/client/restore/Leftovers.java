package org.azekura.client.restore;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.azekura.api.RawPath;
import org.azekura.client.job.Problems;
import org.azekura.client.posix.Accounts;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;

/**
 * Takes away what restores that were cut off left under temporary names, in each directory in which this one makes something.
 * Entries come in tree order, so remembering the way down is enough to look into no directory twice. One thread.
 */
final class Leftovers {

    private final Problems problems;
    private List<byte[]> way = List.of();
    /** Which directories on the way have been looked through, by depth. */
    private final BitSet clean = new BitSet();

    Leftovers(Problems problems) {
        this.problems = problems;
    }

    /** @param directory the one that contains {@code path} */
    void remove(Directory directory, TargetPath path) {
        List<byte[]> to = path.names().subList(0, path.depth() - 1);
        int common = 0;
        while (common < to.size() && common < way.size() && Arrays.equals(to.get(common), way.get(common))) {
            common++;
        }
        way = to;
        clean.clear(common + 1, Math.max(common + 1, clean.length()));
        if (clean.get(to.size())) {
            return;
        }
        clean.set(to.size());
        try {
            directory.names(name -> removeLeftover(directory, name));
        } catch (IOException e) {
            problems.add(parent(path), "may contain what is left of a restore that was cut off; that cannot be removed: " + e.getMessage());
        }
    }

    private static void removeLeftover(Directory directory, byte[] name) throws IOException {
        if (TemporaryNames.isLeftover(name)) {
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
