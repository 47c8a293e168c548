package org.azekura.catalog.sql;

import java.time.Duration;
import java.time.Instant;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TargetName;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.ApiToken;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.catalog.Coverage;
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

/** The changes. */
final class Editing extends Reading implements CatalogEdit {

    private static final Table SETTINGS = new Table("setting", 1, 0, "name", "value");

    /** The highest job number that the counter is known to have passed: spares a change per pack. */
    private long counted;

    Editing(Sql sql) {
        super(sql);
    }

    private void count(JobId job) throws BackupException {
        if (job.value() > counted) {
            JobRows.had(sql, job);
            counted = job.value();
        }
    }

    @Override
    public void putSetting(String name, String value) throws BackupException {
        sql.update(SETTINGS.put(), name, value);
    }

    @Override
    public void deleteSetting(String name) throws BackupException {
        sql.update("DELETE FROM setting WHERE name = ?", name);
    }

    @Override
    public void putPool(Pool pool) throws BackupException {
        PoolRows.put(sql, pool);
    }

    @Override
    public void deletePool(PoolName name) throws BackupException {
        sql.update("WITH gone (name) AS (SELECT ? UNION SELECT pool FROM media_set WHERE source = ?) DELETE FROM pool WHERE name IN (SELECT name FROM gone)"
                + " OR name IN (SELECT pool FROM replica WHERE source IN (SELECT name FROM gone) OR within IN (SELECT name FROM gone))", name, name);
    }

    @Override
    public void putReplica(Replica replica) throws BackupException {
        CopyRows.put(sql, replica);
    }

    @Override
    public void putMediaSet(MediaSet set) throws BackupException {
        MediaRows.put(sql, set);
    }

    @Override
    public void giveSessions(PoolName from, PoolName to) throws BackupException {
        sql.update("UPDATE session SET pool = ? WHERE pool = ?", to, from);
    }

    @Override
    public void putCopy(SnapshotCopy copy) throws BackupException {
        CopyRows.put(sql, copy);
        count(copy.job());
    }

    @Override
    public void deleteCopy(SnapshotId snapshot, PoolName replica) throws BackupException {
        sql.update("DELETE FROM snapshot_copy WHERE snapshot = ? AND replica = ?", snapshot.bytes(), replica);
    }

    @Override
    public void putVolume(Volume volume) throws BackupException {
        PoolRows.put(sql, volume);
    }

    @Override
    public void putPack(Pack pack) throws BackupException {
        SnapshotRows.put(sql, pack);
        if (pack.job() != null) {
            count(pack.job());
        }
    }

    @Override
    public void placePack(PackId pack, PoolName pool, VolumeId volume, String position) throws BackupException {
        // Of several rows that would become one, one stays.
        sql.update("DELETE FROM pack WHERE id = ? AND (volume = ? OR pool = ?) AND volume <> (SELECT volume FROM pack WHERE id = ? AND pool = ? ORDER BY volume LIMIT 1)",
                pack.bytes(), volume.bytes(), pool, pack.bytes(), pool);
        sql.update("UPDATE pack SET volume = ?, position = ? WHERE id = ? AND pool = ?", volume.bytes(), position, pack.bytes(), pool);
    }

    @Override
    public void deleteVolume(VolumeId volume) throws BackupException {
        sql.update("DELETE FROM volume WHERE id = ?", volume.bytes());
    }

    @Override
    public void putPending(PendingVolume pending) throws BackupException {
        MediaRows.put(sql, pending);
    }

    @Override
    public void deletePending(PoolName pool, int number) throws BackupException {
        sql.update("DELETE FROM pending_volume WHERE pool = ? AND number = ?", pool, number);
    }

    @Override
    public void putScratch(ScratchVolume volume) throws BackupException {
        MediaRows.put(sql, volume);
    }

    @Override
    public void deleteScratch(VolumeId volume) throws BackupException {
        sql.update("DELETE FROM scratch_volume WHERE volume = ?", volume.bytes());
    }

    @Override
    public void putMediaRules(MediaRules rules) throws BackupException {
        MediaRows.put(sql, rules);
    }

    @Override
    public void putDriveErrors(DriveErrors errors) throws BackupException {
        MediaRows.put(sql, errors);
    }

    @Override
    public void deleteDriveErrors(String drive, String barcode) throws BackupException {
        sql.update("DELETE FROM drive_errors WHERE drive = ? AND barcode = ?", drive, barcode);
    }

    @Override
    public void putDriveHealth(DriveHealth health) throws BackupException {
        MediaRows.put(sql, health);
    }

