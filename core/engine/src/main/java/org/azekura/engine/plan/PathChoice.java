package org.azekura.engine.plan;

import java.util.Arrays;
import java.util.List;
import org.azekura.api.RawPath;

/** Which paths of a snapshot are wanted: those named and what is below them; without names everything. */
public final class PathChoice {

    private final List<RawPath> wanted;

    /** @param wanted absolute paths */
    public PathChoice(List<RawPath> wanted) {
        this.wanted = wanted;
    }

    /** Whether the path is wanted itself: it was named, or is below one that was. */
    public boolean takes(RawPath path) {
        return wanted.isEmpty() || wanted.stream().anyMatch(name -> isSameOrBelow(path.bytes(), name.bytes()));
    }

    /** Whether something wanted is below the path. */
    public boolean leadsTo(RawPath path) {
        return wanted.stream().anyMatch(name -> isSameOrBelow(name.bytes(), path.bytes()));
    }

    private static boolean isSameOrBelow(byte[] path, byte[] ancestor) {
        int length = ancestor.length > 1 && ancestor[ancestor.length - 1] == '/' ? ancestor.length - 1 : ancestor.length;
        if (length == 1) {
            return true; // the root
        }
        return path.length >= length && Arrays.equals(path, 0, length, ancestor, 0, length)
                && (path.length == length || path[length] == '/');
    }
}
