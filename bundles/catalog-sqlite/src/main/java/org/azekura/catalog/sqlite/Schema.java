package org.azekura.catalog.sqlite;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Failure.Kind;
import org.azekura.catalog.sql.CatalogFault;
import org.azekura.catalog.sql.Scripts;
import org.azekura.catalog.sql.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a catalog to this version's schema: runs the numbered scripts {@code schema/0001.sql}, … that it has not seen, in
 * one transaction. The file's header says how far it is ({@code user_version}) and whose it is ({@code application_id}).
 */
final class Schema {

    /** "Azek" in ASCII. */
    private static final int APPLICATION = 0x417a656b;

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private final CatalogFault fault;
    private final List<String> scripts;

    Schema(CatalogFault fault, List<String> scripts) {
        this.fault = fault;
        this.scripts = List.copyOf(scripts);
    }

    static List<String> scripts() {
        return Scripts.beside(Schema.class, 1);
    }

    /**
     * @throws BackupException {@code catalog.newer}, {@code catalog.foreign}; the file is as it was
     */
    void apply(Sql sql) throws BackupException {
        sql.transaction("BEGIN IMMEDIATE", () -> {
            int version = number(sql, "PRAGMA user_version");
            check(sql, version);
            for (String script : scripts.subList(version, scripts.size())) {
                sql.script(script);
            }
            if (version < scripts.size()) {
                sql.script("PRAGMA application_id = " + APPLICATION + "; PRAGMA user_version = " + scripts.size());
                LOG.info("catalog {}: schema {} to {}", fault.place(), version, scripts.size());
            }
            return null;
        });
    }

    private void check(Sql sql, int version) throws BackupException {
        int application = number(sql, "PRAGMA application_id");
        boolean empty = number(sql, "SELECT count(*) FROM sqlite_schema") == 0;
        if (application != APPLICATION && !(version == 0 && application == 0 && empty)) {
            throw fault.failure("foreign", Kind.OPERATOR, false, "this is another program's database; move it away", null);
        }
        if (version > scripts.size()) {
            throw fault.newer(version, scripts.size());
        }
    }

    private static int number(Sql sql, String query) throws BackupException {
        return sql.list(query, row -> row.count(1)).getFirst();
    }
}
