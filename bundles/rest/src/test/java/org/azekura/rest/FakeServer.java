package org.azekura.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.SiteName;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Terms;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.ClockState;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobProgress;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.JobTotal;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.PastJobs;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Sites;
import org.azekura.api.server.Snapshots;
import org.azekura.api.server.Spread;

/** A backup server that remembers what it was asked and answers what a test put there. */
public final class FakeServer implements Appliance, Pools, Jobs, Snapshots {

    final List<CatalogServer> servers = new CopyOnWriteArrayList<>();

    private final Map<PoolName, MediaRules> rules = new HashMap<>();

    private long quota = Quota.NONE;

    public static final SnapshotId SNAPSHOT = SnapshotId.parse("0193b2c4d5e6000000000000000000aa");
    static final Spread SPREAD = new Spread(Spread.State.PARTLY, 3, Set.of(Terms.Medium.DISK), new TreeSet<>(Set.of(new SiteName("here"), new SiteName("tokyo"))),
            Set.of(Spread.Lack.KINDS));
    public static final Instant WHEN = Instant.parse("2026-01-02T03:04:05Z");

    public final List<SnapshotId> deleted = new CopyOnWriteArrayList<>();
    public final List<JobOrder> orders = new CopyOnWriteArrayList<>();
    public final Map<PoolName, Pool> pools = new TreeMap<>();
    public final Map<JobId, Job> jobs = new TreeMap<>();
    public final Map<JobId, JobResult> results = new TreeMap<>();
    public final List<Consumer<JobProgress>> listeners = new CopyOnWriteArrayList<>();
    public final FakeKeys keys = new FakeKeys();
    /** Snapshots beside the one that is always there. */
    final List<Snapshot> more = new ArrayList<>();
    public final FakeProtection.Sets saveSets = new FakeProtection.Sets();
    public final FakeRetention retention = new FakeRetention(this);
    public final FakeProofs proofs = new FakeProofs();
    public final FakeProtection.Plans policies = new FakeProtection.Plans(this);
    public JobOrder ordered = new JobOrder.Backup(null, null, new SaveSet(new SaveSetName("srv"), List.of(RawPath.of("/srv")), List.of(), false), null, false);
    private Sites.Sited sited = new Sites.Sited(Sites.Kind.NODE, "host", new SiteName("here"), false);
    Readers readers;
    Tuning tuning;
    Site site;
    public final Map<ClientName, ClientTerms> terms = new TreeMap<>();
    public List<Listed> entries = List.of();
    public List<Lying> lying = List.of();
    public List<Difference> differences = List.of();
    Found found = new Found(List.of(), null, List.of(), List.of(), 0, 0);
    Wanted wanted;
    RawPath listedPath;
    RawPath listedAfter;
    public RuntimeException fault;

    public FakeServer() {
        pools.put(new PoolName("default"), pool(new PoolName("default"), "disk"));
    }

    static Pool pool(PoolName name, String driver) {
        return new Pool(name, new NodeName("host"), new DeviceName(name.value()), driver, new ChunkSizes(1 << 18, 1 << 20, 1 << 22), 3, 50,
                new byte[0], WHEN, null);
    }

    /** What those did whose rows are not there any more. */
    List<JobTotal> deletedJobs = List.of();
    JobId lastDeleted;

    public Job job(long id, Job.State state) {
        return job(id, state, "host");
    }

    public Job job(long id, Job.State state, String client) {
        Job job = new Job(new JobId(id), Job.Kind.BACKUP, state, new ClientName(client), new PoolName("default"), WHEN,
                state.ended() ? WHEN.plusSeconds(1) : null, 3, 4096, null, null, 1, new byte[] {1}, null);
        jobs.put(job.id(), job);
        return job;
    }

    public void tell(JobProgress progress) {
        listeners.forEach(listener -> listener.accept(progress));
    }

    @Override
    public List<CatalogServer> servers() {
        return servers;
    }

