package org.azekura.engine.volume;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The byte form of what a checkpoint says. The order of {@link Kind} is that of the grammar. */
final class CheckpointForm {

    static final String CORRUPT = "checkpoint.corrupt";
    static final int MAGIC = 0x415a4350; // AZCP
    static final int VERSION = FormatVersion.FIRST;
    /** It may end with configuration. */
    static final int CONFIGURED = 2;
    /** Behind that may stand what is known of media. */
    static final int WITH_MEDIA = 3;
    /** The same, and configuration may say when policies run and what keeps snapshots. */
    static final int TIMED = 4;
    /** The same, and configuration may say how far the audit log goes. */
    static final int WITNESSED = 5;
    /** The same, configuration may say who was let in, what drills proved, and what is private, and the end may prove who wrote it; behind it may stand what was verified. */
    static final int TOLD = 6;
    static final int HEAD_BYTES = 4 + 1 + 1 + 4;
    /** A page is closed when it has reached this size. */
    static final int FULL = 64 << 10;
    /** A page with the largest key ring has room. */
    static final int MAX_BODY = 2 << 20;
    private static final int MAX_KEY = 4096;
    private static final int MAX_RING = 1 << 20;
    private static final int MAX_TEXT = 1024;

    private static final List<Kind> OF_VERSION_1 = List.of(Kind.HEAD, Kind.VOLUMES, Kind.CLIENTS, Kind.SESSIONS, Kind.PACKS, Kind.SNAPSHOTS, Kind.DELETED,
            Kind.END);
    private static final List<Kind> BEFORE_VERSION_6 = List.of(Kind.HEAD, Kind.VOLUMES, Kind.CLIENTS, Kind.SESSIONS, Kind.PACKS, Kind.SNAPSHOTS, Kind.DELETED,
            Kind.CONFIGURATION, Kind.MEDIA, Kind.END);
    private static final List<Kind> OF_VERSION_2 = List.of(Kind.HEAD, Kind.VOLUMES, Kind.CLIENTS, Kind.SESSIONS, Kind.PACKS, Kind.SNAPSHOTS, Kind.DELETED,
            Kind.CONFIGURATION, Kind.END);

    /** What a page holds. */
    enum Kind { HEAD, VOLUMES, CLIENTS, SESSIONS, PACKS, SNAPSHOTS, DELETED, CONFIGURATION, MEDIA, VERIFIED, END }

    private CheckpointForm() {}

    /** By the number that stands for each in a page of this version. */
    static List<Kind> kinds(int version) {
        return switch (version) {
            case VERSION -> OF_VERSION_1;
            case CONFIGURED -> OF_VERSION_2;
            case WITH_MEDIA, TIMED, WITNESSED -> BEFORE_VERSION_6;
            default -> List.of(Kind.values());
        };
    }

    /** The first version that says such a thing. */
    static int version(CheckpointItem item) {
        return switch (item) {
            case ConfigurationItem.PolicyTerms t -> TIMED;
            case ConfigurationItem.PoolLock l -> TIMED;
            case ConfigurationItem.PinnedSnapshot p -> TIMED;
            case ConfigurationItem.AuditLine a -> WITNESSED;
            case DrillItem d -> TOLD;
            case AccessItem a -> TOLD;
            case ConfigurationItem.Hidden h -> TOLD;
            case ConfigurationItem.PoolLockMode m -> TOLD;
            case CheckpointItem.Verified v -> TOLD;
            case ConfigurationItem c -> CONFIGURED;
            case MediaItem m -> WITH_MEDIA;
            case CheckpointItem c -> VERSION;
        };
    }

    static Kind kind(CheckpointItem item) {
        return switch (item) {
            case CheckpointItem.Head h -> Kind.HEAD;
            case CheckpointItem.Volume v -> Kind.VOLUMES;
            case CheckpointItem.Client c -> Kind.CLIENTS;
            case CheckpointItem.Session s -> Kind.SESSIONS;
            case CheckpointItem.Pack p -> Kind.PACKS;
            case CheckpointItem.Snapshot s -> Kind.SNAPSHOTS;
            case CheckpointItem.Deleted d -> Kind.DELETED;
            case ConfigurationItem c -> Kind.CONFIGURATION;
            case MediaItem m -> Kind.MEDIA;
            case CheckpointItem.Verified v -> Kind.VERIFIED;
        };
    }

