package org.azekura.engine.volume;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.Timing;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.octets.ByteOutput;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.seal.SessionKey;

/**
 * What somebody has laid down for the whole appliance, so that it comes back with any one of its pools. No secrets: names and numbers, and
 * sealed paths. They come in any order.
 */
public sealed interface ConfigurationItem extends CheckpointItem permits ConfigurationItem.Edition, ConfigurationItem.AuditLine, ConfigurationItem.PoolSettings,
        ConfigurationItem.ClientSettings, ConfigurationItem.HostAddress, ConfigurationItem.PathKey, ConfigurationItem.KeptSet, ConfigurationItem.KeptPolicy,
        ConfigurationItem.PolicyTerms, ConfigurationItem.PoolLock, ConfigurationItem.PoolLockMode, ConfigurationItem.PinnedSnapshot, ConfigurationItem.Hidden, DrillItem, AccessItem {

    /** As a checkpoint has it. */
    default byte[] encoded() {
        ByteOutput out = new ByteOutput(256);
        ConfigurationForm.write(this, out);
        return out.toBytes();
    }

    /**
     * Which edition of the configuration the others are of: of several checkpoints the highest number is the newest.
     *
     * @param number from 1 on, counted with every change
     */
    record Edition(long number) implements ConfigurationItem {

        public Edition {
            check(number > 0, "edition " + number);
        }
    }

    /**
     * How far the audit log went.
     *
     * @param number of its newest line, from 1 on
     * @param hash   of that line, {@value #BYTES} bytes
     */
    record AuditLine(long number, byte[] hash) implements ConfigurationItem {

        static final int BYTES = 32;

        public AuditLine {
            check(number > 0 && hash.length == BYTES, "line " + number + " of the audit log");
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof AuditLine a && number == a.number && Arrays.equals(hash, a.hash);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }

    /**
     * A pool's settings.
     *
     * @param livePercent 0 to 100
     * @param group       null without one
     * @param patience    seconds
     */
    record PoolSettings(PoolName name, int livePercent, PoolGroup group, int patience) implements ConfigurationItem {

        public PoolSettings {
            check(livePercent >= 0 && livePercent <= 100 && patience >= 0, livePercent + " %, " + patience + " s");
        }
    }

    /**
     * What was laid down for a client.
     *
     * @param quota  bytes; {@link Quota#NONE} without one
     * @param pool   null if that was not laid down
     * @param group  instead of a pool; null likewise
     * @param limits in the order in which they were laid down
     */
    record ClientSettings(ClientName name, TrustGroup trustGroup, long quota, PoolName pool, PoolGroup group, List<Bandwidth> limits)
            implements ConfigurationItem {

        public ClientSettings {
            limits = List.copyOf(limits);
            check(quota > 0 || quota == Quota.NONE, "quota of " + quota);
            check(pool == null || group == null, "pool and group of client " + name);
        }
    }

    /**
     * Where a host is that the server dials.
     *
     * @param peer    {@code client/NAME} or {@code node/NAME}
     * @param address {@code HOST:PORT}
     */
    record HostAddress(String peer, String address) implements ConfigurationItem {}

    /** The key that seals the paths of the save sets and what is hidden beside it, sealed to the pool's epoch key. */
    record PathKey(byte[] sealedKey) implements ConfigurationItem {

        @Override
        public boolean equals(Object o) {
            return o instanceof PathKey k && Arrays.equals(sealedKey, k.sealedKey);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(sealedKey);
        }
    }

    /**
     * A save set. Its paths and rules are for holders of the pool's keys, as everywhere on media.
     *
     * @param via    the client that collects, null if it is {@code client} itself
     * @param sealed what {@link #open} opens; empty if it has neither paths nor rules
     */
    record KeptSet(ClientName client, ClientName via, SaveSetName name, boolean oneFileSystem, Hooks hooks, byte[] sealed) implements ConfigurationItem {

        private static final byte[] NOTHING = {};

        /** @param sealer of the session whose key the {@link PathKey} has */
        static KeptSet of(ClientName client, ClientName via, SaveSet set, Hooks hooks, Sealer sealer) {
            KeptSet open = new KeptSet(client, via, set.name(), set.oneFileSystem(), hooks, NOTHING);
            return set.roots().isEmpty() && set.rules().isEmpty() ? open : new KeptSet(client, via, set.name(), set.oneFileSystem(), hooks,
                    sealer.sealConfiguration(SaveSetForm.clear(open), SaveSetForm.paths(set)));
        }

        public SaveSetId id() {
            return new SaveSetId(client, name);
        }

        public boolean isSealed() {
            return sealed.length > 0;
        }

        /**
         * The save set with paths and rules.
         *
         * @param key of the session that sealed it; not looked at if nothing is sealed
         * @throws BackupException {@code configuration.key}, {@code checkpoint.corrupt}
         */
        public SaveSet open(SessionKey key) throws BackupException {
            return isSealed() ? SaveSetForm.saveSet(name, oneFileSystem, key.openConfiguration(SaveSetForm.clear(this), sealed))
                    : new SaveSet(name, List.of(), List.of(), oneFileSystem);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof KeptSet k && client.equals(k.client) && Objects.equals(via, k.via) && name.equals(k.name) && oneFileSystem == k.oneFileSystem
                    && hooks.equals(k.hooks) && Arrays.equals(sealed, k.sealed);
        }

        @Override
        public int hashCode() {
            return id().hashCode();
        }
    }

    /** Something that is private as a whole. */
    record Hidden(byte[] sealed) implements ConfigurationItem {

        /** @param sealer of the session whose key the {@link PathKey} has */
        static Hidden of(PrivateItem item, Sealer sealer) {
            return new Hidden(sealer.sealConfiguration(ConfigurationForm.hidden(), item.encoded()));
        }

        /**
         * What it is.
         *
         * @param key of the session that sealed it
         * @throws BackupException {@code configuration.key}, {@code checkpoint.corrupt}
         */
        public PrivateItem open(SessionKey key) throws BackupException {
            return PrivateItem.of(key.openConfiguration(ConfigurationForm.hidden(), sealed));
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Hidden h && Arrays.equals(sealed, h.sealed);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(sealed);
        }
    }

    /** @param saveSets in their order */
    record KeptPolicy(PolicyName name, PoolName pool, List<SaveSetId> saveSets, List<PoolName> copyTo) implements ConfigurationItem {

        public KeptPolicy {
            saveSets = List.copyOf(saveSets);
            copyTo = List.copyOf(copyTo);
        }
    }

    /** When a policy runs and what it keeps, beside the {@link KeptPolicy} of its name; one without this is run by hand and keeps everything. */
    record PolicyTerms(PolicyName name, Timing timing, Keep keep) implements ConfigurationItem {}

    /**
     * For how long nobody deletes a snapshot in a pool, from when it was received.
     *
     * @param seconds from 1 on, up to a hundred years
     */
    record PoolLock(PoolName name, long seconds) implements ConfigurationItem {

        private static final long LONGEST = 366L * 100 * 86_400;

        public PoolLock {
            check(seconds > 0 && seconds <= LONGEST, "lock of " + seconds + " s");
        }
    }

    /** In which mode media are to lock, beside the {@link PoolLock} of the pool; one without this asks for governance. */
    record PoolLockMode(PoolName name, boolean compliance) implements ConfigurationItem {}

    /**
     * A snapshot that stays whatever the rules say.
     *
     * @param until null until it is unpinned
     * @param why   empty if nobody said
     */
    record PinnedSnapshot(SnapshotId snapshot, Instant since, Instant until, String why) implements ConfigurationItem {}

    private static void check(boolean good, String what) {
        if (!good) {
            throw new IllegalArgumentException("not in a checkpoint: " + what);
        }
    }
}
