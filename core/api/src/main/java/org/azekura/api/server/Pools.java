package org.azekura.api.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.osgi.annotation.versioning.ProviderType;

/** Media pools. Safe for any number of threads. */
@ProviderType
public interface Pools {

    /** By name. */
    List<Pool> list() throws BackupException;

    /** @throws BackupException {@code pool.unknown} */
    Pool get(PoolName name) throws BackupException;

    /** The pool's volumes, set by set; those of sets behind the first are of the set by its name. */
    List<Volume> volumes(PoolName name) throws BackupException;

    /** Which of its pool's media sets one is, by its name; 1 for whatever is no set behind the first. */
    int set(PoolName name) throws BackupException;

    /**
     * Has a pool in a library begin its next media set; what is saved and copied from then on goes there. Jobs that fill the one before go on there.
     *
     * @return the set that is open from then on
     * @throws BackupException {@code pool.unknown}; {@code set.none} if it is in no library, {@code set.empty} if nothing is in the open set yet, {@code set.name}, {@code
     *                         media.none}, {@code node.offline}, …: the open set is the one that it was
     */
    Pool cut(PoolName name) throws BackupException;

    /**
     * Has the volume of a pool on a device of its own, which is gone as a whole, made anew where its device is now, with the volumes for copies in it. What other places
     * have of it comes back by jobs that are ordered by this. A volume that is there stays as it is.
     *
     * @throws BackupException {@code pool.unknown}, {@code volume.unknown} if it never had one; {@code volume.quarantined} if anything lies there that was not on it: nothing was
     *                         written; {@code device.unsupported} of cartridges; {@code node.offline}, …
     */
    Pool remake(PoolName name) throws BackupException;

    /** Cartridges that no pool needs any more, by barcode. */
    List<ScratchVolume> scratch() throws BackupException;

    /**
     * Makes a pool: with a device of its own, for which it configures the driver on the node, or on a cartridge of a library that is there; makes keys,
     * labels the volume.
     *
     * @param driver   like {@code disk}
     * @param settings of the driver, by its metatype's names, like {@code path}; or {@code library}, the name of a device of that driver, and, if it is
     *                 not to be the first cartridge that is empty, {@code barcode}
     * @param readers  whose keys open it
     * @throws BackupException {@code publickey.corrupt}, {@code recipient.none} if nobody could read it; {@code pool.exists}, {@code driver.unknown},
     *                         {@code device.unknown}, {@code device.driver}, {@code setting.*}, {@code volume.foreign}, …: nothing remains of the attempt
     */
    default Pool create(PoolName name, String driver, Map<String, String> settings, Readers readers) throws BackupException {
        return create(name, driver, settings, readers, Site.USUAL);
    }

    /**
     * The same on a certain node, in a group.
     *
     * @throws BackupException the same; {@code node.unknown}, {@code node.offline}, {@code node.unnamed} if there are several: nothing was done
     */
    Pool create(PoolName name, String driver, Map<String, String> settings, Readers readers, Site site) throws BackupException;

    /**
     * Deletes a pool that holds nothing any more, with its keys. What is on its medium stays there; cartridges may be labelled anew by other pools.
     *
     * @throws BackupException {@code pool.unknown}; {@code pool.used}: snapshots, copies, policies, clients, jobs or locked volumes hold it; {@code
     *                         node.offline}: its node has to let go of it. Then nothing has changed
     */
    void delete(PoolName name) throws BackupException;

    /**
     * Where a new pool is.
     *
     * @param node  null: the node of the appliance itself if there is one, else the only node
     * @param group of pools that stand in for each other; null for none
     */
    record Site(NodeName node, PoolGroup group) {

        /** Nothing said. */
        public static final Site USUAL = new Site(null, null);
    }

    /**
     * Has a pool stand in for those of a group, and they for it, from the next backup on.
     *
     * @param group null: for none
     * @throws BackupException {@code pool.unknown}
     */
    Pool group(PoolName name, PoolGroup group) throws BackupException;

    /** How soon what lies in the archive of a pool is wanted where nobody says it. */
    default Thaw thaw(PoolName name) throws BackupException {
        return Thaw.USUAL;
    }

    /**
     * Lays that down.
     *
     * @throws BackupException {@code pool.unknown}
     */
    default void thaw(PoolName name, Thaw how) throws BackupException {
        throw new UnsupportedOperationException();
    }

    /**
     * Who can read a new pool.
     *
     * @param recipients texts of public key files
     * @param sealed     whether the server itself holds no recipient key: it saves, prunes and copies, but can't browse or restore
     */
    record Readers(List<String> recipients, boolean sealed) {

        /** Only the server itself. */
        public static final Readers APPLIANCE = new Readers(List.of(), false);
    }

    /**
     * Changes how a pool is filled and pruned from now on; what lies there stays as it is.
     *
     * @throws BackupException {@code pool.unknown}
     */
    Pool tune(PoolName name, Tuning tuning) throws BackupException;

    /**
     * What can be changed in a pool; null: stays as it is.
     *
     * @param livePercent      0 to 100: a prune rewrites packs of which less is alive
     * @param compressionLevel zstd level, 1 to 19
     * @param patience         0 to 86400: seconds for which a backup waits for the pool's node before it goes to another pool of the group
     */
    record Tuning(Integer livePercent, Integer compressionLevel, Integer patience) {

        /** One that leaves the patience as it is. */
        public Tuning(Integer livePercent, Integer compressionLevel) {
            this(livePercent, compressionLevel, null);
        }

