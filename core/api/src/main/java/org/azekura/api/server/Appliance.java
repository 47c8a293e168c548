package org.azekura.api.server;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.osgi.annotation.versioning.ProviderType;

/** The appliance as a whole. Safe for any number of threads. */
@ProviderType
public interface Appliance {

    /** How it is, now. */
    Status status() throws BackupException;

    /** The servers that share its catalog, or did and were not forgotten; who leads first. */
    default List<CatalogServer> servers() {
        return List.of();
    }

    /**
     * A server is gone for good: hosts look for it no longer, nor is anybody told that it is away. One that comes again all the same is one again.
     *
     * @param server its host's name
     * @throws BackupException {@code server.unknown}; {@code server.there} if it was heard of within a minute
     */
    default void forgetServer(String server) throws BackupException {
        throw new UnsupportedOperationException();
    }

    /** Where the directories of all snapshots are, and how that is now. */
    default Trees trees() {
        return Trees.HERE;
    }

    /** What the server takes the time to be, now. */
    ClockState clock() throws BackupException;

    /**
     * Says that the machine's clock is right, where nobody else does: the retention time goes on from it.
     *
     * @param seen what the machine's clock said to who confirms
     * @throws BackupException {@code clock.done} if nothing is asked; {@code clock.changed} if the clock says something else by now; {@code
     *                         clock.refused} if NTP or another host says that it is earlier: nothing was changed
     */
    ClockState confirmClock(Instant seen) throws BackupException;

    /** How far the appliance's own configuration and catalog are on media, and what a rebuild has brought back that is not in force. */
    Backup backup() throws BackupException;

    /**
     * Has what is not on a pool's medium yet be written there now, one pool after the other; waits until that is through, with cartridges some minutes.
     *
     * @return as {@link #backup} after that; it names pools where it could not be done
     */
    Backup backUp() throws BackupException;

    /** Nobody wants to be told any more what is not in force after a rebuild. */
    Backup forgetLeft() throws BackupException;

    /** Where its hosts and pools are. */
    Sites sites();

    /** By name. */
    List<Client> clients() throws BackupException;

    /**
     * The clients that share known chunks with this one.
     *
     * @throws BackupException {@code client.unknown}
     */
    Trust trust(ClientName client) throws BackupException;

    /**
     * Has a client share known chunks with others from now on. Its snapshots would not be found any more: so it has none.
     *
     * @param groupOrClient 32 hexadecimal digits of a group that has a client, or a client's name
     * @throws BackupException {@code client.unknown}, {@code group.unknown}; {@code snapshot.exists} if it has snapshots, {@code client.running}
     *                         if jobs of it or with its data have not ended: it stays where it is
     */
    Trust join(ClientName client, String groupOrClient) throws BackupException;

    /** The same with a group of its own. */
    Trust leave(ClientName client) throws BackupException;

    /** How much of every client is stored, and may be; by name. */
    List<Quota> quotas() throws BackupException;

    /** @throws BackupException {@code client.unknown} */
    Quota quota(ClientName client) throws BackupException;

    /**
     * Bounds how much may be stored of a client, from its next job on. What is stored stays.
     *
     * @param bytes {@link Quota#NONE} lifts the bound
     * @throws BackupException {@code client.unknown}; {@code quota.value} if it is no number of bytes from 1 on
     */
    Quota limit(ClientName client, long bytes) throws BackupException;

    /** Where server and storage nodes dial this client, because it may not dial them: {@code HOST:PORT}; empty if it dials. */
    Optional<String> address(ClientName client) throws BackupException;

    /**
     * Has this client be dialled from now on, also one that was never seen; a connection that exists stays. Waits up to 15 s until it is there;
     * if it is not, it is dialled on.
     *
     * @param address {@code HOST:PORT}; empty: it dials
     * @throws BackupException {@code host.address}
     */
    void setAddress(ClientName client, String address) throws BackupException;

