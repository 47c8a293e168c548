package org.azekura.client.restore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.RawPath;
import org.azekura.client.job.Problems;
import org.azekura.engine.plan.RestorePlan;

/** A saved path, which lands below the target: names from the target on. */
public record TargetPath(RawPath saved, List<byte[]> names) {

    private static final byte[] SELF = {'.'};
    private static final byte[] PARENT = {'.', '.'};

    /**
     * @return null if the path is not absolute, or has a name that could lead elsewhere: a saved path never has
     */
    public static TargetPath of(RawPath saved) {
        byte[] bytes = saved.bytes();
        if (bytes.length == 0 || bytes[0] != '/') {
            return null;
        }
        List<byte[]> names = new ArrayList<>();
        for (int from = 1; from < bytes.length;) {
            int to = from;
            while (to < bytes.length && bytes[to] != '/') {
                if (bytes[to++] == 0) {
                    return null;
                }
            }
            byte[] name = Arrays.copyOfRange(bytes, from, to);
            if (name.length == 0 || Arrays.equals(name, SELF) || Arrays.equals(name, PARENT)) {
                return null;
            }
            names.add(name);
            from = to + 1;
        }
        return new TargetPath(saved, names);
    }

    /** @return null if a plan's path is no saved one; then that is told */
    static TargetPath of(RestorePlan.Part part, Problems problems) {
        TargetPath path = of(part.path());
        if (path == null) {
            problems.add(part.path(), "refused: the path is not absolute, or leads out of the target");
        }
        return path;
    }

    public byte[] name() {
        return names.getLast();
    }

    int depth() {
        return names.size();
    }
}