    @Override
    public Sites sites() {
        return new Sites() {
            @Override
            public List<Sited> list() {
                return List.of(sited);
            }

            @Override
            public Sited set(Kind kind, String name, SiteName site) throws BackupException {
                if (!name.equals("host")) {
                    throw BackupException.operator(kind.word() + ".unknown", name, "there is no " + kind.word() + " " + name);
                }
                sited = new Sited(kind, name, site == null ? new SiteName("here") : site, site != null);
                return sited;
            }
        };
    }

    @Override
    public Map<SnapshotId, Spread> spreads(Collection<Snapshot> snapshots) {
        return snapshots.stream().collect(Collectors.toMap(Snapshot::id, snapshot -> SPREAD));
    }

    @Override
    public Status status() {
        if (fault != null) {
            throw fault;
        }
        return new Status("0.1.0", "SQLite in /home", List.of(new RoleState("client", "host", true)), List.of("export the key of pool default"), 1, 2,
                List.of(new Power("ups1", "n", "battery", true, 230.4, null, Instant.EPOCH, "")));
    }

    @Override
    public Backup backup() {
        return backup(null, "its medium is not there");
    }

    private static Backup backup(Instant tape, String problem) {
        return new Backup(List.of(new Saved(new PoolName("default"), new NodeName("n"), WHEN, true, ""), new Saved(new PoolName("tape"), new NodeName("n"), tape, tape != null, problem)),
                List.of(new Left("user", "ann", "user ann is kept out", "azekura user reset ann")));
    }

    @Override
    public Backup backUp() {
        return backup(WHEN.plusSeconds(60), "");
    }

    @Override
    public Backup forgetLeft() {
        return new Backup(backup().pools(), List.of());
    }

    @Override
    public void forgetServer(String server) throws BackupException {
        throw BackupException.operator("server.unknown", server, "there is no server " + server);
    }

    @Override
    public ClockState clock() {
        return new ClockState(ClockState.Ground.FROZEN, List.of(), WHEN, WHEN.plusSeconds(3600), "set it right");
    }

    @Override
    public ClockState confirmClock(Instant seen) {
        return new ClockState(ClockState.Ground.CONFIRMED, List.of("admin"), seen, seen, "");
    }

    @Override
    public List<Client> clients() {
        return List.of(new Client(new ClientName("host"), new TrustGroup(1, 2), null, WHEN), new Client(new ClientName("other"), new TrustGroup(1, 3), null, null));
    }

    @Override
    public List<Quota> quotas() {
        return List.of(new Quota(new ClientName("host"), quota, 7));
    }

    @Override
    public Quota quota(ClientName client) throws BackupException {
        if (!client.value().equals("host")) {
            throw BackupException.operator("client.unknown", client.value(), "there is none");
        }
        return quotas().getFirst();
    }

    @Override
    public Quota limit(ClientName client, long bytes) throws BackupException {
        quota = bytes;
        return quota(client);
    }

    @Override
    public Trust trust(ClientName client) {
        return new Trust(new TrustGroup(1, 2), List.of(new ClientName("host"), client));
    }

    @Override
    public Trust join(ClientName client, String groupOrClient) throws BackupException {
        if (!groupOrClient.equals("host")) {
            throw BackupException.operator("group.unknown", groupOrClient, "there is none");
        }
        return trust(client);
    }

    private final Map<String, String> addresses = new HashMap<>();

    @Override
    public Optional<String> address(ClientName client) {
        return Optional.ofNullable(addresses.get("client/" + client));
    }

    @Override
    public void setAddress(ClientName client, String address) throws BackupException {
        setAddress("client/" + client, address);
    }

    @Override
    public Optional<String> address(NodeName node) {
        return Optional.ofNullable(addresses.get("node/" + node));
    }

    @Override
    public void setAddress(NodeName node, String address) throws BackupException {
        setAddress("node/" + node, address);
    }

    private void setAddress(String peer, String address) throws BackupException {
        if (address.equals("nowhere")) {
            throw BackupException.operator("host.address", peer, "an address is HOST:PORT");
        }
        addresses.put(peer, address.isEmpty() ? null : address);
    }

    @Override
    public Trust leave(ClientName client) throws BackupException {
        throw BackupException.operator("snapshot.exists", client.value(), "it has snapshots");
    }

