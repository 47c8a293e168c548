package org.azekura.catalog.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.ApiToken;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.catalog.Coverage;
import org.azekura.api.catalog.Deletion;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.DriveMount;
import org.azekura.api.catalog.Happening;
import org.azekura.api.catalog.HostCertificate;
import org.azekura.api.catalog.HostContact;
import org.azekura.api.catalog.Identity;
import org.azekura.api.catalog.Invitation;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.LastReceived;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Notice;
import org.azekura.api.catalog.NoticeTarget;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Passkey;
import org.azekura.api.catalog.PendingVolume;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.PoolFigures;
import org.azekura.api.catalog.Proof;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Request;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Session;
import org.azekura.api.catalog.SignOn;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.catalog.User;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.BlobLock;

/** The queries. */
class Reading implements CatalogView {

    /** Snapshots of a pool, or of a replica; takes its name twice. */
    private static final String IN_POOL = "(pool = ? OR id IN (SELECT snapshot FROM snapshot_copy WHERE replica = ?))";
    /** Takes the name twice as well. */
    private static final String DELETED = "(pool = ? OR pool = (SELECT source FROM replica WHERE pool = ?))";

    final Sql sql;

    Reading(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Optional<String> setting(String name) throws BackupException {
        return sql.one("SELECT value FROM setting WHERE name = ?", row -> row.text(1), name);
    }

    /** Whatever order of texts the database has: that is asked of none. */
    @Override
    public SortedMap<String, String> settings(String prefix) throws BackupException {
        SortedMap<String, String> found = new TreeMap<>();
        sql.list("SELECT name, value FROM setting WHERE substr(name, 1, length(?)) = ?", row -> Map.entry(row.text(1), row.text(2)), prefix, prefix)
                .forEach(setting -> found.put(setting.getKey(), setting.getValue()));
        return found;
    }

    @Override
    public List<Pool> pools() throws BackupException {
        return sql.list(PoolRows.POOLS.select("WHERE name NOT IN (SELECT pool FROM replica UNION SELECT pool FROM media_set) ORDER BY name"), PoolRows::pool);
    }

    @Override
    public Optional<Pool> pool(PoolName name) throws BackupException {
        Optional<Pool> found = sql.one(PoolRows.POOLS.select("WHERE name = ?"), PoolRows::pool, name);
        Optional<PoolName> lender = found.isEmpty() ? Optional.empty() : lender(name);
        if (lender.isEmpty()) {
            return found;
        }
        Pool of = pool(lender.get()).orElseThrow();
        Pool filled = mediaSet(name).isPresent() ? found.get().with(of.livePercent(), of.compressionLevel()) : found.get();
        return Optional.of(filled.with(of.keyRing(), of.keyExported()));
    }

    /** Whose key ring is its own. */
    private Optional<PoolName> lender(PoolName name) throws BackupException {
        Optional<Replica> replica = replica(name);
        return replica.isPresent() ? replica.map(Replica::of) : mediaSet(name).map(MediaSet::of);
    }

    @Override
    public List<MediaSet> mediaSets() throws BackupException {
        return sql.list(MediaRows.SETS.select("ORDER BY source, number"), MediaRows::set);
    }

    @Override
    public Optional<MediaSet> mediaSet(PoolName name) throws BackupException {
        return sql.one(MediaRows.SETS.select("WHERE pool = ?"), MediaRows::set, name);
    }

    @Override
    public List<Replica> replicas() throws BackupException {
        return sql.list(CopyRows.REPLICAS.select("ORDER BY pool"), CopyRows::replica);
    }

    @Override
    public Optional<Replica> replica(PoolName name) throws BackupException {
        return sql.one(CopyRows.REPLICAS.select("WHERE pool = ?"), CopyRows::replica, name);
    }

    @Override
    public List<SnapshotCopy> copies(SnapshotId snapshot) throws BackupException {
        return sql.list(CopyRows.COPIES.select("WHERE snapshot = ? ORDER BY replica"), CopyRows::copy, snapshot.bytes());
    }

    @Override
    public List<SnapshotCopy> copiesIn(PoolName replica) throws BackupException {
        return sql.list(CopyRows.COPIES.select("WHERE replica = ? ORDER BY snapshot"), CopyRows::copy, replica);
    }

    @Override
    public List<Volume> volumes() throws BackupException {
        return sql.list(PoolRows.VOLUMES.select("ORDER BY label, id"), PoolRows::volume);
    }

    @Override
    public Optional<Volume> volume(VolumeId id) throws BackupException {
        return sql.one(PoolRows.VOLUMES.select("WHERE id = ?"), PoolRows::volume, id.bytes());
    }

    @Override
    public List<PendingVolume> pendingVolumes() throws BackupException {
        return sql.list(MediaRows.PENDING.select("ORDER BY pool, number"), MediaRows::pending);
    }

    @Override
    public List<ScratchVolume> scratchVolumes() throws BackupException {
        return sql.list(MediaRows.SCRATCH.select("ORDER BY barcode, volume"), MediaRows::scratch);
    }

    @Override
    public MediaRules mediaRules(PoolName pool) throws BackupException {
        PoolName of = mediaSet(pool).map(MediaSet::of).orElse(pool);
        return sql.one(MediaRows.RULES.select("WHERE pool = ?"), MediaRows::rules, of).orElse(MediaRules.usual(of));
    }

    @Override
    public List<DriveErrors> driveErrors() throws BackupException {
        return sql.list(MediaRows.ERRORS.select("ORDER BY drive, barcode"), MediaRows::errors);
    }

    @Override
    public List<DriveHealth> driveHealth() throws BackupException {
        return sql.list(MediaRows.HEALTH.select("ORDER BY drive"), MediaRows::health);
    }

    @Override
    public List<DriveMount> driveMounts(String barcode) throws BackupException {
        return barcode == null ? sql.list(MediaRows.MOUNTS.select("ORDER BY loaded, barcode, drive"), MediaRows::mount)
                : sql.list(MediaRows.MOUNTS.select("WHERE barcode = ? ORDER BY loaded, drive"), MediaRows::mount, barcode);
    }

    @Override
    public List<CartridgeLife> cartridgeLives() throws BackupException {
        return sql.list(MediaRows.LIVES.select("ORDER BY barcode"), MediaRows::life);
    }

    @Override
    public Optional<CartridgeLife> cartridgeLife(String barcode) throws BackupException {
        return sql.one(MediaRows.LIVES.select("WHERE barcode = ?"), MediaRows::life, barcode);
    }

    @Override
    public long packsOn(VolumeId volume) throws BackupException {
        return sql.one("SELECT count(*) FROM pack WHERE volume = ?", row -> row.number(1), volume.bytes()).orElse(0L);
    }

    @Override
    public long bytesOn(VolumeId volume) throws BackupException {
        return sql.one("SELECT coalesce(sum(size), 0) FROM pack WHERE volume = ?", row -> row.number(1), volume.bytes()).orElse(0L);
    }

    @Override
    public List<Pack> packs(PoolName pool) throws BackupException {
        return sql.list(SnapshotRows.PACKS.select("WHERE pool = ?"), SnapshotRows::pack, pool);
    }

    @Override
    public void eachPack(PoolName pool, Consumer<Pack> use) throws BackupException {
        sql.each(SnapshotRows.PACKS.select("WHERE pool = ?"), SnapshotRows::pack, use, pool);
    }

    @Override
    public PoolFigures figures(PoolName pool) throws BackupException {
        return sql.one("SELECT (SELECT count(*) FROM pack WHERE pool = ?), (SELECT count(*) FROM snapshot WHERE " + IN_POOL + "), "
                + "(SELECT count(*) FROM deletion WHERE " + DELETED + ")", row -> new PoolFigures(row.number(1), row.number(2), row.number(3)),
                pool, pool, pool, pool, pool)
                .orElseThrow();
    }

    @Override
    public void eachSession(PoolName pool, Consumer<Session> use) throws BackupException {
        sql.each(PoolRows.SESSIONS.select("WHERE pool = ?"), PoolRows::session, use, pool);
    }

    @Override
    public void eachPackLeastVerified(PoolName pool, Consumer<Pack> use) throws BackupException {
        sql.each(SnapshotRows.PACKS.select("WHERE pool = ? ORDER BY verified_at NULLS FIRST, written_at"), SnapshotRows::pack, use, pool);
    }

    @Override
    public Map<VolumeId, Instant> unreadSince(PoolName pool) throws BackupException {
        Map<VolumeId, Instant> since = new HashMap<>();
        sql.each("SELECT volume, min(coalesce(verified_at, written_at)) FROM pack WHERE pool = ? GROUP BY volume",
                row -> Map.entry(row.id(1, VolumeId::read), row.instant(2)), one -> since.put(one.getKey(), one.getValue()), pool);
        return since;
    }

    @Override
    public Optional<Pack> pack(PackId id) throws BackupException {
        return sql.one(SnapshotRows.PACKS.select("WHERE id = ?"), SnapshotRows::pack, id.bytes());
    }

    @Override
    public Optional<Pack> pack(PackId id, PoolName pool) throws BackupException {
        return sql.one(SnapshotRows.PACKS.select("WHERE id = ? AND pool = ?"), SnapshotRows::pack, id.bytes(), pool);
    }

    @Override
    public Optional<Session> session(SessionId id) throws BackupException {
        return sql.one(PoolRows.SESSIONS.select("WHERE id = ?"), PoolRows::session, id.bytes());
    }

    @Override
    public List<SessionId> sessionsOfNobody(PoolName pool) throws BackupException {
        return sql.list("SELECT id FROM session WHERE pool = ? AND trust_group IS NULL", row -> row.id(1, SessionId::read), pool);
    }

    @Override
    public List<SessionId> sessions(PoolName pool) throws BackupException {
        return sql.list("SELECT id FROM session WHERE pool = ?", row -> row.id(1, SessionId::read), pool);
    }

    @Override
    public List<Client> clients() throws BackupException {
        return sql.list(SnapshotRows.CLIENTS.select("ORDER BY name"), SnapshotRows::client);
    }

    @Override
    public Optional<Client> client(ClientName name) throws BackupException {
        return sql.one(SnapshotRows.CLIENTS.select("WHERE name = ?"), SnapshotRows::client, name);
    }

    @Override
    public List<KeptSaveSet> saveSets(ClientName client) throws BackupException {
        return SaveSetRows.list(sql, client);
    }

    @Override
    public Optional<KeptSaveSet> saveSet(SaveSetId id) throws BackupException {
        return SaveSetRows.one(sql, id).stream().findFirst();
    }

    @Override
    public List<Policy> policies() throws BackupException {
        return PolicyRows.list(sql, "ORDER BY name");
    }

    @Override
    public Optional<Policy> policy(PolicyName name) throws BackupException {
        return PolicyRows.list(sql, "WHERE name = ?", name).stream().findFirst();
    }

    @Override
    public Optional<Instant> scheduled(PolicyName policy) throws BackupException {
        return sql.one("SELECT scheduled FROM policy WHERE name = ? AND scheduled IS NOT NULL", row -> row.instant(1), policy);
    }

    @Override
    public List<PolicyRun> policyRuns(PolicyName policy, int limit) throws BackupException {
        return PolicyRunRows.POLICIES.last(sql, policy, limit);
    }

    @Override
    public List<PolicyRun> barePolicyRuns(PolicyName policy, int limit) throws BackupException {
        return PolicyRunRows.POLICIES.lastBare(sql, policy, limit);
    }

    @Override
    public List<PolicyRun> openPolicyRuns() throws BackupException {
        return PolicyRunRows.POLICIES.open(sql);
    }

    @Override
    public List<PolicyRun> openPolicyRuns(PolicyName policy) throws BackupException {
        return PolicyRunRows.POLICIES.open(sql, policy);
    }

    @Override
    public List<Proof> proofs(ClientName client, SaveSetName saveSet, long below, int limit) throws BackupException {
        return ProofRows.list(sql, client, saveSet, below, limit);
    }

    @Override
    public Optional<Proof> proof(JobId job) throws BackupException {
        return ProofRows.one(sql, job);
    }

    @Override
    public List<Proof> lastProofs(Proof.Outcome outcome) throws BackupException {
        return ProofRows.last(sql, outcome);
    }

    @Override
    public List<Proof> lastProofs(Proof.Outcome outcome, ClientName client) throws BackupException {
        return ProofRows.last(sql, outcome, client);
    }

    @Override
    public List<DrillPlan> drillPlans() throws BackupException {
        return DrillPlanRows.list(sql, "ORDER BY name");
    }

    @Override
    public Optional<DrillPlan> drillPlan(PolicyName name) throws BackupException {
        return DrillPlanRows.list(sql, "WHERE name = ?", name).stream().findFirst();
    }

    @Override
    public Optional<Instant> drillsScheduled(PolicyName plan) throws BackupException {
        return sql.one("SELECT scheduled FROM drill_plan WHERE name = ? AND scheduled IS NOT NULL", row -> row.instant(1), plan);
    }

    @Override
    public List<PolicyRun> drillRuns(PolicyName plan, int limit) throws BackupException {
        return PolicyRunRows.DRILLS.last(sql, plan, limit);
    }

    @Override
    public List<PolicyRun> bareDrillRuns(PolicyName plan, int limit) throws BackupException {
        return PolicyRunRows.DRILLS.lastBare(sql, plan, limit);
    }

    @Override
    public List<PolicyRun> openDrillRuns() throws BackupException {
        return PolicyRunRows.DRILLS.open(sql);
    }

    @Override
    public List<PolicyRun> openDrillRuns(PolicyName plan) throws BackupException {
        return PolicyRunRows.DRILLS.open(sql, plan);
    }

    @Override
    public List<Coverage> coverage(PoolName pool, int limit) throws BackupException {
        return CoverageRows.list(sql, pool, limit);
    }

    @Override
    public Coverage coverageNow(PoolName pool, Instant now) throws BackupException {
        return CoverageRows.now(sql, pool, now);
    }

    @Override
    public Optional<Quota> quota(ClientName name) throws BackupException {
        return sql.one(SnapshotRows.QUOTAS + "WHERE name = ?", SnapshotRows::quota, name);
    }

    @Override
    public Optional<Quota> boundedQuota(ClientName name) throws BackupException {
        return sql.one(SnapshotRows.QUOTAS + "WHERE name = ? AND quota >= 0", SnapshotRows::quota, name);
    }

    @Override
    public List<Quota> quotas() throws BackupException {
        return sql.list(SnapshotRows.QUOTAS + "ORDER BY name", SnapshotRows::quota);
    }

    @Override
    public long treeBytes(ClientName name) throws BackupException {
        return sql.one("SELECT coalesce(sum(size), 0) FROM pack WHERE client = ? AND tree = 1", row -> row.number(1), name).orElse(0L);
    }

    @Override
    public ClientTerms terms(ClientName client) throws BackupException {
        return TermsRows.terms(sql, client);
    }

    @Override
    public List<Snapshot> snapshots(ClientName client) throws BackupException {
        return client == null ? sql.list(SnapshotRows.SNAPSHOTS.list("ORDER BY id"), SnapshotRows::snapshot)
                : sql.list(SnapshotRows.SNAPSHOTS.list("WHERE client = ? ORDER BY id"), SnapshotRows::snapshot, client);
    }

    @Override
    public List<Snapshot> snapshotsIn(PoolName pool) throws BackupException {
        return sql.list(SnapshotRows.SNAPSHOTS.list("WHERE " + IN_POOL + " ORDER BY id"), SnapshotRows::snapshot, pool, pool);
    }

    @Override
    public List<Snapshot> snapshotsBeginningWith(String digits) throws BackupException {
        if (!digits.matches("\\p{XDigit}{0,32}")) {
            return List.of();
        }
        int missing = SnapshotId.BYTES * 2 - digits.length();
        return sql.list(SnapshotRows.SNAPSHOTS.list("WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 10"), SnapshotRows::snapshot,
                SnapshotId.parse(digits + "0".repeat(missing)).bytes(), SnapshotId.parse(digits + "f".repeat(missing)).bytes());
    }

    @Override
    public int snapshotCount() throws BackupException {
        return sql.list("SELECT count(*) FROM snapshot", row -> row.count(1)).getFirst();
    }

    @Override
    public Optional<Snapshot> snapshot(SnapshotId id) throws BackupException {
        return sql.one(SnapshotRows.SNAPSHOTS.select("WHERE id = ?"), SnapshotRows::snapshot, id.bytes());
    }

    @Override
    public List<Pin> pins() throws BackupException {
        return sql.list(RetentionRows.PINS.select("ORDER BY snapshot"), RetentionRows::pin);
    }

    @Override
    public Optional<Pin> pin(SnapshotId snapshot) throws BackupException {
        return sql.one(RetentionRows.PINS.select("WHERE snapshot = ?"), RetentionRows::pin, snapshot.bytes());
    }

    @Override
    public Duration lock(PoolName pool) throws BackupException {
        PoolName of = mediaSet(pool).map(MediaSet::of).orElse(pool);
        return sql.one(RetentionRows.LOCKS.select("WHERE pool = ?"), row -> Duration.ofSeconds(row.number(2)), of).orElse(Duration.ZERO);
    }

    @Override
    public BlobLock.Mode lockMode(PoolName pool) throws BackupException {
        PoolName of = mediaSet(pool).map(MediaSet::of).orElse(pool);
        return sql.one("SELECT mode FROM retention_lock WHERE pool = ?", row -> row.text(1, BlobLock.Mode::of), of).orElse(BlobLock.Mode.GOVERNANCE);
    }

    @Override
    public void eachVerified(PoolName pool, BiConsumer<PackId, Instant> use) throws BackupException {
        sql.each("SELECT id, verified_at FROM pack WHERE pool = ? AND verified_at IS NOT NULL", row -> Map.entry(row.id(1, PackId::read), row.instant(2)),
                one -> use.accept(one.getKey(), one.getValue()), pool);
    }

    @Override
    public void eachLocked(PoolName pool, BiConsumer<PackId, BlobLock> use) throws BackupException {
        sql.each("SELECT id, lock_mode, locked_until FROM pack WHERE pool = ? AND locked_until IS NOT NULL", RetentionRows::locked,
                one -> use.accept(one.getKey(), one.getValue()), pool);
    }

    @Override
    public List<Deletion> deletions(PoolName pool) throws BackupException {
        return sql.list(SnapshotRows.DELETIONS.select("WHERE " + DELETED + " ORDER BY snapshot"), SnapshotRows::deletion, pool, pool);
    }

    @Override
    public Optional<Snapshot> latest(ClientName client, SaveSetName saveSet, PoolName pool) throws BackupException {
        return sql.one(SnapshotRows.SNAPSHOTS.select("WHERE client = ? AND save_set = ? AND pool = ? ORDER BY id DESC"),
                SnapshotRows::snapshot, client, saveSet, pool);
    }

    @Override
    public List<Snapshot> newestSnapshots(int each) throws BackupException {
        return sql.list(SnapshotRows.SNAPSHOTS.list(SnapshotRows.NEWEST), SnapshotRows::snapshot, each);
    }

    @Override
    public List<Snapshot> newestUncopied(int each, PoolName to) throws BackupException {
        return sql.list(SnapshotRows.SNAPSHOTS.list(SnapshotRows.NEWEST_UNCOPIED), SnapshotRows::snapshot, each, each, to, to);
    }

    @Override
    public List<LastReceived> lastReceived() throws BackupException {
        return ReceivedRows.last(sql);
    }

    @Override
    public List<Snapshot> received(ClientName client, Instant since, SnapshotId behind, int limit) throws BackupException {
        return ReceivedRows.page(sql, client, since, behind, limit);
    }

    @Override
    public List<SnapshotCopy> newestCopies(int each) throws BackupException {
        return sql.list(CopyRows.COPIES.select(CopyRows.OF_NEWEST), CopyRows::copy, each);
    }

    @Override
    public boolean isIn(SaveSetId saveSet, PoolName pool) throws BackupException {
        return sql.one(SnapshotRows.IS_IN, row -> true, saveSet.client(), saveSet.name(), pool, pool, pool, pool).isPresent();
    }

    @Override
    public List<Job> jobs(boolean unendedOnly) throws BackupException {
        return sql.list(JobRows.JOBS.list((unendedOnly ? JobRows.UNENDED : "") + "ORDER BY id"), JobRows::job);
    }

    @Override
    public List<Job> jobsBehind(JobId behind, int limit) throws BackupException {
        return sql.list(JobRows.JOBS.list("WHERE id > ? ORDER BY id LIMIT ?"), JobRows::job, behind == null ? 0 : behind.value(), limit);
    }

    @Override
    public List<Job> unendedBehind(JobId behind, int limit) throws BackupException {
        return sql.list(JobRows.JOBS.select(JobRows.UNENDED + "AND id > ? ORDER BY id LIMIT ?"), JobRows::job, behind == null ? 0 : behind.value(), limit);
    }

    @Override
    public List<Job> newestJobs(ClientName client, JobId before, int limit) throws BackupException {
        return JobRows.newest(sql, client, before == null ? Long.MAX_VALUE : before.value(), limit).reversed();
    }

    @Override
    public Set<JobId> jobsKept(JobId first, JobId last) throws BackupException {
        return JobRows.kept(sql, first, last);
    }

    @Override
    public Optional<Job> job(JobId id) throws BackupException {
        return sql.one(JobRows.JOBS.select("WHERE id = ?"), JobRows::job, id.value());
    }

    @Override
    public List<JobLine> log(JobId job) throws BackupException {
        return sql.list(JobRows.LOG, JobRows::line, job.value());
    }

    @Override
    public List<HostCertificate> certificates() throws BackupException {
        return sql.list(HostRows.CERTIFICATES.select("ORDER BY serial"), HostRows::certificate);
    }

    @Override
    public List<Invitation> invitations() throws BackupException {
        return sql.list(HostRows.INVITATIONS.select("ORDER BY id"), HostRows::invitation);
    }

    @Override
    public Optional<Invitation> invitation(String id) throws BackupException {
        return sql.one(HostRows.INVITATIONS.select("WHERE id = ?"), HostRows::invitation, id);
    }

    @Override
    public List<HostContact> contacts() throws BackupException {
        return sql.list(HostRows.CONTACTS.select("ORDER BY peer"), HostRows::contact);
    }

    @Override
    public List<User> users() throws BackupException {
        return sql.list(AccessRows.USERS.select("ORDER BY name"), AccessRows::user);
    }

    @Override
    public Optional<User> user(UserName name) throws BackupException {
        return sql.one(AccessRows.USERS.select("WHERE name = ?"), AccessRows::user, name);
    }

    @Override
    public List<Passkey> passkeys(UserName user) throws BackupException {
        return sql.list(AccessRows.PASSKEYS.select("WHERE \"user\" = ? ORDER BY name"), AccessRows::passkey, user);
    }

    @Override
    public Optional<Passkey> passkey(byte[] credential) throws BackupException {
        return sql.one(AccessRows.PASSKEYS.select("WHERE credential = ?"), AccessRows::passkey, credential);
    }

    @Override
    public Optional<SignOn> signOn() throws BackupException {
        return sql.one(SignOnRows.PROVIDER.select(""), SignOnRows::provider);
    }

    @Override
    public Optional<Identity> identity(String issuer, String subject) throws BackupException {
        return sql.one(SignOnRows.IDENTITIES.select("WHERE issuer = ? AND subject = ?"), SignOnRows::identity, issuer, subject);
    }

    @Override
    public Optional<Identity> identity(UserName user) throws BackupException {
        return sql.one(SignOnRows.IDENTITIES.select("WHERE \"user\" = ?"), SignOnRows::identity, user);
    }

    @Override
    public List<ApiToken> tokens() throws BackupException {
        return sql.list(AccessRows.TOKENS.select("ORDER BY name"), AccessRows::token);
    }

    @Override
    public Optional<ApiToken> token(byte[] hash) throws BackupException {
        return sql.one(AccessRows.TOKENS.select("WHERE hash = ?"), AccessRows::token, hash);
    }

    @Override
    public List<AuditEntry> audit(long below, int limit) throws BackupException {
        return sql.list(AccessRows.AUDIT.select("WHERE number < ? ORDER BY number DESC LIMIT ?"), AccessRows::entry, below, limit);
    }

    @Override
    public List<Request> requests(boolean openOnly) throws BackupException {
        return sql.list(RequestRows.REQUESTS.list(openOnly ? "WHERE ended IS NULL ORDER BY number" : "ORDER BY number"), RequestRows::request);
    }

    @Override
    public Optional<Request> request(long number) throws BackupException {
        return sql.one(RequestRows.REQUESTS.select("WHERE number = ?"), RequestRows::request, number);
    }

    @Override
    public List<Alert> alerts() throws BackupException {
        return sql.list(NoticeRows.ALERTS.select("ORDER BY code, subject_kind, subject"), NoticeRows::alert);
    }

    @Override
    public List<Happening> happenings(int limit) throws BackupException {
        return sql.list(NoticeRows.HAPPENINGS, NoticeRows::happening, limit);
    }

    @Override
    public List<NoticeTarget> noticeTargets() throws BackupException {
        return sql.list(NoticeRows.TARGETS.select("ORDER BY name"), NoticeRows::target);
    }

    @Override
    public Optional<NoticeTarget> noticeTarget(TargetName name) throws BackupException {
        return sql.one(NoticeRows.TARGETS.select("WHERE name = ?"), NoticeRows::target, name);
    }

    @Override
    public List<Notice> notices(TargetName target, int limit) throws BackupException {
        return target == null ? sql.list(NoticeRows.NOTICES + NoticeRows.WAITING_FIRST, NoticeRows::notice, limit)
                : sql.list(NoticeRows.NOTICES + "WHERE target = ? " + NoticeRows.WAITING_FIRST, NoticeRows::notice, target, limit);
    }

    @Override
    public Optional<Notice> notice(long number) throws BackupException {
        return sql.one(NoticeRows.NOTICES + "WHERE number = ?", NoticeRows::notice, number);
    }
}
