package org.azekura.engine.plan;

import java.util.Comparator;
import org.azekura.api.RawPath;

/** The order in which a walk meets absolute paths: a directory, what is in it, then what is behind it by its name's bytes. */
final class TreeOrder implements Comparator<RawPath> {

    @Override
    public int compare(RawPath one, RawPath other) {
        byte[] a = one.bytes();
        byte[] b = other.bytes();
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (a[i] != b[i]) {
                return Integer.compare(weight(a[i]), weight(b[i]));
            }
        }
        return Integer.compare(a.length, b.length);
    }

    /** The end of a name comes before anything that goes on; no name has a zero byte. */
    private static int weight(byte b) {
        return b == '/' ? 0 : Byte.toUnsignedInt(b);
    }
}
