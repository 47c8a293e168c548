package org.azekura.transport.tls;

import java.nio.ByteBuffer;

/** The remaining bytes of a buffer. */
final class Bytes {

    private Bytes() {}

    static byte[] of(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
