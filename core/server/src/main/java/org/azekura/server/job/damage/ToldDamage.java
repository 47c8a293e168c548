package org.azekura.server.job.damage;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;

/**
 * Packs of a pool that are damaged, that nothing lacks anything of, and that somebody was told of: what was lost lies in other packs, and a prune drops or rewrites them. Who is told once is
 * not told again each week. Kept as a setting, and no more than {@value #MOST} of them: those behind are told again.
 */
public record ToldDamage(CatalogStore catalog, PoolName pool) {

    private static final int MOST = 1000;
    private static final String SETTING = "damage.told.";

    /** Those that are in the catalog still. */
    public Set<PackId> known() throws BackupException {
        return catalog.read(this::known);
    }

    private Set<PackId> known(CatalogView view) throws BackupException {
        Set<PackId> known = new LinkedHashSet<>();
        for (String pack : view.setting(SETTING + pool).orElse("").split(" ")) {
            if (!pack.isEmpty() && view.pack(PackId.parse(pack), pool).isPresent()) {
                known.add(PackId.parse(pack));
            }
        }
        return known;
    }

    /** @param told now @param sound or lacking again, or gone: whoever meets damage there next tells of it */
    public void note(Collection<PackId> told, Collection<PackId> sound) throws BackupException {
        if (told.isEmpty() && known().stream().noneMatch(sound::contains)) {
            return;
        }
        catalog.write(edit -> {
            Set<PackId> all = new LinkedHashSet<>(known(edit));
            all.removeAll(sound);
            all.addAll(told);
            if (all.isEmpty()) {
                forget(edit, pool);
            } else {
                edit.putSetting(SETTING + pool, all.stream().limit(MOST).map(PackId::toString).collect(Collectors.joining(" ")));
            }
            return null;
        });
    }

    /** The pool is gone. */
    public static void forget(CatalogEdit edit, PoolName pool) throws BackupException {
        edit.deleteSetting(SETTING + pool);
    }
}
