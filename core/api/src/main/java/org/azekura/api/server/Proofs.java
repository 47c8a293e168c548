package org.azekura.api.server;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Coverage;
import org.azekura.api.catalog.Proof;
import org.osgi.annotation.versioning.ProviderType;

/** What drills proved, and how much was read back. Safe for any number of threads. */
@ProviderType
public interface Proofs {

    /** A list asked for here is no longer than this. */
    int MOST = 1000;

    /** When drills run by themselves. */
    DrillPlans plans();

    /**
     * Newest first, without what they tell.
     *
     * @param client  null for those of all
     * @param saveSet null for all of the client; null without one
     * @param below   only those of jobs with a smaller number
     * @param limit   1 to {@link #MOST}
     */
    List<Proof> list(ClientName client, SaveSetName saveSet, long below, int limit) throws BackupException;

    /** With all that it tells. @throws BackupException {@code drill.unknown} if there is none, or it has not ended */
    Proof get(JobId job) throws BackupException;

    /** How each copy of each save set stands of which there is a snapshot, by these. */
    List<Standing> standings() throws BackupException;

    /** Those of one client, or (null) all. */
    default List<Standing> standings(ClientName client) throws BackupException {
        return standings().stream().filter(one -> client == null || one.saveSet().client().equals(client)).toList();
    }

    /**
     * The drill that ended last of those that are the newest of a copy to have proved all that they chose; empty if nothing ever did. Only copies count of which there is a snapshot.
     *
     * @param sees whose data count
     */
    default Optional<Proof> lastProven(Predicate<ClientName> sees) throws BackupException {
        return standings().stream().map(Standing::proven).filter(proof -> proof != null && sees.test(proof.saveSet().client())).max(Comparator.comparing(Proof::ended));
    }

    /**
     * What is known of a copy.
     *
     * @param pool   in which it lies, as people name it
     * @param newest the newest snapshot of it there
     * @param proven the newest drill that proved all that it chose; null if none did
     * @param last   the newest drill; null if there was none
     */
    record Standing(SaveSetId saveSet, PoolName pool, SnapshotId newest, Proof proven, Proof last) {}

    /** How far apart the places are in which the newest snapshot of each save set lies, by save set. What changes through no job may be a minute old. */
    default List<Newest> newest() throws BackupException {
        return List.of();
    }

    /** The newest snapshot of a save set, and how it is spread. */
    record Newest(SaveSetId saveSet, SnapshotId snapshot, Spread spread) {}

    /**
     * How much of a pool was read back, a row for each day on which it was counted, oldest first, the last one as it is now.
     *
     * @param days 1 to {@link #MOST}
     * @throws BackupException {@code pool.unknown}
     */
    List<Coverage> coverage(PoolName pool, int days) throws BackupException;

    /**
     * Signs a report for people who do not trust whoever hands it to them.
     *
     * @return a detached signature: CMS, PEM, with the certificates of the signer and of this appliance's authority in it
     */
    Signed sign(byte[] report) throws BackupException;

    /**
     * A signature and by whom.
     *
     * @param authority   its certificate, PEM: whoever has it from elsewhere can check the signature with any program that knows CMS
     * @param fingerprint of that certificate, SHA-256 in hexadecimal
     */
    record Signed(String signature, String authority, String fingerprint) {}
}
