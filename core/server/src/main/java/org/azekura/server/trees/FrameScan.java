package org.azekura.server.trees;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.FrameHeader;

/** Finds the frames of one file, whatever has become of it. */
final class FrameScan {

    private static final int WINDOW_BYTES = 64 << 10;

    private final RandomAccessFile file;
    private final long size;
    private final List<Found> found = new ArrayList<>();
    private final List<Long> breaks = new ArrayList<>();
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowAt;
    private long damaged;

    private FrameScan(RandomAccessFile file) throws IOException {
        this.file = file;
        this.size = file.length();
    }

    /** A frame. */
    record Found(ChunkId id, long offset, int length) {}

    /**
     * What a file holds.
     *
     * @param end     where its last whole frame ends
     * @param damaged bytes before it that belong to no whole frame
     * @param breaks  where such bytes begin
     */
    record Result(List<Found> frames, long end, long damaged, List<Long> breaks) {

        /** Whether a file of so many bytes is whole frames and nothing else. */
        boolean isWhole(long size) {
            return damaged == 0 && end == size;
        }
    }

    /** Hops from header to header; reads everything if that leads nowhere. */
    static Result hop(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            FrameScan scan = new FrameScan(file);
            return scan.scan(false) ? scan.result() : thorough(file);
        }
    }

    /** Checks every frame, and looks behind damage for further ones. */
    static Result thorough(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            return thorough(file);
        }
    }

    private static Result thorough(RandomAccessFile file) throws IOException {
        FrameScan scan = new FrameScan(file);
        scan.scan(true);
        return scan.result();
    }

    private Result result() {
        long end = found.isEmpty() ? 0 : found.getLast().offset() + found.getLast().length();
        return new Result(List.copyOf(found), end, damaged, List.copyOf(breaks));
    }

    /** @return false if something is not a frame, and that was not to be checked */
    private boolean scan(boolean check) throws IOException {
        long at = 0;
        long wholeEnd = 0;
        while (at < size) {
            FrameHeader header = frame(at, check);
            if (header != null) {
                if (at > wholeEnd) {
                    damaged += at - wholeEnd;
                    breaks.add(wholeEnd);
                }
                found.add(new Found(header.id(), at, header.frameLength()));
                at += header.frameLength();
                wholeEnd = at;
            } else if (check) {
                at++;
            } else {
                return false;
            }
        }
        return true;
    }

    private FrameHeader frame(long at, boolean check) throws IOException {
        if (size - at < Frame.HEADER_BYTES || at(at, 1).get(0) != 'A') {
            return null;
        }
        try {
            FrameHeader header = Frame.header(at(at, Frame.HEADER_BYTES));
            if (header.frameLength() > size - at) {
                return null;
            }
            if (check) {
                Frame.parse(at(at, header.frameLength()));
            }
            return header;
        } catch (BackupException e) {
            return null;
        }
    }

    /** These bytes of the file, which has them; valid until the next call. */
    private ByteBuffer at(long offset, int length) throws IOException {
        if (offset < windowAt || offset + length > windowAt + window.limit()) {
            int bytes = (int) Math.min(size - offset, Math.max(length, WINDOW_BYTES));
            byte[] array = window.capacity() >= bytes ? window.array() : new byte[bytes];
            file.seek(offset);
            file.readFully(array, 0, bytes);
            window = ByteBuffer.wrap(array).limit(bytes);
            windowAt = offset;
        }
        return window.slice((int) (offset - windowAt), length);
    }
}
