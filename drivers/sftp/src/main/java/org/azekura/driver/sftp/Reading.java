package org.azekura.driver.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.client.SftpClient.Attributes;

/** Fills a buffer from a file, with as many requests on their way as a line carries. */
final class Reading {

    private final Line line;
    private final byte[] handle;
    private final ByteBuffer into;
    private final Deque<Piece> pieces = new ArrayDeque<>();

    private record Piece(Line.Asked asked, long offset, int length) {}

    private Reading(Line line, byte[] handle, ByteBuffer into) {
        this.line = line;
        this.handle = handle;
        this.into = into;
    }

    /** @return bytes read; -1 if there is no such file, or it is something else */
    static int read(Line line, String path, long offset, ByteBuffer into) throws IOException {
        // One way for both: the handle does not say what it is of.
        Line.Asked looked = line.ask(Request.lstat(path));
        Line.Asked opened = line.ask(Request.open(path, Request.READING));
        Attributes there = null;
        byte[] handle = null;
        try {
            there = line.attributesIfThere(looked);
        } finally {
            handle = there != null && there.isRegularFile() ? line.handleIfThere(opened) : closed(line, opened);
        }
        if (handle == null) {
            return -1;
        }
        try {
            return new Reading(line, handle, into).read(offset, Math.max(0, there.getSize() - offset));
        } finally {
            line.tell(Request.close(handle));
        }
    }

    /** What was opened of no use. */
    private static byte[] closed(Line line, Line.Asked opened) {
        try {
            line.tell(Request.close(line.handle(opened)));
        } catch (IOException e) {
            // then it was not opened
        }
        return null;
    }

    private int read(long offset, long there) throws IOException {
        long end = offset + Math.min(into.remaining(), there);
        int begin = into.position();
        long next = offset;
        boolean ended = false;
        try {
            while (!ended && (next < end || !pieces.isEmpty())) {
                for (; pieces.size() < Line.IN_FLIGHT && next < end; next += Line.PIECE) {
                    pieces.addLast(ask(next, (int) Math.min(Line.PIECE, end - next)));
                }
                ended = !take(pieces.removeFirst());
            }
        } finally {
            pieces.forEach(piece -> line.drop(piece.asked()));
        }
        return into.position() - begin;
    }

    private Piece ask(long offset, int length) throws IOException {
        return new Piece(line.ask(Request.read(handle, offset, length)), offset, length);
    }

    /** A server may send less than it was asked for: then the rest comes first. False at the file's end. */
    private boolean take(Piece piece) throws IOException {
        Buffer bytes = line.bytes(piece.asked(), piece.length());
        int got = bytes == null ? 0 : bytes.available();
        if (got == 0) {
            return false;
        }
        into.put(bytes.array(), bytes.rpos(), got);
        if (got < piece.length()) {
            pieces.addFirst(ask(piece.offset() + got, piece.length() - got));
        }
        return true;
    }
}
