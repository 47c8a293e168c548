package org.azekura.packages;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** Bytes that can be read at any place: a file, a part of one, or an array. */
interface Region {

    long size();

    /** Fills the buffer; never beyond the end. */
    void read(long at, ByteBuffer into) throws IOException;

    static Region of(FileChannel channel) throws IOException {
        long size = channel.size();
        return new Region() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public void read(long at, ByteBuffer into) throws IOException {
                for (long next = at; into.hasRemaining();) {
                    int got = channel.read(into, next);
                    if (got < 0) {
                        throw new EOFException("the file became shorter while it was read");
                    }
                    next += got;
                }
            }
        };
    }

    static Region of(byte[] bytes) {
        return new Region() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void read(long at, ByteBuffer into) {
                into.put(bytes, (int) at, into.remaining());
            }
        };
    }

    default Region part(long from, long length) {
        Objects.checkFromIndexSize(from, length, size());
        Region whole = this;
        return new Region() {
            @Override
            public long size() {
                return length;
            }

            @Override
            public void read(long at, ByteBuffer into) throws IOException {
                Objects.checkFromIndexSize(at, into.remaining(), length);
                whole.read(from + at, into);
            }
        };
    }

    default byte[] bytes(long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        read(from, ByteBuffer.wrap(bytes));
        return bytes;
    }

    default byte[] bytes() throws IOException {
        return bytes(0, Math.toIntExact(size()));
    }

    default InputStream stream() {
        return new InputStream() {
            private long at;

            @Override
            public int read() throws IOException {
                return at < size() ? Region.this.bytes(at++, 1)[0] & 0xff : -1;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int some = (int) Math.min(length, size() - at);
                if (some <= 0) {
                    return length == 0 ? 0 : -1;
                }
                Region.this.read(at, ByteBuffer.wrap(into, from, some));
                at += some;
                return some;
            }
        };
    }
}
