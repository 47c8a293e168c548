package org.azekura.driver.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes of a request, no faster than they may go. */
final class PacedBytes extends InputStream {

    /** So that a slow line is never silent for long. */
    private static final int AT_ONCE = 16 << 10;

    private final Pace pace;
    private final ByteArrayInputStream bytes;

    PacedBytes(Pace pace, byte[] bytes, int length) {
        this.pace = pace;
        this.bytes = new ByteArrayInputStream(bytes, 0, length);
    }

    @Override
    public int read() throws IOException {
        pace.take(1);
        return bytes.read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int got = bytes.read(into, from, Math.min(length, AT_ONCE));
        pace.take(got);
        return got;
    }
}
