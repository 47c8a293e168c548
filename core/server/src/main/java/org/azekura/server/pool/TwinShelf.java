package org.azekura.server.pool;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.engine.seal.TwinSeal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys of pools in the catalog, for the other servers that share it: a setting of each pool, sealed by a key that lies in their homes and not in the catalog. As long as no other
 * server shares it there is none; no checkpoint and no export has them. Safe for any number of threads.
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

    /** Changes what there is of a pool, in a transaction if it is another one then. What can't be opened is taken for nothing: who leads has the keys that count. */
    void change(PoolName pool, UnaryOperator<TwinKey> change) throws BackupException {
        String of = SETTING + pool;
        if (next(catalog.read(view -> view.setting(of)), of, change).isEmpty()) {
            return;
        }
        catalog.write(edit -> {
            Optional<TwinKey> next = next(edit.setting(of), of, change);
            if (next.isPresent() && next.get().isEmpty()) {
                edit.deleteSetting(of);
            } else if (next.isPresent()) {
                edit.putSetting(of, seal.seal(next.get().encoded(), of));
            }
            return null;
        });
    }

    /** Empty if it stays as it is. */
    private Optional<TwinKey> next(Optional<String> sealed, String of, UnaryOperator<TwinKey> change) {
        Optional<TwinKey> before = sealed.flatMap(text -> open(of, text));
        TwinKey next = change.apply(before.orElse(TwinKey.NONE));
        return next.equals(before.orElse(TwinKey.NONE)) && before.isPresent() == sealed.isPresent() ? Optional.empty() : Optional.of(next);
    }

    private Optional<TwinKey> open(String of, String text) {
        try {
            return Optional.of(TwinKey.parse(seal.open(text, of)));
        } catch (BackupException | RuntimeException e) {
            log.warn("{} of the catalog is no key that this server can read: {}", of, e.getMessage());
            return Optional.empty();
        }
    }

    /** As they are in the catalog, to see whether something has changed. */
    SortedMap<String, String> sealed() throws BackupException {
        return sealed(catalog);
    }

    private static SortedMap<String, String> sealed(CatalogStore catalog) throws BackupException {
        return catalog.read((CatalogView view) -> view.settings(SETTING));
    }

    /** Those that can be opened. */
    SortedMap<PoolName, TwinKey> open(Map<String, String> sealed) {
        SortedMap<PoolName, TwinKey> found = new TreeMap<>();
        sealed.forEach((of, text) -> open(of, text).ifPresent(key -> found.put(new PoolName(of.substring(SETTING.length())), key)));
        return found;
    }

    /** No other server is there to have them: only what was let go of is kept, for one that comes again. */
    void empty() throws BackupException {
        for (PoolName pool : open(sealed()).keySet()) {
            change(pool, key -> key.with(null, null));
        }
    }
}