    @Override
    public List<Pool> list() {
        return List.copyOf(pools.values());
    }

    @Override
    public Pool get(PoolName name) throws BackupException {
        if (!pools.containsKey(name)) {
            throw BackupException.operator("pool.unknown", name.value(), "there is no pool \"" + name + "\"");
        }
        return pools.get(name);
    }

    @Override
    public List<Volume> volumes(PoolName name) throws BackupException {
        return List.of(new Volume(new VolumeId(1, 1), get(name).name(), name + "-1", null, Volume.State.APPENDABLE, "/srv/" + name, 100, -1));
    }

    @Override
    public List<ScratchVolume> scratch() {
        return List.of(new ScratchVolume(new VolumeId(2, 2), "gone-1", "A00009L8", Instant.EPOCH, "its pool gone was deleted"));
    }

    @Override
    public Pool create(PoolName name, String driver, Map<String, String> settings, Readers readers, Site where) throws BackupException {
        if (pools.containsKey(name)) {
            throw BackupException.operator("pool.exists", name.value(), "there is a pool \"" + name + "\" already");
        }
        if (!settings.containsKey("path")) {
            throw BackupException.operator("setting.missing", "path", "the setting path is missing, like path=/srv/pool");
        }
        this.readers = readers;
        site = where;
        pools.put(name, pool(name, driver).with(where.group(), Pool.PATIENCE));
        return pools.get(name);
    }

    @Override
    public void delete(PoolName name) throws BackupException {
        if (get(name).group() != null) {
            throw BackupException.operator("pool.used", name.value(), "pool " + name + " is not deleted, it is held by 1 snapshot (azekura snapshot delete)");
        }
        pools.remove(name);
    }

    @Override
    public Pool group(PoolName name, PoolGroup group) throws BackupException {
        pools.put(name, get(name).with(group, get(name).patience()));
        return pools.get(name);
    }

    @Override
    public ClientTerms terms(ClientName client) {
        return terms.getOrDefault(client, ClientTerms.none(client));
    }

    @Override
    public ClientTerms direct(ClientName client, PoolName pool, PoolGroup group) {
        terms.put(client, group == null ? terms(client).goingTo(pool) : terms(client).goingTo(group));
        return terms(client);
    }

    @Override
    public ClientTerms limit(ClientName client, List<Bandwidth> limits) {
        terms.put(client, terms(client).limited(limits));
        return terms(client);
    }

    @Override
    public Pool tune(PoolName name, Tuning with) throws BackupException {
        tuning = with;
        Pool pool = get(name);
        pools.put(name, pool.with(with.livePercent() == null ? pool.livePercent() : with.livePercent(),
                with.compressionLevel() == null ? pool.compressionLevel() : with.compressionLevel())
                .with(pool.group(), with.patience() == null ? pool.patience() : with.patience()));
        return pools.get(name);
    }

    @Override
    public int set(PoolName name) {
        return name.value().endsWith(".set2") ? 2 : 1;
    }

    @Override
    public Pool remake(PoolName name) throws BackupException {
        return get(name);
    }

    @Override
    public Pool cut(PoolName name) throws BackupException {
        return get(name);
    }

    @Override
    public MediaRules rules(PoolName name) throws BackupException {
        return rules.getOrDefault(get(name).name(), MediaRules.usual(name));
    }

    @Override
    public String sealingDoubt(PoolName name) throws BackupException {
        return rules(name).sealed() ? "drive 0 can't" : "";
    }

    @Override
    public MediaRules rule(PoolName name, Rules change) throws BackupException {
        rules.put(name, change.in(rules(name)));
        return rules(name);
    }

    @Override
    public String exportKey(PoolName name, KeyForm form) throws BackupException {
        return (form.passphrase() == null ? "" : "closed by " + form.passphrase() + ", ") + (form.sheet() ? "sheet of " : "recovery of ") + get(name).name() + "\n";
    }

    @Override
    public Job submit(JobOrder order) {
        orders.add(order);
        return job(orders.size(), Job.State.QUEUED);
    }

