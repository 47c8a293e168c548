package org.azekura.client.collect;

import java.security.MessageDigest;
import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.client.posix.OpenFile;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.chunk.SegmentCut;
import org.azekura.engine.format.Sha256;

/** Puts small files together to chunks, in walk order, over the borders of directories. */
final class Segments {

    /** A segment is ended when so many steps have been walked since its first file: trees behind it wait for its id. */
    private static final int MAX_STEPS = 16_384;

    private final Pipeline pipeline;
    private final SegmentCut cut;
    private final int capacity;
    private final long maxPassed;
    private final MessageDigest sha256 = Sha256.begin();
    private SegmentName name;
    private byte[] buffer;
    private int used;
    private int steps;
    private long passedBefore;

    /**
     * @param file      the longest that is put into a segment
     * @param maxPassed a segment is also ended when so many bytes have passed it: checkpoints are not kept back by a few small files
     */
    Segments(Pipeline pipeline, int file, byte[] idKey, long maxPassed) {
        this.capacity = SegmentCut.MAX + file;
        this.maxPassed = maxPassed;
        this.pipeline = pipeline;
        this.cut = new SegmentCut(idKey);
        begin();
    }

    private void begin() {
        name = new SegmentName();
        buffer = null;
        used = 0;
        steps = 0;
    }

    /** Reads a file behind what is there; nothing is kept of it until {@link #keep}. @return bytes read */
    int read(OpenFile file, int length) throws PosixException {
        begun();
        return file.read(0, buffer, used, length);
    }

    /** The same with bytes that are in memory already. */
    void read(byte[] bytes, int length) {
        begun();
        System.arraycopy(bytes, 0, buffer, used, length);
    }

    private void begun() {
        if (buffer == null) {
            buffer = pipeline.buffer(capacity);
        }
    }

    /** Whether what was read last has this SHA-256. */
    boolean readAgain(int length, byte[] hash) {
        sha256.update(buffer, used, length);
        return Arrays.equals(sha256.digest(), hash);
    }

    /** Takes what was read last. */
    PendingContent keep(int length) throws BackupException {
        if (used == 0) {
            passedBefore = pipeline.bytes();
        }
        SliceContent content = new SliceContent(name, used, length);
        boolean ends = cut.endsAfter(buffer, used, length);
        used += length;
        if (ends) {
            submit();
        }
        return content;
    }

    /** One more entry was walked, of whatever kind. */
    void step() throws BackupException {
        if (used > 0 && (++steps >= MAX_STEPS || pipeline.bytes() - passedBefore >= maxPassed)) {
            end();
        }
    }

    /** Ends the segment that is under way. */
    void end() throws BackupException {
        if (used > 0) {
            cut.reset();
            submit();
        }
    }

    private void submit() throws BackupException {
        pipeline.segment(name, buffer, used);
        begin();
    }
}
