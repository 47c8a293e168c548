package org.azekura.testkit.catalog;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Session;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.Volume;

/** Plausible rows of a catalog; every number in a row is another one, so that no two columns can be mistaken. */
public final class Rows {

    /** Has nanoseconds, which must not get lost. */
    public static final Instant TIME = Instant.parse("2026-03-29T01:59:59.123456789Z");

    private Rows() {}

    public static Pool pool(String name) {
        return new Pool(new PoolName(name), new NodeName("node-1"), new DeviceName("device-1"), "disk", new ChunkSizes(100, 1024, 4000), 3, 61,
                new byte[] {0, -1, 7}, TIME, null, new PoolGroup("sites"), 71);
    }

    public static Volume volume(long id, String pool, String label) {
        return new Volume(new VolumeId(-1, id), new PoolName(pool), label, null, Volume.State.APPENDABLE, "/srv/backup", 11, -1);
    }

    public static Pack pack(long id, String pool, long volume) {
        return new Pack(new PackId(-2, id), new PoolName(pool), new JobId(1), true, 5L << 40, 13, new VolumeId(-1, volume), "packs/01", TIME);
    }

    public static Session session(long id, String pool) {
        return new Session(new SessionId(-3, id), new PoolName(pool), new byte[] {1, 2, 3});
    }

    public static Client client(String name) {
        return new Client(new ClientName(name), new TrustGroup(-4, 4), new byte[] {9, 8}, TIME);
    }

    /** @param high the id's upper half; the lower one is 1 */
    public static Snapshot snapshot(long high, String pool, String client, String saveSet) {
        return new Snapshot(new SnapshotId(high, 1), new JobId(2), new PoolName(pool), new ClientName(client), new SaveSetName(saveSet),
                new ChunkId(-1, 2, -3, 4), null, TIME, TIME.plusSeconds(1), 21, 22, 23, 24, new byte[] {5});
    }

    /** As they stand in lists: without manifests. */
    public static List<Snapshot> listed(Snapshot... snapshots) {
        return Stream.of(snapshots).map(snapshot -> Records.with(snapshot, "manifest", null)).toList();
    }

    /** As they stand in lists: without orders and results. */
    public static List<Job> listed(List<Job> jobs) {
        return jobs.stream().map(job -> Records.with(Records.with(job, "order", null), "result", null)).toList();
    }

    public static Job job(long id, Job.State state) {
        return new Job(new JobId(id), Job.Kind.BACKUP, state, new ClientName("web-1"), new PoolName("main"), TIME, TIME.plusSeconds(2), 31, 32,
                "an error", new SnapshotId(-5, 5), 3, "a detour", new PolicyName("nightly"), new byte[] {1}, new byte[] {2});
    }
}
