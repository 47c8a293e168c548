package org.azekura.server.pool;

import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.BlobLock;
import org.azekura.engine.volume.ConfigurationItem;

/** Brings back what was laid down for pools, and for snapshots in them. */
record RevivedPools(CatalogEdit edit) {

    void put(List<ConfigurationItem> items) throws BackupException {
        for (ConfigurationItem.PoolSettings pool : RevivedConfiguration.only(items, ConfigurationItem.PoolSettings.class)) {
            put(pool);
        }
    }

    /** What keeps things: of all checkpoints, for one that was forged must not take it away. */
    void keep(List<ConfigurationItem> items) throws BackupException {
        for (ConfigurationItem.PoolLock lock : RevivedConfiguration.only(items, ConfigurationItem.PoolLock.class)) {
            put(lock);
        }
        for (ConfigurationItem.PinnedSnapshot pin : RevivedConfiguration.only(items, ConfigurationItem.PinnedSnapshot.class)) {
            put(new Pin(pin.snapshot(), pin.since(), pin.until(), pin.why()));
        }
    }

    /** What nobody can take back: only of a checkpoint of which it is known who wrote it. */
    void keepProven(List<ConfigurationItem> items) throws BackupException {
        for (ConfigurationItem.PoolLockMode mode : RevivedConfiguration.only(items, ConfigurationItem.PoolLockMode.class)) {
            put(mode);
        }
    }

    /** Those that come back are new here: nobody has laid anything down for them yet. */
    private void put(ConfigurationItem.PoolSettings settings) throws BackupException {
        for (PoolName name : RevivedSets.bearers(edit, settings.name())) {
            Pool pool = edit.pool(name).orElseThrow();
            edit.putPool(pool.with(settings.livePercent(), pool.compressionLevel()).with(settings.group(), settings.patience()));
        }
    }

    /** A lock only ever gets longer. */
    private void put(ConfigurationItem.PoolLock lock) throws BackupException {
        Duration time = Duration.ofSeconds(lock.seconds());
        for (PoolName name : RevivedSets.bearers(edit, lock.name())) {
            if (edit.lock(name).compareTo(time) < 0) {
                edit.putLock(name, time);
            }
        }
    }

    private void put(ConfigurationItem.PoolLockMode lock) throws BackupException {
        BlobLock.Mode mode = lock.compliance() ? BlobLock.Mode.COMPLIANCE : BlobLock.Mode.GOVERNANCE;
        for (PoolName name : RevivedSets.bearers(edit, lock.name())) {
            if (edit.lockMode(name).compareTo(mode) < 0) {
                edit.putLockMode(name, mode);
            }
        }
    }

    /** The one that holds for longer. */
    private void put(Pin pin) throws BackupException {
        if (edit.snapshot(pin.snapshot()).isPresent()) {
            Pin here = edit.pin(pin.snapshot()).orElse(null);
            if (here == null || here.until() != null && (pin.until() == null || pin.until().isAfter(here.until()))) {
                edit.putPin(pin);
            }
        }
    }
}
