package org.azekura.server.pool;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.engine.seal.TwinSeal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys of pools in the catalog, for the other servers that share it: a setting of each pool, sealed by a key that lies in their homes and not in the catalog. As long as no other
 * server shares it there is only what was let go of; no checkpoint and no export has them. Safe for any number of threads.
 */
public final class TwinShelf {

    /** Before the name of a pool. An export leaves out what is called so. */
    static final String SETTING = "pool.key/";

    private static final Logger log = LoggerFactory.getLogger(TwinShelf.class);

    private final CatalogStore catalog;
    private final TwinSeal seal;
    private final BooleanSupplier shared;

    /** @param shared whether another server has the catalog, too */
    public TwinShelf(CatalogStore catalog, TwinSeal seal, BooleanSupplier shared) {
        this.catalog = catalog;
        this.seal = seal;
        this.shared = shared;
    }

    boolean isShared() {
        return shared.getAsBoolean();
    }

    /**
     * Changes what is known of a pool, in a transaction if it is another one then. What can't be opened is taken for nothing: who leads has the keys that count. Keys are kept here
     * only as long as they are shared; what was let go of is kept always.
     *
     * @return what is known then, with keys also if they are not kept here
     */
    TwinKey change(PoolName pool, UnaryOperator<TwinKey> change) throws BackupException {
        String of = SETTING + pool;
        Next found = next(catalog.read(view -> view.setting(of)), of, change);
        return found.changes() ? catalog.write(edit -> change(edit, pool, change)) : found.key();
    }

    /** The same as a part of what is being changed. */
    TwinKey change(CatalogEdit edit, PoolName pool, UnaryOperator<TwinKey> change) throws BackupException {
        String of = SETTING + pool;
        Next next = next(edit.setting(of), of, change);
        if (next.changes() && next.kept().isEmpty()) {
            edit.deleteSetting(of);
        } else if (next.changes()) {
            edit.putSetting(of, seal.seal(next.kept().encoded(), of));
        }
        return next.key();
    }

    private record Next(TwinKey key, TwinKey kept, boolean changes) {}

    private Next next(Optional<String> sealed, String of, UnaryOperator<TwinKey> change) {
        Optional<TwinKey> before = sealed.flatMap(text -> open(of, text));
        TwinKey next = change.apply(before.orElse(TwinKey.NONE));
        TwinKey kept = isShared() ? next : next.bare();
        boolean stays = sealed.isEmpty() ? kept.isEmpty() : before.isPresent() && kept.equals(before.get());
        return new Next(next, kept, !stays);
    }

    private Optional<TwinKey> open(String of, String text) {
        try {
            return Optional.of(TwinKey.parse(seal.open(text, of)));
        } catch (BackupException | RuntimeException e) {
            log.warn("{} of the catalog is no key that this server can read: {}", of, e.getMessage());
            return Optional.empty();
        }
    }

    /** As it is in the catalog, to see whether something has changed. */
    static SortedMap<String, String> sealed(CatalogView view) throws BackupException {
        return view.settings(SETTING);
    }

    static PoolName pool(String setting) {
        return new PoolName(setting.substring(SETTING.length()));
    }

    /** Empty if it can't be opened. */
    Optional<TwinKey> open(PoolName pool, String sealed) {
        return open(SETTING + pool, sealed);
    }

    /** No other server is there to have them: only what was let go of is kept, for one that comes again. */
    void empty() throws BackupException {
        for (Map.Entry<String, String> each : catalog.read(TwinShelf::sealed).entrySet()) {
            if (open(each.getKey(), each.getValue()).filter(TwinKey::hasKeys).isPresent()) {
                change(pool(each.getKey()), TwinKey::bare);
            }
        }
    }
}
