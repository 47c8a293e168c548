package org.azekura.engine.plan;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.azekura.api.RawPath;

/** Which paths of a snapshot are wanted: those named and what is below them; without names everything. Asking costs little, however many are named. */
public final class PathChoice {

    /** None is below another, so what is wanted around a path is its neighbour. */
    private final TreeSet<RawPath> wanted = new TreeSet<>(new TreeOrder());
    private final boolean all;

    /** @param wanted absolute paths */
    public PathChoice(List<RawPath> wanted) {
        wanted.forEach(path -> this.wanted.add(plain(path)));
        RawPath last = null;
        for (var paths = this.wanted.iterator(); paths.hasNext();) {
            RawPath path = paths.next();
            if (last != null && isSameOrBelow(path, last)) {
                paths.remove();
            } else {
                last = path;
            }
        }
        all = wanted.isEmpty() || last.bytes().length == 0;
    }

    /** Whether the path is wanted itself: it was named, or is below one that was. */
    public boolean takes(RawPath path) {
        RawPath before = all ? null : wanted.floor(path);
        return all || before != null && isSameOrBelow(path, before);
    }

    /** Whether something wanted is below the path. */
    public boolean leadsTo(RawPath path) {
        RawPath way = plain(path);
        RawPath behind = wanted.ceiling(way);
        return behind != null && isSameOrBelow(behind, way);
    }

    /** Without a slash at its end: the root is empty. */
    private static RawPath plain(RawPath path) {
        byte[] bytes = path.bytes();
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == '/') {
            length--;
        }
        return length == bytes.length ? path : new RawPath(Arrays.copyOf(bytes, length));
    }

    private static boolean isSameOrBelow(RawPath one, RawPath above) {
        byte[] path = one.bytes();
        byte[] ancestor = above.bytes();
        return path.length >= ancestor.length && Arrays.equals(path, 0, ancestor.length, ancestor, 0, ancestor.length)
                && (path.length == ancestor.length || path[ancestor.length] == '/');
    }
}
