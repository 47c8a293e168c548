package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.time.LocalTime;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.ClientTerms;

/** What was laid down for clients: a row for where its backups go, one for each limit. */
final class TermsRows {

    private static final Table TERMS = new Table("client_terms", 1, 0, "client", "pool", "pool_group");
    private static final Table LIMITS = new Table("client_limit", 2, 0, "client", "number", "per_second", "begins", "ends");

    private TermsRows() {}

    static ClientTerms terms(Sql sql, ClientName client) throws BackupException {
        List<Bandwidth> limits = sql.list(LIMITS.select("WHERE client = ? ORDER BY number"), TermsRows::limit, client);
        return sql.one(TERMS.select("WHERE client = ?"), row -> new ClientTerms(client, row.text(2, PoolName::new), row.text(3, PoolGroup::new), limits), client)
                .orElse(ClientTerms.none(client).limited(limits));
    }

    private static Bandwidth limit(Row row) throws SQLException {
        return new Bandwidth(row.number(3), row.text(4, LocalTime::parse), row.text(5, LocalTime::parse));
    }

    static void put(Sql sql, ClientTerms terms) throws BackupException {
        sql.update(TERMS.put(), terms.client(), terms.pool(), terms.group());
        sql.update("DELETE FROM client_limit WHERE client = ?", terms.client());
        int number = 0;
        for (Bandwidth limit : terms.limits()) {
            sql.update(LIMITS.put(), terms.client(), number++, limit.perSecond(), limit.from(), limit.to());
        }
    }
}
