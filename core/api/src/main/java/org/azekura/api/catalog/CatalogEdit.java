package org.azekura.api.catalog;

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
import org.azekura.api.device.BlobLock;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What can be changed within one {@link CatalogStore#write}. {@code put} makes a row or replaces the one of the same key.
 */
@ProviderType
public interface CatalogEdit extends CatalogView {

    void putSetting(String name, String value) throws BackupException;

    /** One that is not there is no error. */
    void deleteSetting(String name) throws BackupException;

    void putPool(Pool pool) throws BackupException;

    /** Removes a pool with its volumes, packs and sessions, its sets, and the replicas of these and in these; the caller has made sure that no snapshot needs it. */
    void deletePool(PoolName name) throws BackupException;

    /** The pool rows of its name and of the two pools that it names must be there at the end of the transaction. */
    void putReplica(Replica replica) throws BackupException;

    /** The pool rows of its name and of the pool that it names must be there at the end of the transaction. */
    void putMediaSet(MediaSet set) throws BackupException;

    /** What one pool's sessions have sealed lies in another's snapshots, too: they are that one's from here on. */
    void giveSessions(PoolName from, PoolName to) throws BackupException;

    void putCopy(SnapshotCopy copy) throws BackupException;

    /** One that is not there is no error. */
    void deleteCopy(SnapshotId snapshot, PoolName replica) throws BackupException;

    void putVolume(Volume volume) throws BackupException;

    /** Removes a volume with the packs on it; one that is not there is no error. The caller has made sure that nothing on it is needed. */
    void deleteVolume(VolumeId volume) throws BackupException;

    void putPending(PendingVolume pending) throws BackupException;

    /** One that is not there is no error. */
    void deletePending(PoolName pool, int number) throws BackupException;

    void putScratch(ScratchVolume volume) throws BackupException;

    /** One that is not there is no error. */
    void deleteScratch(VolumeId volume) throws BackupException;

    void putMediaRules(MediaRules rules) throws BackupException;

    void putDriveErrors(DriveErrors errors) throws BackupException;

    /** One that is not there is no error. */
    void deleteDriveErrors(String drive, String barcode) throws BackupException;

    void putDriveHealth(DriveHealth health) throws BackupException;

    /** One that is not there is no error. */
    void deleteDriveHealth(String drive) throws BackupException;

    void putDriveMount(DriveMount mount) throws BackupException;

    /** One that is not there is no error. */
    void deleteDriveMount(DriveMount mount) throws BackupException;

    void putCartridgeLife(CartridgeLife life) throws BackupException;

    void putPack(Pack pack) throws BackupException;

    /**
     * Notes that a pack of this pool lies on this volume and on no other, here. Who it counts for and when it was last found whole stay as they are; one that
     * is not there is no error.
     */
    void placePack(PackId pack, PoolName pool, VolumeId volume, String position) throws BackupException;

    /** Has packs of this pool that count for nobody's quota, and whose job made a snapshot in it, count for that snapshot's client. */
    void putOwners(PoolName pool) throws BackupException;

    /** Forgets a copy of a pack; one that is not there is no error. */
    void deletePack(PackId pack, VolumeId volume) throws BackupException;

    /** Notes when a copy of a pack was last found whole; one that is not there is no error. {@link #putPack} leaves this as it is. */
    void putVerified(PackId pack, VolumeId volume, Instant at) throws BackupException;

    /** Notes for what the medium holds a copy of a pack; one that is not there is no error. {@link #putPack} leaves this as it is. */
    void putLocked(PackId pack, VolumeId volume, BlobLock lock) throws BackupException;

    /** Forgets a session; one that is not there is no error. The caller has made sure that nothing is sealed by it. */
    void deleteSession(SessionId id) throws BackupException;

    void putSession(Session session) throws BackupException;

    /** Leaves what {@link #putQuota} put as it is. */
    void putClient(Client client) throws BackupException;

    /**
     * How much may be stored of a client; one that is not there is no error.
     *
     * @param limit bytes; {@link org.azekura.api.Quota#NONE} without a bound
     */
    void putQuota(ClientName client, long limit) throws BackupException;

    /** Replaces all that was laid down for this client. */
    void putTerms(ClientTerms terms) throws BackupException;

    void putSaveSet(KeptSaveSet saveSet) throws BackupException;

    /** One that is not there is no error. The caller has made sure that no policy names it. */
    void deleteSaveSet(SaveSetId id) throws BackupException;

    /** @throws BackupException {@code catalog.*} if it names a save set that is not there */
    void putPolicy(Policy policy) throws BackupException;

    /** One that is not there is no error; its runs go with it. */
    void deletePolicy(PolicyName name) throws BackupException;

    /** Its snapshot must be there at the end of the transaction; goes with it. */
    void putPin(Pin pin) throws BackupException;

    /** One that is not there is no error. */
    void deletePin(SnapshotId snapshot) throws BackupException;

    /** @param time more than {@link Duration#ZERO}, in whole seconds */
    void putLock(PoolName pool, Duration time) throws BackupException;

    /** Of a pool that has a lock; of another is no error. */
    void putLockMode(PoolName pool, BlobLock.Mode mode) throws BackupException;

    /** The schedule of a policy that is there is dealt with up to this moment. */
    void putScheduled(PolicyName policy, Instant until) throws BackupException;

    /** Makes or replaces the run of this number, with its parts. */
    void putPolicyRun(PolicyRun run) throws BackupException;

    /** Forgets the runs of a policy that have ended, but for so many of the newest. */
    void deletePolicyRuns(PolicyName policy, int but) throws BackupException;

    /** @throws BackupException {@code catalog.*} without a manifest, like one from a list: it would be lost */
    void putSnapshot(Snapshot snapshot) throws BackupException;

    /** Takes a snapshot away and keeps its {@link Deletion}; one that is not there is no error. */
    void deleteSnapshot(SnapshotId id, Instant at) throws BackupException;

    /** A number no job ever had in this catalog, also after deletions. */
    JobId nextJob() throws BackupException;

    /**
     * That one which was there ends, or is parked, is a {@link Happening}.
     *
     * @throws BackupException {@code catalog.*} without an order, like one from a list: it would be lost
     */
    void putJob(Job job) throws BackupException;

    void addLine(JobLine line) throws BackupException;

    /**
     * Takes a job away with its log; its number is given to no other. One that is not there is no error. A store that does not know how keeps it.
     *
     * @return how many rows went: as many as the log had lines, and one
     */
    default int deleteJob(JobId job) throws BackupException {
        return 0;
    }

    void putCertificate(HostCertificate certificate) throws BackupException;

    /** One that is not there is no error. */
    void deleteCertificate(String serial) throws BackupException;

    void putInvitation(Invitation invitation) throws BackupException;

    /** One that is not there is no error. */
    void deleteInvitation(String id) throws BackupException;

    void putContact(HostContact contact) throws BackupException;

    void putUser(User user) throws BackupException;

    /** One that is not there is no error; what is of him goes with him. */
    void deleteUser(UserName name) throws BackupException;

    /** Its user must be there, and no other of his have its name. */
    void putPasskey(Passkey passkey) throws BackupException;

    /** One that is not there is no error. */
    void deletePasskey(String id) throws BackupException;

    /** In place of the one before. */
    void putSignOn(SignOn provider) throws BackupException;

    /** One that is not there is no error. */
    void deleteSignOn() throws BackupException;

    /** Its user must be there, and have no other. */
    void putIdentity(Identity identity) throws BackupException;

    void putToken(ApiToken token) throws BackupException;

    /** One that is not there is no error. */
    void deleteToken(TokenName name) throws BackupException;

    /**
     * There is no way to change or delete one, but to {@linkplain #liftAudit move} it behind others.
     *
     * @throws BackupException {@code catalog.*} if there is one of its number
     */
    void addAudit(AuditEntry entry) throws BackupException;

    /**
     * Takes lines of the audit log out, so that older ones that came back from media get the numbers that are theirs. Whoever does this adds all of them again, in the same transaction, behind
     * a line that says so.
     *
     * @param above those with a larger number
     */
    void liftAudit(long above) throws BackupException;

    /** @throws BackupException {@code catalog.*} without an order, like one from a list: it would be lost */
    void putRequest(Request request) throws BackupException;

    /** One that was not there is a {@link Happening}. */
    void putAlert(Alert alert) throws BackupException;

    /** One that is not there is no error; one that was is a {@link Happening}. */
    void deleteAlert(Alert.Key key) throws BackupException;

    /** Somebody has seen to it: it is not given again. That a job is parked for the same reason again is not, either. */
    void takeHappening(Happening happening) throws BackupException;

    void putNoticeTarget(NoticeTarget target) throws BackupException;

    /** With all that waits for it; one that is not there is no error. */
    void deleteNoticeTarget(TargetName name) throws BackupException;

    /** Its target must be there. @param notice its number does not matter: it gets one */
    void addNotice(Notice notice) throws BackupException;

    /** Of one that is there; one that is not is no error. */
    void putNotice(Notice notice) throws BackupException;

    /** One that is not there is no error. */
    void deleteNotice(long number) throws BackupException;

    /** Nothing that it names need be there. */
    void putProof(Proof proof) throws BackupException;

    /** @throws BackupException {@code catalog.*} if it names a save set that is not there */
    void putDrillPlan(DrillPlan plan) throws BackupException;

    /** One that is not there is no error; its runs go with it, what they proved stays. */
    void deleteDrillPlan(PolicyName name) throws BackupException;

    /** The schedule of a plan that is there is dealt with up to this moment. */
    void putDrillsScheduled(PolicyName plan, Instant until) throws BackupException;

    /** Makes or replaces the run of this number of the plan of its name, with its parts. */
    void putDrillRun(PolicyRun run) throws BackupException;

    /** Forgets the runs of a plan that have ended, but for so many of the newest. */
    void deleteDrillRuns(PolicyName plan, int but) throws BackupException;

    /** Goes with its pool. */
    void putCoverage(Coverage coverage) throws BackupException;
}