    @Override
    public void deleteDriveHealth(String drive) throws BackupException {
        sql.update("DELETE FROM drive_health WHERE drive = ?", drive);
    }

    @Override
    public void putDriveMount(DriveMount mount) throws BackupException {
        MediaRows.put(sql, mount);
    }

    @Override
    public void deleteDriveMount(DriveMount mount) throws BackupException {
        sql.update("DELETE FROM drive_mount WHERE barcode = ? AND drive = ? AND loaded = ?", mount.barcode(), mount.drive(), mount.loaded());
    }

    @Override
    public void putCartridgeLife(CartridgeLife life) throws BackupException {
        MediaRows.put(sql, life);
    }

    @Override
    public void putOwners(PoolName pool) throws BackupException {
        sql.update("UPDATE pack SET client = maker.client FROM (SELECT DISTINCT job, client FROM snapshot WHERE pool = ?) AS maker"
                + " WHERE maker.job = pack.job AND pack.pool = ? AND pack.client IS NULL", pool, pool);
    }

    @Override
    public void deletePack(PackId pack, VolumeId volume) throws BackupException {
        sql.update("DELETE FROM pack WHERE id = ? AND volume = ?", pack.bytes(), volume.bytes());
    }

    @Override
    public void putVerified(PackId pack, VolumeId volume, Instant at) throws BackupException {
        sql.update("UPDATE pack SET verified_at = ? WHERE id = ? AND volume = ?", at, pack.bytes(), volume.bytes());
    }

    @Override
    public void deleteSession(SessionId id) throws BackupException {
        sql.update("DELETE FROM session WHERE id = ?", id.bytes());
    }

    @Override
    public void putSession(Session session) throws BackupException {
        PoolRows.put(sql, session);
    }

    @Override
    public void putClient(Client client) throws BackupException {
        SnapshotRows.put(sql, client);
    }

    @Override
    public void putSaveSet(KeptSaveSet saveSet) throws BackupException {
        SaveSetRows.put(sql, saveSet);
    }

    @Override
    public void deleteSaveSet(SaveSetId id) throws BackupException {
        SaveSetRows.delete(sql, id);
    }

    @Override
    public void putPolicy(Policy policy) throws BackupException {
        PolicyRows.put(sql, policy);
    }

    @Override
    public void deletePolicy(PolicyName name) throws BackupException {
        PolicyRows.delete(sql, name);
    }

    @Override
    public void putScheduled(PolicyName policy, Instant until) throws BackupException {
        sql.update("UPDATE policy SET scheduled = ? WHERE name = ?", until, policy);
    }

    @Override
    public void putPolicyRun(PolicyRun run) throws BackupException {
        PolicyRunRows.POLICIES.put(sql, run);
    }

    @Override
    public void deletePolicyRuns(PolicyName policy, int but) throws BackupException {
        PolicyRunRows.POLICIES.delete(sql, policy, but);
    }

    @Override
    public void putProof(Proof proof) throws BackupException {
        ProofRows.put(sql, proof);
        count(proof.job());
    }

    @Override
    public void putDrillPlan(DrillPlan plan) throws BackupException {
        DrillPlanRows.put(sql, plan);
    }

    @Override
    public void deleteDrillPlan(PolicyName name) throws BackupException {
        sql.update("DELETE FROM drill_plan WHERE name = ?", name);
    }

    @Override
    public void putDrillsScheduled(PolicyName plan, Instant until) throws BackupException {
        sql.update("UPDATE drill_plan SET scheduled = ? WHERE name = ?", until, plan);
    }

    @Override
    public void putDrillRun(PolicyRun run) throws BackupException {
        PolicyRunRows.DRILLS.put(sql, run);
    }

    @Override
    public void deleteDrillRuns(PolicyName plan, int but) throws BackupException {
        PolicyRunRows.DRILLS.delete(sql, plan, but);
    }

    @Override
    public void putCoverage(Coverage coverage) throws BackupException {
        CoverageRows.put(sql, coverage);
    }

    @Override
    public void putQuota(ClientName client, long limit) throws BackupException {
        sql.update("UPDATE client SET quota = ? WHERE name = ?", limit, client);
    }

    @Override
    public void putTerms(ClientTerms terms) throws BackupException {
        TermsRows.put(sql, terms);
    }

    @Override
    public void putSnapshot(Snapshot snapshot) throws BackupException {
        SnapshotRows.put(sql, snapshot);
        count(snapshot.job());
    }

    @Override
    public void deleteSnapshot(SnapshotId id, Instant at) throws BackupException {
        SnapshotRows.delete(sql, id, at);
    }

    @Override
    public void putPin(Pin pin) throws BackupException {
        RetentionRows.put(sql, pin);
    }

