package org.azekura.client.restore;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.RawPath;
import org.azekura.api.message.RestorePoint;
import org.azekura.client.job.Problems;

/** Attributes that the target does not take, told once for each kind. */
public final class KindWarnings {

    private static final class Kind {
        final String reason;
        final RawPath first;
        long count;

        Kind(String reason, RawPath first) {
            this.reason = reason;
            this.first = first;
        }
    }

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Restorer.Unset each;

    KindWarnings() {
        this((path, kind, reason) -> { });
    }

    /** @param each is told of each entry */
    KindWarnings(Restorer.Unset each) {
        this.each = each;
    }

    void add(String kind, RawPath path, String reason) {
        each.unset(path, kind, reason);
        kinds.computeIfAbsent(kind, k -> new Kind(reason, path)).count++;
    }

    /** Counts what an earlier attempt found. */
    void earlier(List<RestorePoint.Unset> unset) {
        for (RestorePoint.Unset kind : unset) {
            kinds.computeIfAbsent(kind.kind(), k -> new Kind(kind.reason(), kind.first())).count += kind.count();
        }
    }

    List<RestorePoint.Unset> unset() {
        return kinds.entrySet().stream().map(kind -> new RestorePoint.Unset(kind.getKey(), kind.getValue().reason, kind.getValue().first,
                kind.getValue().count)).toList();
    }

    /** The kind of an extended attribute, for people. */
    public static String kind(byte[] xattr) {
        String name = new String(xattr, StandardCharsets.ISO_8859_1);
        if (name.startsWith("system.posix_acl_")) {
            return "access control lists (" + name + ")";
        }
        if (name.startsWith("security.")) {
            return name.equals("security.capability") ? "capabilities (security.capability)" : "xattr " + name;
        }
        return "xattr " + name.substring(0, name.indexOf('.') + 1) + "*";
    }

    void tell(RawPath target, Problems problems) {
        kinds.forEach((kind, k) -> problems.add(target, kind + " could not be set on " + k.count
                + (k.count == 1 ? " entry" : " entries") + ", first on " + k.first + ": " + k.reason));
    }
}
