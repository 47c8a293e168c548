package org.azekura.server.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.Timing;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.HostCertificate;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.server.JobOrder;
import org.azekura.server.job.run.JobCodecs;

/** A catalog as years of backups leave it: clients with their certificates, their save sets, policies with their last run, snapshots, and days of jobs. Packs are not in it. */
public final class FilledCatalog {

    private static final int AT_ONCE = 2_000;
    private static final int OF_A_POLICY = 100;
    private static final int LINES = 3;
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final CatalogStore catalog;
    private final Extent extent;
    private final SplittableRandom random;

    /**
     * How much there is.
     *
     * @param snapshots of each client
     * @param days      of jobs, one backup of each client on each
     * @param manifest  bytes of each snapshot's
     */
    public record Extent(int clients, int snapshots, int days, int manifest) {}

    private interface Rows {
        void put(CatalogEdit edit, int number) throws BackupException;
    }

    public FilledCatalog(CatalogStore catalog, Extent extent, long seed) {
        this.catalog = catalog;
        this.extent = extent;
        this.random = new SplittableRandom(seed);
    }

    /**
     * @param pool that is there
     * @param copies where each snapshot has a copy
     */
    public void fill(Pool pool, Replica copies) throws BackupException {
        many(extent.clients, this::client);
        many(extent.clients * extent.snapshots, (edit, number) -> {
            Snapshot snapshot = snapshot(pool.name(), number);
            edit.putSnapshot(snapshot);
            edit.putCopy(new SnapshotCopy(snapshot.id(), copies.name(), new JobId(number + 1), snapshot.received(), false));
        });
        many(extent.clients * extent.days, (edit, number) -> job(edit, pool.name(), number));
        many((extent.clients + OF_A_POLICY - 1) / OF_A_POLICY, (edit, number) -> policy(edit, copies, number));
    }

    private void many(int count, Rows rows) throws BackupException {
        for (int first = 0; first < count; first += AT_ONCE) {
            int from = first;
            catalog.write(edit -> {
                for (int number = from; number < Math.min(count, from + AT_ONCE); number++) {
                    rows.put(edit, number);
                }
                return null;
            });
        }
    }

    public static ClientName client(int number) {
        return new ClientName("client-%06d".formatted(number));
    }

    private static SaveSetId set(int client) {
        return new SaveSetId(client(client), new SaveSetName("all"));
    }

    private void client(CatalogEdit edit, int number) throws BackupException {
        String peer = "client/" + client(number);
        edit.putCertificate(new HostCertificate(Integer.toHexString(number), List.of(peer), NOW.minus(Duration.ofDays(9)), NOW.plus(Duration.ofDays(81)), null, null));
        edit.putSetting("host.version." + peer, "0.1.0");
        edit.putClient(new Client(client(number), new TrustGroup(random.nextLong(), number), new byte[44], NOW.minusSeconds(number % 3600)));
        edit.putSaveSet(new KeptSaveSet(client(number), null, new SaveSet(new SaveSetName("all"), List.of(RawPath.of("/home"), RawPath.of("/etc")), List.of(), false), Hooks.NONE));
    }

    /** Of all clients those of one day, then those of the next. */
    private Snapshot snapshot(PoolName pool, int number) {
        int client = number % extent.clients;
        Instant at = NOW.minus(Duration.ofDays(extent.snapshots - number / extent.clients)).plusMillis(client * 100L);
        return new Snapshot(new SnapshotId(at.toEpochMilli() << 16 | client & 0xffff, random.nextLong()), new JobId(number + 1), pool, client(client), new SaveSetName("all"),
                new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()), null, at, at.plusSeconds(40), 1_000_000, 1L << 40, 1L << 33, 0,
                new byte[extent.manifest]);
    }

    private void job(CatalogEdit edit, PoolName pool, int number) throws BackupException {
        int client = number % extent.clients;
        Instant at = NOW.minus(Duration.ofDays(extent.days - number / extent.clients)).plusMillis(client * 100L);
        JobId id = new JobId(number + 1);
        byte[] order = JobCodecs.ORDERS.encode(new JobOrder.Expire(null));
        edit.putJob(new Job(id, Job.Kind.BACKUP, number % 500 == 0 ? Job.State.FAILED : Job.State.DONE, client(client), pool, at, at.plusSeconds(40), 1_000_000, 1L << 33, null, null,
                1, order, new byte[124]).of(policyName(client / OF_A_POLICY)));
        for (int line = 0; line < LINES; line++) {
            edit.addLine(new JobLine(id, at, JobLine.Level.INFO, "client " + client(client) + " collects all, compared with snapshot 0199b8c4a1d27b3c8f00"));
        }
    }

    private static PolicyName policyName(int number) {
        return new PolicyName("policy-%04d".formatted(number));
    }

    private void policy(CatalogEdit edit, Replica copies, int number) throws BackupException {
        List<SaveSetId> sets = new ArrayList<>();
        List<PolicyRun.Part> parts = new ArrayList<>();
        for (int client = number * OF_A_POLICY; client < Math.min(extent.clients, (number + 1) * OF_A_POLICY); client++) {
            sets.add(set(client));
            parts.add(PolicyRun.Part.waiting(set(client)).begun(new JobId(1L + (extent.days - 1L) * extent.clients + client)));
        }
        edit.putPolicy(new Policy(policyName(number), copies.of(), sets, List.of(copies.within()), new Timing("daily 22:00", "UTC", List.of(), false, false, 50, 4, Duration.ZERO, 0, Duration.ZERO, true),
                Keep.ALL));
        edit.putPolicyRun(new PolicyRun(policyName(number), 1, false, NOW.minus(Duration.ofDays(1)), NOW, PolicyRun.Outcome.DONE, null, parts));
    }
}
