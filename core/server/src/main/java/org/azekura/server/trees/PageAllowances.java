package org.azekura.server.trees;

import java.util.HashMap;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ByteSize;
import org.azekura.api.ClientName;

/**
 * How many tree pages backups may bring here. A client sends each page to its storage node as well, where it counts for the quota; one that is in
 * the wrong hands could send them here alone. So what came of one client since its last snapshot, or the last prune, or the start of this server, is
 * no more than all tree packs that count for it in the catalog, and {@link #AHEAD}: that much may be under way. And nobody's pages take the room
 * that the catalog needs. Safe for any number of threads.
 */
public final class PageAllowances {

    /** A node takes in 56 MiB before it makes something durable; the rest is on its way there. */
    static final long AHEAD = 128 << 20;
    /** The room is looked at after so many bytes. */
    private static final long LOOK = 4 << 20;
    /** Code of a server's disk that is full: what waits for room can go on later. */
    public static final String FULL = "server.full";
    private static final String EXCEEDED = "pages.exceeded";

    private final Stored stored;
    private final Room room;
    private final Map<ClientName, Account> accounts = new HashMap<>();
    private long unlooked;

    private static final class Account {
        private long came;
        private long bound = AHEAD;
    }

    /** How many bytes of tree packs in the catalog count for a client. */
    @FunctionalInterface
    public interface Stored {
        long bytes(ClientName client) throws BackupException;
    }

    /** How many bytes more may be taken of the disk. */
    @FunctionalInterface
    public interface Room {
        long bytes() throws BackupException;
    }

    public PageAllowances(Stored stored, Room room) {
        this.stored = stored;
        this.room = room;
    }

    /**
     * Pages of a client were taken in that were not here before.
     *
     * @throws BackupException {@code pages.exceeded}, {@code server.full}: no more may come
     */
    public synchronized void came(ClientName client, long bytes) throws BackupException {
        Account account = accounts.computeIfAbsent(client, name -> new Account());
        account.came += bytes;
        unlooked += bytes;
        if (account.came > account.bound) {
            long packs = stored.bytes(client);
            account.bound = packs + AHEAD;
            if (account.came > account.bound) {
                throw exceeded(client, account.came, packs);
            }
        }
        if (unlooked >= LOOK) {
            requireRoom();
        }
    }

    /** @throws BackupException {@code server.full} if there is no more than the catalog needs */
    public synchronized void requireRoom() throws BackupException {
        unlooked = 0;
        if (room.bytes() <= 0) {
            throw BackupException.device(FULL, "", "the disk of the backup server is nearly full: what is left is for its catalog, and it takes in no more"
                    + " directories of backups; make room there, or delete snapshots and run \"azekura prune\"", null);
        }
    }

    private static BackupException exceeded(ClientName client, long came, long packs) {
        return BackupException.operator(EXCEEDED, client.value(), "client " + client + " has sent " + ByteSize.format(came) + " of directories to the backup"
                + " server, and only " + ByteSize.format(packs) + " of them are with its storage nodes (" + ByteSize.format(AHEAD) + " may be under way):"
                + " a sound client sends all to both; look who is on that host, or revoke it; \"azekura prune\" drops what nobody needs, and begins to count anew");
    }

    /** All pages that came of a client have been found on its storage node. */
    public synchronized void settled(ClientName client) {
        accounts.remove(client);
    }

    /** What nothing refers to has been dropped. */
    public synchronized void forget() {
        accounts.clear();
    }

    /** Whether this is why no more pages may come. */
    public static boolean isRefusal(BackupException e) {
        return e.failure().code().equals(EXCEEDED) || e.failure().code().equals(FULL);
    }
}
