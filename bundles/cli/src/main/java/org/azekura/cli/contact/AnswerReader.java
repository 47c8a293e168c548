package org.azekura.cli.contact;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads answers of HTTP/1.1: the head at once, the body as it is asked for (RFC 9112, sections 4 to 7). */
final class AnswerReader extends InputStream {

    private static final int LINE_MAX = 8 << 10;
    private static final int LINES_MAX = 100;
    private static final long UNTIL_END = Long.MAX_VALUE;

    private final Wire stream;
    private int status;
    private String reason;
    private boolean chunked;
    private boolean ended;
    /** Bytes that are left of the body, or of the chunk. */
    private long left = UNTIL_END;

    AnswerReader(Wire stream) {
        this.stream = stream;
    }

    /** Whether the answer itself has come, and not only word on the way to it. */
    boolean isBegun() {
        return status >= 200;
    }

    /** @param toFile see {@link Answer#toFile} */
    Answer answer(boolean toFile) throws IOException {
        while (!isBegun()) {
            head();
        }
        return new Answer(status, reason, this, stream, toFile);
    }

    /** Waits for the next head. @return its status */
    int head() throws IOException {
        String[] first = stream.line(LINE_MAX).split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.") || first[1].length() != 3) {
            throw new IOException("it does not answer in HTTP/1.1");
        }
        status = (int) number(first[1], 10);
        reason = first.length == 3 ? first[2] : "";
        int lines = 0;
        for (String line = stream.line(LINE_MAX); !line.isEmpty(); line = stream.line(LINE_MAX)) {
            if (++lines > LINES_MAX) {
                throw new IOException("its answer has more than " + LINES_MAX + " header lines");
            }
            header(line.substring(0, Math.max(0, line.indexOf(':'))), line.substring(line.indexOf(':') + 1).strip());
        }
        if (chunked || status == 204 || status == 304) {
            left = 0;
        }
        return status;
    }

    private void header(String name, String value) throws IOException {
        if (name.equalsIgnoreCase("Content-Length")) {
            left = number(value, 10);
        } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
            if (!value.equalsIgnoreCase("chunked")) {
                throw new IOException("its answer is encoded as " + value);
            }
            chunked = true;
        }
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (ended || left == 0 && !nextChunk()) {
            return -1;
        }
        int count = stream.read(into, at, (int) Math.min(length, left));
        if (count < 0 && left != UNTIL_END) {
            throw new EOFException("its answer broke off");
        }
        if (count > 0 && left != UNTIL_END) {
            left -= count;
            if (left == 0 && chunked) {
                // a chunk ends like a line
                stream.line(1);
            }
        }
        return count;
    }

    private boolean nextChunk() throws IOException {
        if (chunked) {
            String line = stream.line(LINE_MAX);
            int extension = line.indexOf(';');
            left = number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
            if (left > 0) {
                return true;
            }
            for (int lines = 0; !stream.line(LINE_MAX).isEmpty() && lines < LINES_MAX; lines++) {
                // trailers say nothing to us
            }
        }
        ended = true;
        return false;
    }

    private static long number(String digits, int radix) throws IOException {
        // 15 digits are below 2^60 in either radix
        if (digits.isEmpty() || digits.length() > 15 || digits.chars().anyMatch(c -> Character.digit(c, radix) < 0)) {
            throw new IOException("its answer has \"" + digits + "\" where a number belongs");
        }
        return Long.parseLong(digits, radix);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
