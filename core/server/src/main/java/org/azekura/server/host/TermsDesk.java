package org.azekura.server.host;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.ClientTerms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lays down where clients' backups go and how fast they may be. Thread-safe. */
public final class TermsDesk {

    private static final Logger log = LoggerFactory.getLogger(TermsDesk.class);
    private static final int MOST_LIMITS = 50;

    private final CatalogStore catalog;

    public TermsDesk(CatalogStore catalog) {
        this.catalog = catalog;
    }

    /** @throws BackupException {@code client.unknown} */
    public ClientTerms of(ClientName client) throws BackupException {
        return catalog.read(view -> of(view, client));
    }

    private static ClientTerms of(CatalogView view, ClientName client) throws BackupException {
        if (view.client(client).isEmpty()) {
            throw BackupException.operator("client.unknown", client.value(), "there is no client " + client + "; \"azekura client list\" names them all");
        }
        return view.terms(client);
    }

    /** @throws BackupException {@code client.unknown}, {@code pool.unknown}, {@code group.unknown} */
    public ClientTerms direct(ClientName client, PoolName pool, PoolGroup group) throws BackupException {
        ClientTerms terms = catalog.write(edit -> {
            if (pool != null && edit.pool(pool).isEmpty()) {
                throw BackupException.operator("pool.unknown", pool.value(), "there is no pool " + pool + "; \"azekura pool list\" names them all");
            }
            if (group != null && edit.pools().stream().noneMatch(member -> group.equals(member.group()))) {
                throw BackupException.operator("group.unknown", group.value(), "no pool is in a group " + group + "; put one there with \"azekura pool set"
                        + " NAME --group " + group + "\"");
            }
            ClientTerms now = of(edit, client);
            return put(edit, group == null ? now.goingTo(pool) : now.goingTo(group));
        });
        log.info("client={} goes to pool={} group={}", client, pool, group);
        return terms;
    }

    /** @throws BackupException {@code client.unknown}, {@code limit.many} */
    public ClientTerms limit(ClientName client, List<Bandwidth> limits) throws BackupException {
        if (limits.size() > MOST_LIMITS) {
            throw BackupException.operator("limit.many", client.value(), "a client has at most " + MOST_LIMITS + " limits, not " + limits.size());
        }
        ClientTerms terms = catalog.write(edit -> put(edit, of(edit, client).limited(limits)));
        log.info("client={} limits={}", client, limits);
        return terms;
    }

    private static ClientTerms put(CatalogEdit edit, ClientTerms terms) throws BackupException {
        edit.putTerms(terms);
        Edition.next(edit);
        return terms;
    }
}
