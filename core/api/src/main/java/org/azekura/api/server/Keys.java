package org.azekura.api.server;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.osgi.annotation.versioning.ProviderType;

/** Who can read the pools. Safe for any number of threads. */
@ProviderType
public interface Keys {

    /** @throws BackupException {@code pool.unknown} */
    State state(PoolName pool) throws BackupException;

    /**
     * Writes a new key ring that one more recipient can open; all he will be able to read, new and old. A known key gets a new name.
     *
     * @param publicKey text of a public key file
     * @throws BackupException {@code key.missing} if the pool is sealed: then only a recipient can make the ring, see {@link #replaceRing};
     *                         {@code publickey.corrupt}, {@code recipient.many}
     */
    State addRecipient(PoolName pool, String publicKey) throws BackupException;

    /**
     * Writes a new key ring that a recipient cannot open, and begins a new epoch: sessions that begin after this returns he cannot read.
     * Without its own key the server is left with a sealed pool.
     *
     * @throws BackupException {@code key.missing} if the pool is sealed; {@code recipient.unknown}, {@code recipient.last}
     */
    State removeRecipient(PoolName pool, String keyId) throws BackupException;

    /**
     * Takes a key ring that a recipient has made from the one in {@link #state}.
     *
     * @throws BackupException {@code keyring.corrupt}, {@code keyring.order} if it does not follow the one that counts,
     *                         {@code keyring.forged} if its maker did not know the pool's keys
     */
    State replaceRing(PoolName pool, byte[] ring) throws BackupException;

    /**
     * Gives the server the recipient key in a recovery file, so that it can browse and restore.
     *
     * @param pool       null for every pool that the key opens
     * @param recovery   text of a recovery file, a sheet or an owner's key
     * @param passphrase that closes it, null if none does; opening it takes about half a second and 64 MiB
     * @return the pools it opens, at least one
     * @throws BackupException {@code recovery.corrupt}; {@code key.passphrase} if it is missing or wrong; {@code key.wrong} if it opens no such pool
     */
    List<PoolName> importKey(PoolName pool, String recovery, String passphrase) throws BackupException;

    /** The same, of one without a passphrase. */
    default List<PoolName> importKey(PoolName pool, String recovery) throws BackupException {
        return importKey(pool, recovery, null);
    }

    /**
     * Forgets the server's recipient key of a pool: it is sealed then.
     *
     * @throws BackupException {@code key.missing} if there is none; {@code key.unexported} if there is no recovery file
     */
    void forgetKey(PoolName pool) throws BackupException;

    /**
     * The keys of a pool.
     *
     * @param sealed whether the server holds no recipient key
     * @param number of the key ring
     * @param epoch  in which new sessions are sealed
     * @param ring   the key ring itself; no secret
     */
    record State(boolean sealed, int number, int epoch, List<Reader> recipients, byte[] ring) {}

    /**
     * One who can read a pool.
     *
     * @param id   of his key, 16 hexadecimal digits
     * @param here whether this server holds that key
     */
    record Reader(String id, String name, boolean here) {}
}
