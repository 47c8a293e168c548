package org.azekura.client.collect;

import java.util.Arrays;
import org.azekura.api.RawPath;

/** The absolute path of where a walk is; one growing buffer, whatever the depth. */
final class PathBuffer {

    private byte[] bytes = new byte[4096];
    private int length;

    /** @return what {@link #cut} takes to get back here */
    int add(byte[] name) {
        int before = length;
        if (bytes.length < length + name.length + 1) {
            bytes = Arrays.copyOf(bytes, Math.max(length + name.length + 1, 2 * bytes.length));
        }
        bytes[length++] = '/';
        System.arraycopy(name, 0, bytes, length, name.length);
        length += name.length;
        return before;
    }

    void cut(int to) {
        length = to;
    }

    /** {@code /} at the top. */
    RawPath path() {
        return new RawPath(length == 0 ? new byte[] {'/'} : Arrays.copyOf(bytes, length));
    }

    RawPath path(byte[] name) {
        int before = add(name);
        RawPath path = path();
        cut(before);
        return path;
    }
}
