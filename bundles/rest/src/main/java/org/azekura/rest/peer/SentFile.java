package org.azekura.rest.peer;

import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;

/** A file that a caller sends, of at most so many bytes: with one more it fails. Nothing of it is read, nor is the caller told to send it, before somebody wants it. */
final class SentFile {

    private final HttpServletRequest request;
    private final long most;
    private volatile boolean whole;
    private volatile boolean tooLarge;

    SentFile(HttpServletRequest request, long most) {
        this.request = request;
        this.most = most;
    }

    /** Can be sent once. */
    BodyPublisher publisher() {
        long length = request.getContentLengthLong();
        BodyPublisher bytes = BodyPublishers.ofInputStream(this::open);
        return length > 0 ? BodyPublishers.fromPublisher(bytes, length) : bytes;
    }

    /** Whether it was read to its end. */
    boolean isWhole() {
        return whole;
    }

    boolean isTooLarge() {
        return tooLarge;
    }

    private InputStream open() {
        try {
            return new Counted(request.getInputStream());
        } catch (IOException e) {
            return InputStream.nullInputStream(); // he has gone: it is shorter than announced
        }
    }

    private final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? -1 : 1);
            return one;
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            int read = super.read(to, at, length);
            count(read);
            return read;
        }

        private void count(int more) throws IOException {
            whole = whole || more < 0;
            count += Math.max(0, more);
            if (count > most) {
                tooLarge = true;
                throw new IOException("there are more than " + most + " bytes");
            }
        }
    }
}
