package org.azekura.engine.volume;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.PoolProof;
import org.azekura.engine.seal.Sealer;

/**
 * Some lines of the audit log that follow each other, as they lie on a medium: who holds the pool's keys reads them and sees that nobody has forged them; everybody sees where in the log they
 * belong. Immutable.
 */
public final class AuditSegment {

    /** No segment has more lines, and none is closed behind so many bytes of them. */
    public static final int LINES = 2000;
    public static final int FULL = 1 << 20;
    /** Whatever is larger is none: a full one, and the longest line. */
    public static final int MAX_BYTES = 2 << 20;
    static final String CORRUPT = "audit.corrupt";
    private static final int MAGIC = 0x415a4155; // AZAU
    private static final int HASH = 32;
    private static final int MAX_KEY = 4096;
    private static final int MAX_TEXT = 8192;
    private static final byte[] PURPOSE = "azekura audit segment".getBytes(US_ASCII);

    private final byte[] encoded;
    private final ApplianceId appliance;
    private final long first;
    private final byte[] before;
    private final long last;
    private final byte[] hash;
    private final byte[] sealedKey;
    private final byte[] clear;
    private final byte[] sealed;

    private AuditSegment(byte[] encoded) throws BackupException {
        ByteInput in = new ByteInput(encoded, CORRUPT, "segment of the audit log");
        this.encoded = encoded;
        in.begin(MAGIC, FormatVersion.FIRST);
        appliance = ApplianceId.read(ByteBuffer.wrap(in.raw(16, "appliance")));
        first = in.uint(Long.MAX_VALUE, "first line");
        before = in.raw(HASH, "hash before");
        last = in.uint(Long.MAX_VALUE, "last line");
        hash = in.raw(HASH, "hash of the last line");
        sealedKey = in.block(MAX_KEY, "sealed key");
        clear = Arrays.copyOf(encoded, encoded.length - in.remaining());
        sealed = in.block(MAX_BYTES, "lines");
        in.raw(PoolProof.BYTES, "proof");
        in.end("segment");
        if (first < 1 || last < first || last - first >= LINES) {
            throw in.corrupt("lines " + first + " to " + last + ", expected 1 to " + LINES + " of them");
        }
    }

    /**
     * One line.
     *
     * @param number  1 for the first, without gaps
     * @param time    retention time
     * @param machine what the machine's clock said
     * @param hash    SHA-256 over the hash of the line before and this one
     */
    public record Line(long number, Instant time, Instant machine, String who, String from, String operation, String object, String outcome, byte[] hash) {}

    /**
     * Seals lines to the epoch of a pool's ring.
     *
     * @param before hash of the line before the first
     * @param lines  1 to {@value #LINES}, with numbers that rise by one
     * @param idKey  of the pool
     */
    public static AuditSegment of(ApplianceId appliance, byte[] before, List<Line> lines, KeyRing ring, byte[] idKey) {
        try (Sealer sealer = Sealer.open(ring.epoch(), ring.epochPublicKey())) {
            ByteOutput out = new ByteOutput(512);
            out.u32(MAGIC);
            out.u8(FormatVersion.FIRST);
            out.raw(appliance.bytes());
            out.uint(lines.getFirst().number());
            out.raw(before);
            out.uint(lines.getLast().number());
            out.raw(lines.getLast().hash());
            out.block(sealer.sealedKey());
            out.block(sealer.sealConfiguration(out.toBytes(), encoded(lines)));
            out.raw(PoolProof.of(idKey, PURPOSE, out.toBytes()));
            return new AuditSegment(out.toBytes());
        } catch (BackupException e) {
            throw new IllegalArgumentException("these lines make no segment: " + e.getMessage(), e);
        }
    }

    private static byte[] encoded(List<Line> lines) {
        ByteOutput out = new ByteOutput(lines.size() * 300);
        lines.forEach(line -> write(line, out));
        return out.toBytes();
    }

    /** How many bytes of a segment this line takes. */
    public static int size(Line line) {
        ByteOutput out = new ByteOutput(300);
        write(line, out);
        return out.size();
    }

    private static void write(Line line, ByteOutput out) {
        out.time(line.time());
        out.time(line.machine());
        for (String text : List.of(line.who(), line.from(), line.operation(), line.object(), line.outcome())) {
            out.text(text);
        }
        out.raw(line.hash());
    }

    /** @throws BackupException {@code audit.corrupt}, {@code format.version} */
    public static AuditSegment parse(byte[] encoded) throws BackupException {
        return new AuditSegment(encoded.clone());
    }

    public byte[] encoded() {
        return encoded.clone();
    }

    public ApplianceId appliance() {
        return appliance;
    }

    /** Number of the first line. */
    public long first() {
        return first;
    }

    /** Number of the last line. */
    public long last() {
        return last;
    }

    /** Hash of the line before the first. */
    public byte[] before() {
        return before.clone();
    }

    /** Hash of the last line. */
    public byte[] hash() {
        return hash.clone();
    }

    /** Whether somebody who knew the pool's id key made it. */
    public boolean isMadeWith(byte[] idKey) {
        int end = encoded.length - PoolProof.BYTES;
        return PoolProof.holds(idKey, PURPOSE, Arrays.copyOf(encoded, end), Arrays.copyOfRange(encoded, end, encoded.length));
    }

    /**
     * Its lines. Whether each follows from the one before is for the caller to see; the last one has the {@link #hash}.
     *
     * @throws BackupException {@code audit.corrupt}, and what {@link PoolKeys#session} throws
     */
    public List<Line> open(PoolKeys keys) throws BackupException {
        ByteInput in = new ByteInput(keys.session(sealedKey).openConfiguration(clear, sealed), CORRUPT, "segment of the audit log");
        List<Line> lines = new ArrayList<>();
        for (long number = first; number <= last; number++) {
            lines.add(new Line(number, in.time("time"), in.time("machine's time"), in.text(MAX_TEXT, "who"), in.text(MAX_TEXT, "from"), in.text(MAX_TEXT, "operation"),
                    in.text(MAX_TEXT, "object"), in.text(MAX_TEXT, "outcome"), in.raw(HASH, "hash")));
        }
        in.end("lines");
        if (!Arrays.equals(lines.getLast().hash(), hash)) {
            throw in.corrupt("line " + last + " has another hash than is said");
        }
        return lines;
    }
}
