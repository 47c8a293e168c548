package org.azekura.api.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TargetName;
import org.azekura.api.UserName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.BlobLock;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What can be read within one {@link CatalogStore#read} or {@link CatalogStore#write}. Lists come without what may be large:
 * in a list of jobs {@link Job#order} and {@link Job#result} are null, in a list of snapshots {@link Snapshot#manifest} is.
 * Only the look-up of a single one has them.
 */
@ProviderType
public interface CatalogView {

    /** A single value by name, like the appliance's id. */
    Optional<String> setting(String name) throws BackupException;

    /** All whose names begin so, by name. @param prefix not empty */
    SortedMap<String, String> settings(String prefix) throws BackupException;

    /** By name; without those of replicas and of sets behind the first. */
    List<Pool> pools() throws BackupException;

    /** Also that of a replica or a set, with the key ring of the pool that it is of. */
    Optional<Pool> pool(PoolName name) throws BackupException;

    /** By name. */
    List<Replica> replicas() throws BackupException;

    /** Empty if the name is not that of a replica. */
    Optional<Replica> replica(PoolName name) throws BackupException;

    /** Those behind the first, by pool and number. */
    List<MediaSet> mediaSets() throws BackupException;

    /** Empty if the name is not that of a set behind the first. */
    Optional<MediaSet> mediaSet(PoolName name) throws BackupException;

    /** By replica. */
    List<SnapshotCopy> copies(SnapshotId snapshot) throws BackupException;

    /** By snapshot; those of deleted snapshots among them. */
    List<SnapshotCopy> copiesIn(PoolName replica) throws BackupException;

    /** By label. */
    List<Volume> volumes() throws BackupException;

    Optional<Volume> volume(VolumeId id) throws BackupException;

    /** By pool and number. */
    List<PendingVolume> pendingVolumes() throws BackupException;

    /** By barcode. */
    List<ScratchVolume> scratchVolumes() throws BackupException;

    /** What was laid down for a pool, of a set for the pool that it is of, or {@link MediaRules#usual}. */
    MediaRules mediaRules(PoolName pool) throws BackupException;

    /** By drive and barcode. */
    List<DriveErrors> driveErrors() throws BackupException;

    /** By drive. */
    List<DriveHealth> driveHealth() throws BackupException;

    /**
     * Oldest first.
     *
     * @param barcode of one cartridge; null: of all
     */
    List<DriveMount> driveMounts(String barcode) throws BackupException;

    /** By barcode. */
    List<CartridgeLife> cartridgeLives() throws BackupException;

    /** Empty if nothing is known. */
    Optional<CartridgeLife> cartridgeLife(String barcode) throws BackupException;

    /** How many packs lie on a volume. */
    long packsOn(VolumeId volume) throws BackupException;

    /** Bytes of the packs on a volume, of whatever pool. */
    default long bytesOn(VolumeId volume) throws BackupException {
        long[] sum = new long[1];
        for (Pool pool : pools()) {
            eachPack(pool.name(), pack -> sum[0] += pack.volume().equals(volume) ? pack.size() : 0);
        }
        return sum[0];
    }

    /** All of the pool's packs, those of unfinished and failed jobs among them; in no order. */
    List<Pack> packs(PoolName pool) throws BackupException;

    /**
     * The same, one at a time and none of them kept: a pool may have millions.
     *
     * @param use called within this call, in its thread; what it throws ends the call; must not use the view
     */
    void eachPack(PoolName pool, Consumer<Pack> use) throws BackupException;

    /** The same, those first that were never found whole or not for the longest time. */
    void eachPackLeastVerified(PoolName pool, Consumer<Pack> use) throws BackupException;

    /**
     * When each of a pool's packs was found whole last, those that never were left out; in no order.
     *
     * @param use as in {@link #eachPack}
     */
    void eachVerified(PoolName pool, BiConsumer<PackId, Instant> use) throws BackupException;

    /**
     * Since when something is not read: for each volume on which packs of a pool are, the oldest time at which one of them was found whole last, or was written if
     * it never was.
     */
    Map<VolumeId, Instant> unreadSince(PoolName pool) throws BackupException;

    /** Any one of its copies. */
    Optional<Pack> pack(PackId id) throws BackupException;

    /** Any one of its copies in this pool, or replica. */
    Optional<Pack> pack(PackId id, PoolName pool) throws BackupException;

    /**
     * The packs of a pool that their medium was told to lock, one at a time as {@link #eachPack}, with what was told last, be it over or not.
     *
     * @param use of a pack that lies on several volumes called for each
     */
    void eachLocked(PoolName pool, BiConsumer<PackId, BlobLock> use) throws BackupException;

    /** How much there is of a pool, counted without reading it. */
    PoolFigures figures(PoolName pool) throws BackupException;

    /** The pool's sessions, one at a time as {@link #eachPack}. */
    void eachSession(PoolName pool, Consumer<Session> use) throws BackupException;

    Optional<Session> session(SessionId id) throws BackupException;

    /** Those of the pool of which is not known whose chunks they sealed. */
    List<SessionId> sessionsOfNobody(PoolName pool) throws BackupException;

    /** Of one pool, in no order. */
    List<SessionId> sessions(PoolName pool) throws BackupException;

    /** By name. */
    List<Client> clients() throws BackupException;

    Optional<Client> client(ClientName name) throws BackupException;

    /** How much of a client is stored, and may be: the sum of the packs that count for it; empty if there is no such client. */
    Optional<Quota> quota(ClientName name) throws BackupException;

    /** The same, empty also if there is no bound: nothing is added up then. */
    Optional<Quota> boundedQuota(ClientName name) throws BackupException;

    /** Of all clients, by name. */
    List<Quota> quotas() throws BackupException;

    /** Bytes of the packs of tree pages that count for a client's quota. */
    long treeBytes(ClientName name) throws BackupException;

    /** What was laid down for a client; {@link ClientTerms#none} if nothing was. */
    ClientTerms terms(ClientName client) throws BackupException;

    /** By client, then by name; of one client or (null) of all. */
    List<KeptSaveSet> saveSets(ClientName client) throws BackupException;

    Optional<KeptSaveSet> saveSet(SaveSetId id) throws BackupException;

    /** By name. */
    List<Policy> policies() throws BackupException;

    Optional<Policy> policy(PolicyName name) throws BackupException;

    /** Up to when the schedule of a policy is dealt with; empty if that was never said. */
    Optional<Instant> scheduled(PolicyName policy) throws BackupException;

    /** The last runs of a policy, so many at most, newest first. */
    List<PolicyRun> policyRuns(PolicyName policy, int limit) throws BackupException;

    /** The same without their parts. */
    default List<PolicyRun> barePolicyRuns(PolicyName policy, int limit) throws BackupException {
        return policyRuns(policy, limit).stream().map(run -> run.with(List.of())).toList();
    }

    /** The runs of all policies that have not ended, by policy, then by number. */
    List<PolicyRun> openPolicyRuns() throws BackupException;

    /** Those of one policy, by number. */
    default List<PolicyRun> openPolicyRuns(PolicyName policy) throws BackupException {
        return openPolicyRuns().stream().filter(run -> run.policy().equals(policy)).toList();
    }

    /** All snapshots, oldest first, of one client or (null) of all; without manifests. */
    List<Snapshot> snapshots(ClientName client) throws BackupException;

    /** The pool's snapshots, of a replica those that have a copy there; oldest first; without manifests. */
    List<Snapshot> snapshotsIn(PoolName pool) throws BackupException;

    /**
     * The oldest ten of the snapshots whose ids begin so, oldest first; without manifests.
     *
     * @param digits hexadecimal, up to 32; no id begins with anything else
     */
    List<Snapshot> snapshotsBeginningWith(String digits) throws BackupException;

    int snapshotCount() throws BackupException;

    /** With its manifest. */
    Optional<Snapshot> snapshot(SnapshotId id) throws BackupException;

    /** By snapshot. */
    List<Pin> pins() throws BackupException;

    /** Empty if it is not pinned. */
    Optional<Pin> pin(SnapshotId snapshot) throws BackupException;

    /** For how long nobody deletes a snapshot in a pool, from when it was received; of a set what was laid down for its pool; {@link Duration#ZERO} if nothing was. */
    Duration lock(PoolName pool) throws BackupException;

    /** In which mode the medium of a pool with a lock is asked to lock what lies on it, {@link BlobLock.Mode#GOVERNANCE} if nothing was laid down; of a set as {@link #lock}. */
    BlobLock.Mode lockMode(PoolName pool) throws BackupException;

    /** The pool's snapshots that were deleted, by id; of a replica those of the pool that it is of. */
    List<Deletion> deletions(PoolName pool) throws BackupException;

    /** The newest snapshot of a save set in a pool, with its manifest. */
    Optional<Snapshot> latest(ClientName client, SaveSetName saveSet, PoolName pool) throws BackupException;

    /** Of each save set in each pool, each set of a pool by itself, so many of the newest snapshots; by id, without manifests. */
    default List<Snapshot> newestSnapshots(int each) throws BackupException {
        Map<List<Object>, Deque<Snapshot>> newest = new HashMap<>();
        for (Snapshot snapshot : snapshots(null)) {
            Deque<Snapshot> last = newest.computeIfAbsent(List.of(snapshot.client(), snapshot.saveSet(), snapshot.pool()), key -> new ArrayDeque<>());
            last.addLast(snapshot);
            if (last.size() > each) {
                last.removeFirst();
            }
        }
        return newest.values().stream().flatMap(Deque::stream).sorted(Comparator.comparing(Snapshot::id)).toList();
    }

    /**
     * Of each save set in each pool, all sets of the pool together, so many of the newest snapshots, and of those the ones that have no whole copy in another pool:
     * in none of its sets; by id, without manifests.
     *
     * @param to no set behind the first
     */
    default List<Snapshot> newestUncopied(int each, PoolName to) throws BackupException {
        Map<PoolName, PoolName> heads = mediaSets().stream().collect(Collectors.toMap(MediaSet::name, MediaSet::of));
        Map<PoolName, PoolName> within = replicas().stream().collect(Collectors.toMap(Replica::name, replica -> heads.getOrDefault(replica.within(), replica.within())));
        Map<List<Object>, Deque<Snapshot>> newest = new HashMap<>();
        for (Snapshot snapshot : snapshots(null)) {
            Deque<Snapshot> last = newest.computeIfAbsent(List.of(snapshot.client(), snapshot.saveSet(), heads.getOrDefault(snapshot.pool(), snapshot.pool())), key -> new ArrayDeque<>());
            last.addLast(snapshot);
            if (last.size() > each) {
                last.removeFirst();
            }
        }
        List<Snapshot> uncopied = new ArrayList<>();
        for (Snapshot snapshot : newest.values().stream().flatMap(Deque::stream).sorted(Comparator.comparing(Snapshot::id)).toList()) {
            if (copies(snapshot.id()).stream().noneMatch(copy -> !copy.damaged() && to.equals(within.get(copy.replica())))) {
                uncopied.add(snapshot);
            }
        }
        return uncopied;
    }

    /** Of each save set in each pool, each set of a pool by itself, what was received last; and behind all those the same of replicas, by the copies there; each by client, save set, place. */
    default List<LastReceived> lastReceived() throws BackupException {
        Map<SnapshotId, Snapshot> all = snapshots(null).stream().collect(Collectors.toMap(Snapshot::id, snapshot -> snapshot));
        List<LastReceived> rows = new ArrayList<>(all.values().stream().map(snapshot -> LastReceived.of(snapshot, snapshot.pool())).toList());
        List<LastReceived> last = new ArrayList<>(LastReceived.fold(rows));
        rows.clear();
        for (Replica replica : replicas()) {
            copiesIn(replica.name()).stream().map(copy -> all.get(copy.snapshot())).filter(Objects::nonNull).forEach(snapshot -> rows.add(LastReceived.of(snapshot, replica.name())));
        }
        last.addAll(LastReceived.fold(rows));
        return last;
    }

    /**
     * So many snapshots of those that were received at a time or later, the oldest of them first: by when they were received, then by id; without manifests.
     *
     * @param client of which they are; null for all
     * @param since  null: from the first one on
     * @param behind of those that were received just then only those with a greater id; null: all
     */
    default List<Snapshot> received(ClientName client, Instant since, SnapshotId behind, int limit) throws BackupException {
        return snapshots(client).stream().filter(one -> since == null || one.received().isAfter(since) || one.received().equals(since) && (behind == null || one.id().compareTo(behind) > 0))
                .sorted(Comparator.comparing((Snapshot one) -> one.received()).thenComparing(Snapshot::id)).limit(limit).toList();
    }

    /** The copies of {@link #newestSnapshots}; by snapshot, then by replica. */
    default List<SnapshotCopy> newestCopies(int each) throws BackupException {
        List<SnapshotCopy> copies = new ArrayList<>();
        for (Snapshot snapshot : newestSnapshots(each)) {
            copies.addAll(copies(snapshot.id()));
        }
        return copies;
    }

    /** Whether a snapshot of the save set, or a copy of one, be it damaged or not, is in a pool or one of its sets. @param pool no set behind the first */
    default boolean isIn(SaveSetId saveSet, PoolName pool) throws BackupException {
        Map<PoolName, PoolName> heads = mediaSets().stream().collect(Collectors.toMap(MediaSet::name, MediaSet::of));
        Map<PoolName, PoolName> within = replicas().stream().collect(Collectors.toMap(Replica::name, replica -> heads.getOrDefault(replica.within(), replica.within())));
        for (Snapshot snapshot : snapshots(saveSet.client())) {
            if (snapshot.saveSet().equals(saveSet.name()) && (heads.getOrDefault(snapshot.pool(), snapshot.pool()).equals(pool)
                    || copies(snapshot.id()).stream().anyMatch(copy -> pool.equals(within.get(copy.replica()))))) {
                return true;
            }
        }
        return false;
    }

    /** Oldest first; only those that have not ended, or all; without orders and results. */
    List<Job> jobs(boolean unendedOnly) throws BackupException;

    /**
     * Jobs in the order of their numbers, ended or not, without orders and results.
     *
     * @param behind only those with a larger number; null: from the first on
     * @param limit  so many at most
     */
    default List<Job> jobsBehind(JobId behind, int limit) throws BackupException {
        return jobs(false).stream().filter(job -> behind == null || job.id().compareTo(behind) > 0).limit(limit).toList();
    }

    /**
     * The first jobs behind one that have not ended, oldest first; with their orders. For who goes through all that wait, of which there may be more than memory has room for.
     *
     * @param behind only those with a larger number; null: from the first on
     * @param limit  so many at most
     */
    default List<Job> unendedBehind(JobId behind, int limit) throws BackupException {
        List<Job> whole = new ArrayList<>();
        for (Job job : jobs(true).stream().filter(job -> behind == null || job.id().compareTo(behind) > 0).limit(limit).toList()) {
            whole.add(job(job.id()).orElse(job));
        }
        return whole;
    }

    /**
     * The newest jobs, ended or not, oldest first; without orders and results.
     *
     * @param client only of this one; null: of all, and those that are no client's
     * @param before only those with a smaller number; null: the newest there are
     * @param limit  so many at most
     */
    default List<Job> newestJobs(ClientName client, JobId before, int limit) throws BackupException {
        List<Job> all = jobs(false).stream().filter(job -> (client == null || client.equals(job.client())) && (before == null || job.id().compareTo(before) < 0)).toList();
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    /**
     * Of the jobs from one to another those that stay, however old: those that something in the catalog tells of (a part of a run of a policy or of a plan of drills, or a proof), and the last
     * backup of each client that ended well. A store that can't say names all.
     */
    default Set<JobId> jobsKept(JobId first, JobId last) throws BackupException {
        return jobs(false).stream().map(Job::id).filter(id -> id.compareTo(first) >= 0 && id.compareTo(last) <= 0).collect(Collectors.toSet());
    }

    /** With its order and result. */
    Optional<Job> job(JobId id) throws BackupException;

    /** A job's log, oldest first. */
    List<JobLine> log(JobId job) throws BackupException;

    /** By serial: those of hosts, not those of this appliance itself. */
    List<HostCertificate> certificates() throws BackupException;

    /** By id. */
    List<Invitation> invitations() throws BackupException;

    Optional<Invitation> invitation(String id) throws BackupException;

    /** By peer. */
    List<HostContact> contacts() throws BackupException;

    /** By name. */
    List<User> users() throws BackupException;

    Optional<User> user(UserName name) throws BackupException;

    /** Of one user, by name. */
    List<Passkey> passkeys(UserName user) throws BackupException;

    /** By {@link Passkey#credential}. */
    Optional<Passkey> passkey(byte[] credential) throws BackupException;

    /** Empty if there is no provider. */
    Optional<SignOn> signOn() throws BackupException;

    Optional<Identity> identity(String issuer, String subject) throws BackupException;

    /** Empty if he did not come by a provider. */
    Optional<Identity> identity(UserName user) throws BackupException;

    /** By name. */
    List<ApiToken> tokens() throws BackupException;

    /** By {@link ApiToken#hash}. */
    Optional<ApiToken> token(byte[] hash) throws BackupException;

    /**
     * The newest first.
     *
     * @param below only those with a smaller number
     */
    List<AuditEntry> audit(long below, int limit) throws BackupException;

    /** Oldest first, without orders and answers. @param openOnly those that have not ended */
    List<Request> requests(boolean openOnly) throws BackupException;

    /** With its order and answer. */
    Optional<Request> request(long number) throws BackupException;

    /** Alerts that were there when somebody last looked, by code, then by subject. */
    List<Alert> alerts() throws BackupException;

    /** What happened and was not taken by {@link CatalogEdit#takeHappening}, oldest first. */
    List<Happening> happenings(int limit) throws BackupException;

    /** By name. */
    List<NoticeTarget> noticeTargets() throws BackupException;

    Optional<NoticeTarget> noticeTarget(TargetName name) throws BackupException;

    /**
     * Those that wait, oldest first; then those that were given up.
     *
     * @param target null: of all
     */
    List<Notice> notices(TargetName target, int limit) throws BackupException;

    Optional<Notice> notice(long number) throws BackupException;

    /**
     * What drills proved, newest first; without what {@link Proof#told}.
     *
     * @param client  null for those of all
     * @param saveSet null for all of the client; null without one
     * @param below   only those of jobs with a smaller number
     */
    List<Proof> proofs(ClientName client, SaveSetName saveSet, long below, int limit) throws BackupException;

    /** What a drill proved, with all that is told; empty if it has not ended, or there is none. */
    Optional<Proof> proof(JobId job) throws BackupException;

    /** The newest of each save set and pool, by these; only those with this outcome, or (null) all; without what {@link Proof#told}. */
    List<Proof> lastProofs(Proof.Outcome outcome) throws BackupException;

    /** Those about one client. */
    default List<Proof> lastProofs(Proof.Outcome outcome, ClientName client) throws BackupException {
        return lastProofs(outcome).stream().filter(proof -> proof.saveSet().client().equals(client)).toList();
    }

    /** By name. */
    List<DrillPlan> drillPlans() throws BackupException;

    Optional<DrillPlan> drillPlan(PolicyName name) throws BackupException;

    /** Up to when the schedule of a plan of drills is dealt with; empty if that was never said. */
    Optional<Instant> drillsScheduled(PolicyName plan) throws BackupException;

    /** The last runs of a plan of drills, so many at most, newest first; {@link PolicyRun#policy} is the plan's name. */
    List<PolicyRun> drillRuns(PolicyName plan, int limit) throws BackupException;

    /** The same without their parts. */
    default List<PolicyRun> bareDrillRuns(PolicyName plan, int limit) throws BackupException {
        return drillRuns(plan, limit).stream().map(run -> run.with(List.of())).toList();
    }

    /** The runs of all plans of drills that have not ended, by plan, then by number. */
    List<PolicyRun> openDrillRuns() throws BackupException;

    /** Those of one plan, by number. */
    default List<PolicyRun> openDrillRuns(PolicyName plan) throws BackupException {
        return openDrillRuns().stream().filter(run -> run.policy().equals(plan)).toList();
    }

    /** How much of a pool had been read back, a row for each day on which it was counted, oldest first; the last so many at most. */
    List<Coverage> coverage(PoolName pool, int limit) throws BackupException;

    /** The same as it is at this moment, counted. */
    Coverage coverageNow(PoolName pool, Instant now) throws BackupException;
}