    /** The same of a storage node, which the server dials. */
    Optional<String> address(NodeName node) throws BackupException;

    /** @throws BackupException {@code host.address} */
    void setAddress(NodeName node, String address) throws BackupException;

    /** @throws BackupException {@code client.unknown} */
    ClientTerms terms(ClientName client) throws BackupException;

    /**
     * Has the backups of a client for which no pool is named go there from the next one on.
     *
     * @param pool  null for none
     * @param group instead of a pool: one of it; null for none
     * @throws BackupException {@code client.unknown}, {@code pool.unknown}; {@code group.unknown} if no pool is in it
     */
    ClientTerms direct(ClientName client, PoolName pool, PoolGroup group) throws BackupException;

    /**
     * Bounds how fast a client sends and receives in all its jobs together, those that run included.
     *
     * @param limits replace those before; times of the day are those of the server's time zone
     * @throws BackupException {@code client.unknown}, {@code limit.many} if they are more than 50
     */
    ClientTerms limit(ClientName client, List<Bandwidth> limits) throws BackupException;

    /**
     * The appliance's own backup.
     *
     * @param pools by name; copies of pools elsewhere among them
     * @param left  what a rebuild has brought back that is not in force, as long as that is so
     */
    record Backup(List<Saved> pools, List<Left> left) {

        public Backup {
            pools = List.copyOf(pools);
            left = List.copyOf(left);
        }

        /** When anything newer was written last; null: never. */
        public Instant newest() {
            return pools.stream().map(Saved::written).filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
        }
    }

    /**
     * What is on the medium of a pool.
     *
     * @param written when it was written last, by the machine's clock; null: never, or by a program that did not note it
     * @param current whether it says all that somebody has laid down
     * @param problem why it could not be written; empty if it could, or nobody has tried
     */
    record Saved(PoolName pool, NodeName node, Instant written, boolean current, String problem) {}

    /**
     * Something that came back and is not in force.
     *
     * @param kind    user, target, sso or device
     * @param name    of it
     * @param what    is not in force and why, for people
     * @param command that changes it
     */
    record Left(String kind, String name, String what, String command) {}

    /** @param members by name, the client itself among them */
    record Trust(TrustGroup group, List<ClientName> members) {}

    /**
     * @param catalog  where it is, for people; empty if its store does not say
     * @param roles    one row per connected role
     * @param warnings what needs a look, one line each
     * @param running  jobs that have not ended
     * @param power    what feeds hosts of storage nodes, as far as it tells; by node, then by device
     */
    record Status(String version, String catalog, List<RoleState> roles, List<String> warnings, int running, int snapshots, List<Power> power) {}

    /**
     * How a source of power stands.
     *
     * @param supply  mains, battery, low or unknown
     * @param held    whether jobs wait because of it
     * @param voltage of the mains, in volts; null if it is not known
     * @param charge  of the battery, in percent; null if it is not known
     * @param since   when the supply became what it is
     * @param problem what needs a look; empty if nothing does
     */
    record Power(String device, String node, String supply, boolean held, Double voltage, Integer charge, Instant since, String problem) {}

    /**
     * The directories of all snapshots, as the server has them.
     *
     * @param device  where servers keep them together; empty if they are in the home of this one alone
     * @param problem what needs a look; empty if nothing does
     */
    record Trees(String device, TreesState state, String problem) {

        /** In the home alone. */
        public static final Trees HERE = new Trees("", TreesState.HERE, "");
    }

    /** How the store of directories is. */
    enum TreesState {
        /** All are at hand. */
        HERE,
        /** Not all that others have written has come yet. */
        BEHIND,
        /** The device can't be asked: what came before is read, and backups wait. */
        AWAY,
        /** Another process writes under this server's name: this one writes nothing. */
        FENCED;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param kind server, node or client */
    record RoleState(String kind, String name, boolean connected) {}
}
