package org.azekura.rest.download;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.azekura.api.RawPath;

/**
 * What somebody wants of a snapshot, and how it is called in an archive: from the folder on that has all of it.
 *
 * @param paths absolute, in order, none within another
 * @param above how many names of each path are left out
 */
record Selection(List<RawPath> paths, int above) {

    static Selection of(List<RawPath> wanted) {
        List<RawPath> paths = new ArrayList<>();
        for (RawPath path : wanted.stream().map(path -> joined(path.names())).sorted(Comparator.comparing(Selection::ordered)).toList()) {
            if (paths.isEmpty() || !isWithin(path, paths.getLast())) {
                paths.add(path);
            }
        }
        List<byte[]> first = paths.getFirst().names();
        int above = Math.max(0, first.size() - 1);
        for (RawPath path : paths) {
            above = Math.min(above, common(first, path.names()));
        }
        return new Selection(List.copyOf(paths), above);
    }

    /** By names: what is below a folder comes right behind it. */
    private static String ordered(RawPath path) {
        return new String(path.bytes(), StandardCharsets.ISO_8859_1).replace('/', '\0');
    }

    private static boolean isWithin(RawPath path, RawPath folder) {
        return common(folder.names(), path.names()) == folder.names().size();
    }

    private static RawPath joined(List<byte[]> names) {
        RawPath path = RawPath.of("/");
        for (byte[] name : names) {
            path = path.child(name);
        }
        return path;
    }

    private static int common(List<byte[]> one, List<byte[]> other) {
        int same = 0;
        while (same < Math.min(one.size(), other.size()) && Arrays.equals(one.get(same), other.get(same))) {
            same++;
        }
        return same;
    }

    /** From the folder on that has all of the selection; empty of that itself. */
    String name(RawPath path) {
        return String.join("/", path.names().stream().skip(above).map(Selection::text).toList());
    }

    /** The last name. */
    static String last(RawPath path) {
        return path.names().isEmpty() ? "" : text(path.names().getLast());
    }

    private static String text(byte[] name) {
        return text(new RawPath(name));
    }

    /** In percent form where it is not UTF-8, or would be taken for that of another. */
    static String text(RawPath path) {
        return isPlain(path) ? path.utf8() : path.toPercent();
    }

    /** No two names become one: a host could else have a link and a folder of one name, and what is in the folder be unpacked through the link. */
    private static boolean isPlain(RawPath name) {
        for (RawPath read = name; read.utf8() != null;) {
            try {
                RawPath meant = RawPath.fromPercent(read.utf8());
                if (meant.equals(read)) {
                    return true;
                }
                read = meant;
            } catch (IllegalArgumentException e) {
                return true;
            }
        }
        return false;
    }
}