        /** @throws IllegalArgumentException if one is out of bounds */
        public Tuning {
            require("the patience in seconds", patience, 0, 86_400);
            require("the live ratio in per cent", livePercent, 0, 100);
            require("the compression level", compressionLevel, 1, 19);
        }

        private static void require(String what, Integer value, int least, int most) {
            if (value != null && (value < least || value > most)) {
                throw new IllegalArgumentException(what + " is " + least + " to " + most + ", not " + value);
            }
        }

        /** Whether nothing is to change. */
        public boolean isEmpty() {
            return livePercent == null && compressionLevel == null && patience == null;
        }
    }

    /**
     * Which cartridges a pool may have, and what becomes of them.
     *
     * @throws BackupException {@code pool.unknown}, {@code setting.value} if it lies on none
     */
    MediaRules rules(PoolName name) throws BackupException;

    /**
     * Changes that, from now on.
     *
     * @throws BackupException {@code pool.unknown}, {@code setting.value} if it lies on none; {@code device.unsupported} if drives are to seal and each of the library
     *                         says that it can't
     */
    MediaRules rule(PoolName name, Rules change) throws BackupException;

    /**
     * For people: why drives may not be able to seal what they are to seal; empty if nothing is to be sealed, or all can. Asks them.
     *
     * @throws BackupException {@code pool.unknown}, {@code setting.value} if it lies on no cartridges
     */
    default String sealingDoubt(PoolName name) throws BackupException {
        return "";
    }

    /**
     * What can be changed in a pool's rules, as {@link MediaRules} has it; null: stays as it is.
     *
     * @param keep_s     seconds, to 100 years
     * @param repack     percent, 0 to 100
     * @param cutAfter_s seconds, to 100 years
     * @param cutSize    bytes
     * @param reserve    cartridges, 0 to 100
     * @param setAfter_s seconds, to 100 years
     * @param setSize    bytes
     * @param sealed     as of the next time that a cartridge is loaded; a label is never sealed
     * @param errorFactor 0 to 1,000,000
     */
    record Rules(Boolean blank, Boolean scratch, Long keep_s, Integer repack, Long cutAfter_s, Long cutSize, Integer reserve, Long setAfter_s,
            Long setSize, Boolean sealed, Integer errorFactor) {

        private static final long CENTURY = 100L * 366 * 86_400;

        /** @throws IllegalArgumentException if one is out of bounds */
        public Rules {
            require("the time to keep cartridges, in seconds,", keep_s, CENTURY);
            require("the share below which a cartridge is copied away, in per cent,", repack == null ? null : Long.valueOf(repack), 100);
            require("the time after which a cartridge is closed, in seconds,", cutAfter_s, CENTURY);
            require("the size at which a cartridge is closed, in bytes,", cutSize, Long.MAX_VALUE);
            require("how many cartridges are left for copies", reserve == null ? null : Long.valueOf(reserve), 100);
            require("the time after which a set is closed, in seconds,", setAfter_s, CENTURY);
            require("the size at which a set is closed, in bytes,", setSize, Long.MAX_VALUE);
            require("how many times as many errors are too many", errorFactor == null ? null : Long.valueOf(errorFactor), 1_000_000);
        }

        /** One that leaves the newer ones as they are. */
        public Rules(Boolean blank, Boolean scratch, Long keep_s, Integer repack, Long cutAfter_s, Long cutSize) {
            this(blank, scratch, keep_s, repack, cutAfter_s, cutSize, null, null, null, null, null);
        }

        private static void require(String what, Long value, long most) {
            if (value != null && (value < 0 || value > most)) {
                throw new IllegalArgumentException(what + " is 0 to " + most + ", not " + value);
            }
        }

        /** Whether nothing is to change. */
        public boolean isEmpty() {
            return blank == null && scratch == null && keep_s == null && repack == null && cutAfter_s == null && cutSize == null && reserve == null
                    && setAfter_s == null && setSize == null && sealed == null && errorFactor == null;
        }

        /** These rules with that changed. */
        public MediaRules in(MediaRules now) {
            return new MediaRules(now.pool(), blank == null ? now.blank() : blank, scratch == null ? now.scratch() : scratch,
                    keep_s == null ? now.keep() : Duration.ofSeconds(keep_s), repack == null ? now.repack() : repack,
                    cutAfter_s == null ? now.cutAfter() : Duration.ofSeconds(cutAfter_s), cutSize == null ? now.cutSize() : cutSize,
                    reserve == null ? now.reserve() : reserve,
                    setAfter_s == null ? now.setAfter() : Duration.ofSeconds(setAfter_s), setSize == null ? now.setSize() : setSize,
                    sealed == null ? now.sealed() : sealed, errorFactor == null ? now.errorFactor() : errorFactor);
        }
    }

    /**
     * The recovery file of a pool: what {@code extract} and another appliance need to read its volumes. A text; secret.
     *
     * @throws BackupException {@code pool.unknown}, {@code key.missing} if this server holds no key of the pool
     */
    default String exportKey(PoolName name) throws BackupException {
        return exportKey(name, new KeyForm(null, false));
    }

    /**
     * The same in the form that is wanted. With a passphrase it takes about half a second and 64 MiB.
     *
     * @throws BackupException {@code pool.unknown}, {@code key.missing}; {@code key.passphrase} if the passphrase is blank
     */
    String exportKey(PoolName name, KeyForm form) throws BackupException;

    /**
     * @param passphrase closes the key, null: whoever has the file has the key
     * @param sheet      only the lines that open the pool, for one page of paper
     */
    record KeyForm(String passphrase, boolean sheet) {}
}