    @Override
    public void deletePin(SnapshotId snapshot) throws BackupException {
        sql.update("DELETE FROM pin WHERE snapshot = ?", snapshot.bytes());
    }

    @Override
    public void putLock(PoolName pool, Duration time) throws BackupException {
        RetentionRows.putLock(sql, pool, time);
    }

    @Override
    public void putLockMode(PoolName pool, BlobLock.Mode mode) throws BackupException {
        sql.update("UPDATE retention_lock SET mode = ? WHERE pool = ?", mode.word(), pool);
    }

    @Override
    public void putLocked(PackId pack, VolumeId volume, BlobLock lock) throws BackupException {
        sql.update("UPDATE pack SET lock_mode = ?, locked_until = ? WHERE id = ? AND volume = ?", lock.mode().word(), lock.until().getEpochSecond(),
                pack.bytes(), volume.bytes());
    }

    @Override
    public JobId nextJob() throws BackupException {
        return JobRows.next(sql);
    }

    @Override
    public void putJob(Job job) throws BackupException {
        JobRows.put(sql, job);
        count(job.id());
    }

    @Override
    public void addLine(JobLine line) throws BackupException {
        JobRows.add(sql, line);
    }

    @Override
    public int deleteJob(JobId job) throws BackupException {
        return JobRows.delete(sql, job);
    }

    @Override
    public void putCertificate(HostCertificate certificate) throws BackupException {
        HostRows.put(sql, certificate);
    }

    @Override
    public void deleteCertificate(String serial) throws BackupException {
        sql.update("DELETE FROM certificate WHERE serial = ?", serial);
    }

    @Override
    public void putInvitation(Invitation invitation) throws BackupException {
        HostRows.put(sql, invitation);
    }

    @Override
    public void deleteInvitation(String id) throws BackupException {
        sql.update("DELETE FROM invitation WHERE id = ?", id);
    }

    @Override
    public void putContact(HostContact contact) throws BackupException {
        HostRows.put(sql, contact);
    }

    @Override
    public void putUser(User user) throws BackupException {
        AccessRows.put(sql, user);
    }

    @Override
    public void deleteUser(UserName name) throws BackupException {
        sql.update("DELETE FROM user_account WHERE name = ?", name);
    }

    @Override
    public void putPasskey(Passkey passkey) throws BackupException {
        AccessRows.put(sql, passkey);
    }

    @Override
    public void deletePasskey(String id) throws BackupException {
        sql.update("DELETE FROM passkey WHERE id = ?", id);
    }

    @Override
    public void putSignOn(SignOn provider) throws BackupException {
        SignOnRows.put(sql, provider);
    }

    @Override
    public void deleteSignOn() throws BackupException {
        sql.update("DELETE FROM sign_on");
    }

    @Override
    public void putIdentity(Identity identity) throws BackupException {
        SignOnRows.put(sql, identity);
    }

    @Override
    public void putToken(ApiToken token) throws BackupException {
        AccessRows.put(sql, token);
    }

    @Override
    public void deleteToken(TokenName name) throws BackupException {
        sql.update("DELETE FROM api_token WHERE name = ?", name);
    }

    @Override
    public void addAudit(AuditEntry entry) throws BackupException {
        AccessRows.add(sql, entry);
    }

    @Override
    public void liftAudit(long above) throws BackupException {
        AccessRows.lift(sql, above);
    }

    @Override
    public void putRequest(Request request) throws BackupException {
        RequestRows.put(sql, request);
    }

    @Override
    public void putAlert(Alert alert) throws BackupException {
        NoticeRows.put(sql, alert);
    }

    @Override
    public void deleteAlert(Alert.Key key) throws BackupException {
        sql.update("DELETE FROM alert WHERE code = ? AND subject_kind = ? AND subject = ?", key.code(), key.subject().kind(), key.subject().name());
    }

    @Override
    public void takeHappening(Happening happening) throws BackupException {
        NoticeRows.take(sql, happening);
    }

    @Override
    public void putNoticeTarget(NoticeTarget target) throws BackupException {
        NoticeRows.put(sql, target);
    }

    @Override
    public void deleteNoticeTarget(TargetName name) throws BackupException {
        sql.update("DELETE FROM notice_target WHERE name = ?", name);
    }

    @Override
    public void addNotice(Notice notice) throws BackupException {
        NoticeRows.add(sql, notice);
    }

    @Override
    public void putNotice(Notice notice) throws BackupException {
        NoticeRows.put(sql, notice);
    }

    @Override
    public void deleteNotice(long number) throws BackupException {
        sql.update("DELETE FROM notice WHERE number = ?", number);
    }
}
