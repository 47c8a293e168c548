package org.azekura.server.pool;

import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Pool;
import org.azekura.engine.volume.ConfigurationItem;

/** Brings back what was laid down for pools, and for snapshots in them. */
record RevivedPools(CatalogEdit edit) {

    void put(List<ConfigurationItem> items) throws BackupException {
        for (ConfigurationItem.PoolSettings pool : RevivedConfiguration.only(items, ConfigurationItem.PoolSettings.class)) {
            put(pool);
        }
        for (ConfigurationItem.PoolLock lock : RevivedConfiguration.only(items, ConfigurationItem.PoolLock.class)) {
            put(lock);
        }
        for (ConfigurationItem.PinnedSnapshot pin : RevivedConfiguration.only(items, ConfigurationItem.PinnedSnapshot.class)) {
            if (edit.snapshot(pin.snapshot()).isPresent() && edit.pin(pin.snapshot()).isEmpty()) {
                edit.putPin(new Pin(pin.snapshot(), pin.since(), pin.until(), pin.why()));
            }
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
}
