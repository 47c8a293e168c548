package org.azekura.server.pool;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pool;
import org.azekura.engine.seal.KeyRing;

/** Which of the pools that were made anew from cartridges are media sets of others. A set whose pool's first was not there stays a pool of its own. */
public final class RevivedSets {

    private RevivedSets() {}

    /** The pool of sets that are together again has the newest of their key rings. */
    public static void reunite(CatalogEdit edit, List<PoolName> revived) throws BackupException {
        for (PoolName name : revived) {
            MediaSet set = MediaSet.called(name).orElse(null);
            Optional<Pool> head = set == null ? Optional.empty() : edit.pool(set.of());
            Pool row = edit.pool(name).orElseThrow();
            if (head.isPresent() && revived.contains(set.of()) && isSame(head.get(), row)) {
                boolean newer = KeyRing.parse(row.keyRing()).number() > KeyRing.parse(head.get().keyRing()).number();
                if (newer) {
                    edit.putPool(head.get().with(row.keyRing(), head.get().keyExported()));
                }
                edit.putMediaSet(set);
            }
        }
    }

    /** Who has from now on what was laid down for a pool: it, or where only later ones of its sets were found, each of those. */
    static List<PoolName> bearers(CatalogView view, PoolName pool) throws BackupException {
        return RevivedConfiguration.isHere(view, pool) ? List.of(pool) : view.pools().stream().map(Pool::name).filter(name -> MediaSet.isOf(name, pool)).toList();
    }

    /** Whether both open with a key of the same. */
    private static boolean isSame(Pool one, Pool other) throws BackupException {
        KeyRing ring = KeyRing.parse(one.keyRing());
        return KeyRing.parse(other.keyRing()).recipients().stream().anyMatch(recipient -> ring.recipient(recipient.id()) != null);
    }
}
