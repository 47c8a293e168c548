package org.azekura.storagenode.job;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.message.NodeReport;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.FrameHeader;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackWriter;
import org.azekura.engine.pack.SealedSession;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.pool.VolumeKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pack that is being written. One thread at a time; ends with {@link #commit} or {@link #abandon}. */
final class PackInMaking {

    private static final Duration WRITE = Duration.ofMinutes(2);
    private static final Duration COMMIT = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(PackInMaking.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PackId id = new PackId(RANDOM.nextLong(), RANDOM.nextLong());
    private final Device.Span span;
    private final ChunkKind kind;
    private final TrustGroup group;
    private final List<SealedSession> sessions;
    private final BlobWriter blob;
    private final Gathering gathering = new Gathering(this::write);
    private final PackWriter pack;
    private final List<IndexEntry> entries = new ArrayList<>();
    /** A device call that did not end in time still has the writer: nobody else may touch it. */
    private boolean hung;

    private PackInMaking(Device.Span span, ChunkKind kind, TrustGroup group, List<SealedSession> sessions) throws BackupException {
        this.kind = kind;
        this.group = group;
        this.sessions = List.copyOf(sessions);
        this.span = span;
        try {
            this.blob = call("begin", WRITE, () -> span.store().create(VolumeKeys.pack(id)));
        } catch (BackupException e) {
            span.close();
            throw e;
        }
        try {
            this.pack = new PackWriter(id, kind, group, sessions, gathering);
        } catch (BackupException e) {
            abandon();
            throw e;
        }
    }

    /** Waits while the device pauses. */
    static PackInMaking begin(Device device, ChunkKind kind, TrustGroup group, List<SealedSession> sessions) throws BackupException {
        return begin(device.span("begin a pack"), kind, group, sessions);
    }

    /** @param span that is the pack's from here on */
    static PackInMaking begin(Device.Span span, ChunkKind kind, TrustGroup group, List<SealedSession> sessions) throws BackupException {
        return new PackInMaking(span, kind, group, sessions);
    }

    private interface Step<T> {
        T run() throws BackupException;
    }

    private <T> T call(String doing, Duration timeout, Step<T> step) throws BackupException {
        try {
            return span.call(doing + " pack " + id, timeout, store -> step.run());
        } catch (BackupException e) {
            hung |= e.failure().code().equals("device.timeout") || e.failure().code().equals("device.interrupted");
            throw e;
        }
    }

    PackId id() {
        return id;
    }

    void append(FrameHeader header, ByteBuffer frame) throws BackupException {
        long offset = pack.append(frame);
        entries.add(new IndexEntry(header.id(), header.session(), offset, frame.remaining()));
    }

    private void write(ByteBuffer bytes) throws BackupException {
        call("write", WRITE, () -> {
            blob.write(bytes);
            return null;
        });
    }

    /** Bytes, also of what the device has not had yet. */
    long size() {
        return pack.size();
    }

    int chunks() {
        return entries.size();
    }

    boolean tree() {
        return kind == ChunkKind.TREE;
    }

    /** Completes the pack; durable at return. After a failure it is abandoned: a failed sync is never tried again. */
    void commit() throws BackupException {
        try {
            pack.finish();
            gathering.flush();
            call("commit", COMMIT, () -> {
                blob.commit();
                return null;
            });
        } finally {
            abandon();
        }
    }

    /** Drops the pack; nothing if it was committed. */
    void abandon() {
        if (!hung) {
            try {
                call("drop", WRITE, () -> {
                    blob.close();
                    return null;
                });
            } catch (BackupException e) {
                LOG.warn("pack {} is left unfinished: {}", id, e.getMessage());
            }
        }
        span.close();
    }

    /** How the server is told of it once it is durable. */
    NodeReport.PackWritten report(JobId job, VolumeId volume, Instant written) {
        return new NodeReport.PackWritten(job, id, tree(), volume, VolumeKeys.pack(id), size(), chunks(), written,
                sessions.stream().map(session -> new NodeReport.PackSession(session.session(), session.sealedKey())).toList());
    }

    PackIndex index() {
        return new PackIndex(id, kind, group, sessions, entries);
    }
}
