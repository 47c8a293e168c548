package org.azekura.engine.snapshot;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The rule {@code manifest} of the grammar. */
final class ManifestForm {

    static final int MAGIC = 0x415a534d; // AZSM
    static final int VERSION = FormatVersion.FIRST;
    static final String CORRUPT = "manifest.corrupt";
    private static final int MAX_KEY = 4096;

    private ManifestForm() {}

    static byte[] encode(Manifest m) {
        ByteOutput out = new ByteOutput(4096 + m.sealed().length);
        out.raw(clear(m));
        out.block(m.sealed());
        if (out.size() > Manifest.MAX_BYTES) {
            throw new IllegalArgumentException("the manifest of snapshot " + m.snapshot() + " takes " + out.size() + " bytes, expected at most "
                    + Manifest.MAX_BYTES);
        }
        return out.toBytes();
    }

    /** All before the sealed details. */
    static byte[] clear(Manifest m) {
        ByteOutput out = new ByteOutput(4096);
        out.u32(MAGIC);
        out.u8(VERSION);
        out.raw(m.snapshot().bytes());
        out.uint(m.job().value());
        out.text(m.client().value());
        out.text(m.saveSet().value());
        out.text(m.pool().value());
        out.uint(m.chunkSizes().min());
        out.uint(m.chunkSizes().average());
        out.uint(m.chunkSizes().max());
        out.sint(m.compressionLevel());
        out.chunk(m.root());
        out.flag(m.parent() != null);
        if (m.parent() != null) {
            out.raw(m.parent().bytes());
        }
        out.time(m.started());
        out.time(m.ended());
        out.uint(m.files());
        out.uint(m.bytes());
        out.uint(m.directories());
        out.raw(m.session().bytes());
        out.block(m.sealedKey());
        return out.toBytes();
    }

    static Manifest decode(byte[] encoded) throws BackupException {
        ByteInput in = new ByteInput(encoded, CORRUPT, "snapshot manifest");
        if (encoded.length > Manifest.MAX_BYTES) {
            throw in.corrupt(encoded.length + " bytes, expected at most " + Manifest.MAX_BYTES);
        }
        in.begin(MAGIC, VERSION);
        try {
            Manifest m = new Manifest(snapshot(in), new JobId(in.uint(Long.MAX_VALUE, "job")), new ClientName(in.text(63, "client")),
                    new SaveSetName(in.text(63, "save set")), new PoolName(in.text(63, "pool")), sizes(in), level(in), in.chunk("root"),
                    in.flag("parent") ? snapshot(in) : null, in.time("started"), in.time("ended"), in.uint(Long.MAX_VALUE, "files"),
                    in.uint(Long.MAX_VALUE, "bytes"), in.uint(Long.MAX_VALUE, "directories"),
                    SessionId.read(ByteBuffer.wrap(in.raw(SessionId.BYTES, "session"))), in.block(MAX_KEY, "sealed key"),
                    in.block(in.remaining(), "details"));
            in.end("manifest");
            return m;
        } catch (IllegalArgumentException e) {
            throw in.corrupt(e.getMessage());
        }
    }

    private static SnapshotId snapshot(ByteInput in) throws BackupException {
        return SnapshotId.read(ByteBuffer.wrap(in.raw(SnapshotId.BYTES, "snapshot")));
    }

    private static ChunkSizes sizes(ByteInput in) throws BackupException {
        return new ChunkSizes((int) in.uint(Integer.MAX_VALUE, "min"), (int) in.uint(Integer.MAX_VALUE, "average"),
                (int) in.uint(Integer.MAX_VALUE, "max"));
    }

    private static int level(ByteInput in) throws BackupException {
        long level = in.sint("compression level");
        if (level != (int) level) {
            throw in.corrupt("compression level " + level);
        }
        return (int) level;
    }
}