    static void write(CheckpointItem item, ByteOutput out) {
        switch (item) {
            case CheckpointItem.Head h -> {
                out.raw(h.appliance().bytes());
                out.text(h.pool().value());
                out.time(h.written());
                out.uint(h.lastJob());
                out.uint(h.chunkSizes().min());
                out.uint(h.chunkSizes().average());
                out.uint(h.chunkSizes().max());
                out.sint(h.compressionLevel());
                out.block(h.keyRing());
            }
            case CheckpointItem.Volume v -> {
                out.raw(v.id().bytes());
                out.text(v.name());
                out.text(v.barcode() == null ? "" : v.barcode());
            }
            case CheckpointItem.Client c -> {
                out.text(c.name().value());
                out.raw(c.trustGroup().bytes());
                out.block(c.signingKey() == null ? new byte[0] : c.signingKey());
            }
            case CheckpointItem.Session s -> {
                out.raw(s.id().bytes());
                out.block(s.sealedKey());
            }
            case CheckpointItem.Pack p -> {
                out.raw(p.id().bytes());
                out.flag(p.tree());
                out.uint(p.size());
                out.uint(p.chunks());
                out.raw(p.volume().bytes());
                out.text(p.position());
                out.time(p.writtenAt());
                out.uint(p.job());
            }
            case CheckpointItem.Snapshot s -> {
                out.raw(s.id().bytes());
                out.uint(s.stored());
                out.uint(s.warnings());
            }
            case CheckpointItem.Deleted d -> out.raw(d.id().bytes());
            case ConfigurationItem c -> ConfigurationForm.write(c, out);
            case MediaItem m -> MediaForm.write(m, out);
            case CheckpointItem.Verified v -> {
                out.raw(v.id().bytes());
                out.time(v.at());
            }
        }
    }

    /** @throws IllegalArgumentException if the parts do not make one */
    static CheckpointItem read(Kind kind, ByteInput in) throws BackupException {
        return switch (kind) {
            case HEAD -> new CheckpointItem.Head(ApplianceId.read(id(in)), new PoolName(in.text(63, "pool")), in.time("written"),
                    in.uint(Long.MAX_VALUE, "last job"), new ChunkSizes(number(in, "min"), number(in, "average"), number(in, "max")),
                    level(in), in.block(MAX_RING, "key ring"));
            case VOLUMES -> new CheckpointItem.Volume(VolumeId.read(id(in)), in.text(MAX_TEXT, "name"), absent(in.text(MAX_TEXT, "barcode")));
            case CLIENTS -> new CheckpointItem.Client(new ClientName(in.text(63, "client")), TrustGroup.read(id(in)),
                    absent(in.block(MAX_KEY, "signing key")));
            case SESSIONS -> new CheckpointItem.Session(SessionId.read(id(in)), in.block(MAX_KEY, "sealed key"));
            case PACKS -> new CheckpointItem.Pack(PackId.read(id(in)), in.flag("tree"), in.uint(Long.MAX_VALUE, "size"), number(in, "chunks"),
                    VolumeId.read(id(in)), in.text(MAX_TEXT, "position"), in.time("written at"), in.uint(Long.MAX_VALUE, "job"));
            case SNAPSHOTS -> new CheckpointItem.Snapshot(SnapshotId.read(id(in)), in.uint(Long.MAX_VALUE, "stored"), number(in, "warnings"));
            case DELETED -> new CheckpointItem.Deleted(SnapshotId.read(id(in)));
            case CONFIGURATION -> ConfigurationForm.read(in);
            case MEDIA -> MediaForm.read(in);
            case VERIFIED -> new CheckpointItem.Verified(PackId.read(id(in)), in.time("verified at"));
            case END -> throw in.corrupt("an end has no items");
        };
    }

    private static ByteBuffer id(ByteInput in) throws BackupException {
        return ByteBuffer.wrap(in.raw(PackId.BYTES, "id"));
    }

    private static int number(ByteInput in, String what) throws BackupException {
        return (int) in.uint(Integer.MAX_VALUE, what);
    }

    private static int level(ByteInput in) throws BackupException {
        long level = in.sint("compression level");
        if (level != (int) level) {
            throw in.corrupt("compression level " + level);
        }
        return (int) level;
    }

    private static String absent(String text) {
        return text.isEmpty() ? null : text;
    }

    private static byte[] absent(byte[] bytes) {
        return bytes.length == 0 ? null : bytes;
    }

    static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
