package org.azekura.server.job.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.catalog.Deletion;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.Volume;
import org.azekura.testkit.catalog.Rows;

/** A catalog of jobs and settings in memory, with one client, and one pool that is in a list; whatever else is asked of it fails. */
public final class JobRows {

    public static final ClientName CLIENT = new ClientName("host");

    public final Map<JobId, Job> jobs = new TreeMap<>();
    private final List<JobLine> lines = new ArrayList<>();
    public final Map<String, String> settings = new HashMap<>();
    public final List<Snapshot> snapshots = new ArrayList<>();
    public final Map<VolumeId, Volume> volumes = new HashMap<>();
    public final List<Pack> packs = new ArrayList<>();
    public final List<Deletion> deletions = new ArrayList<>();
    /** What happens behind every listing of snapshots. */
    public Runnable afterListing = () -> { };
    private final List<String> states = new ArrayList<>();
    private final Pool pool;
    private final CatalogEdit edit;
    private final ReentrantLock lock = new ReentrantLock();

    public JobRows(Pool pool) {
        this.pool = pool;
        edit = fake(CatalogEdit.class, (self, method, args) -> switch (method.getName()) {
            case "jobs" -> jobs.values().stream().filter(job -> !(boolean) args[0] || !job.state().ended()).toList();
            case "unendedBehind" -> jobs.values().stream().filter(job -> !job.state().ended() && (args[0] == null || job.id().compareTo((JobId) args[0]) > 0))
                    .sorted(Comparator.comparing(Job::id)).limit((int) args[1]).toList();
            case "job" -> Optional.ofNullable(jobs.get(args[0]));
            case "nextJob" -> new JobId(jobs.size() + 1);
            case "log" -> lines.stream().filter(line -> line.job().equals(args[0])).toList();
            case "putJob" -> put((Job) args[0]);
            case "putPack" -> packs.add((Pack) args[0]);
            case "putVolume" -> volumes.put(((Volume) args[0]).id(), (Volume) args[0]);
            case "addLine" -> lines.add((JobLine) args[0]);
            case "client" -> Optional.of(new Client(CLIENT, new TrustGroup(1, 1), new byte[0], Instant.EPOCH));
            case "terms" -> ClientTerms.none((ClientName) args[0]);
            case "pool" -> Optional.of(pool.name().equals(args[0]) ? pool : Rows.pool(args[0].toString()));
            case "volume" -> Optional.ofNullable(volumes.get(args[0]));
            case "pools" -> List.of(pool);
            case "setting" -> Optional.ofNullable(settings.get(args[0]));
            case "settings" -> new TreeMap<>(settings.entrySet().stream().filter(one -> one.getKey().startsWith((String) args[0])).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            case "deleteSetting" -> {
                settings.remove((String) args[0]);
                yield null;
            }
            case "putSetting" -> settings.put((String) args[0], (String) args[1]);
            case "snapshot" -> snapshots.stream().filter(snapshot -> snapshot.id().equals(args[0])).findAny();
            case "snapshotCount" -> snapshots.size();
            case "snapshotsBeginningWith" -> snapshots.stream().filter(snapshot -> snapshot.id().toString().startsWith((String) args[0])).toList();
            case "deletions" -> deletions;
            case "certificates" -> List.of();
            case "mediaSet" -> Optional.empty();
            case "mediaSets" -> List.of();
            case "replica" -> Optional.empty();
            case "pack" -> packs.stream().filter(pack -> pack.id().equals(args[0])).findFirst();
            case "snapshotsIn" -> {
                List<Snapshot> now = List.copyOf(snapshots);
                afterListing.run();
                yield now;
            }
            case "latest" -> snapshots.isEmpty() ? Optional.empty() : Optional.of(snapshots.getLast());
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private Object put(Job job) {
        states.add(job.id() + " " + job.state() + " " + job.attempts());
        return jobs.put(job.id(), job);
    }

    @SuppressWarnings("unchecked")
    public CatalogStore store() {
        return fake(CatalogStore.class, (self, method, args) -> {
            lock.lock();
            try {
                return switch (method.getName()) {
                    case "read" -> ((CatalogStore.Query<Object>) args[0]).run(edit);
                    case "write" -> ((CatalogStore.Change<Object>) args[0]).run(edit);
                    default -> throw new UnsupportedOperationException(method.getName());
                };
            } finally {
                lock.unlock();
            }
        });
    }

    public Job job(long id) throws BackupException {
        return store().read(view -> view.job(new JobId(id))).orElseThrow();
    }

    /** Every state of every job that was put until now, as {@code ID STATE ATTEMPTS}. Jobs may go on to put some. */
    public List<String> states() {
        return now(states);
    }

    /** Every line of every job's log until now. */
    public List<JobLine> lines() {
        return now(lines);
    }

    private <T> List<T> now(List<T> list) {
        lock.lock();
        try {
            return List.copyOf(list);
        } finally {
            lock.unlock();
        }
    }

    public PoolName poolName() {
        return pool.name();
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