    @Override
    public PastJobs deleted() {
        return new PastJobs(deletedJobs, lastDeleted);
    }

    @Override
    public List<Job> list(boolean unendedOnly) {
        return jobs.values().stream().filter(job -> !unendedOnly || !job.state().ended()).toList();
    }

    @Override
    public JobOrder order(JobId id) throws BackupException {
        get(id);
        return ordered;
    }

    @Override
    public Job get(JobId id) throws BackupException {
        if (!jobs.containsKey(id)) {
            throw BackupException.operator("job.unknown", id.toString(), "there is no job " + id);
        }
        return jobs.get(id);
    }

    @Override
    public Optional<JobResult> result(JobId id) {
        return Optional.ofNullable(results.get(id));
    }

    @Override
    public List<JobLine> log(JobId id) throws BackupException {
        return List.of(new JobLine(get(id).id(), WHEN, JobLine.Level.WARN, "slow"));
    }

    @Override
    public Job cancel(JobId id) throws BackupException {
        get(id);
        return job(id.value(), Job.State.CANCELLED);
    }

    @Override
    public Job resume(JobId id) throws BackupException {
        if (!get(id).state().ended()) {
            throw BackupException.operator("job.running", id.toString(), "job " + id + " goes on already");
        }
        return job(id.value(), Job.State.QUEUED);
    }

    @Override
    public JobProgress progress(JobId id) throws BackupException {
        if (fault != null) {
            throw fault;
        }
        return new JobProgress(id, get(id).state(), "collecting", 1, 2, 3);
    }

    @Override
    public AutoCloseable watch(Consumer<JobProgress> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public List<Snapshot> list(ClientName client) throws BackupException {
        if (client != null && !client.value().equals("host")) {
            throw BackupException.operator("client.unknown", client.value(), "there is no client \"" + client + "\"");
        }
        List<Snapshot> all = new ArrayList<>(more);
        all.addFirst(snapshot());
        return all;
    }

    private static Snapshot snapshot() {
        return snapshot(SNAPSHOT, "host");
    }

    static Snapshot snapshot(SnapshotId id, String client) {
        return new Snapshot(id, new JobId(1), new PoolName("default"), new ClientName(client), new SaveSetName("srv-data"),
                new ChunkId(1, 2, 3, 4), null, WHEN, WHEN.plusSeconds(9), 3, 4096, 512, 1, new byte[0]);
    }

    @Override
    public Snapshot find(String id) throws BackupException {
        if (!more.isEmpty() && id.length() < 32) {
            throw BackupException.operator("snapshot.ambiguous", id, id + " is the beginning of " + SNAPSHOT + " and " + more.getLast().id());
        }
        if (id.length() < 4 || !SNAPSHOT.toString().startsWith(id)) {
            throw BackupException.operator("snapshot.unknown", id, "there is no snapshot " + id);
        }
        return snapshot();
    }

    @Override
    public void delete(SnapshotId id) {
        deleted.add(id);
    }

    @Override
    public Details details(SnapshotId id) throws BackupException {
        if (keys.sealed) {
            throw BackupException.operator("key.missing", "default", "the key of pool default is not here");
        }
        return new Details(List.of(RawPath.of("/srv/data")), List.of(new Rule(false, Rule.Kind.GLOB, "*.tmp")), false,
                List.of(new PathProblem(RawPath.of("/srv/data/x"), "permission denied")));
    }

    @Override
    public List<Lying> where(SnapshotId id, List<RawPath> paths) {
        return lying;
    }

    @Override
    public List<Listed> list(SnapshotId id, RawPath path, RawPath after, int limit) {
        listedPath = path;
        listedAfter = after;
        return new ArrayList<>(entries.subList(0, Math.min(limit, entries.size())));
    }

    @Override
    public List<Difference> differences(SnapshotId before, SnapshotId now, RawPath after, int limit) {
        listedAfter = after;
        return differences.subList(0, Math.min(limit, differences.size()));
    }

    @Override
    public Found search(Wanted what, int limit) {
        wanted = what;
        return found;
    }
}
