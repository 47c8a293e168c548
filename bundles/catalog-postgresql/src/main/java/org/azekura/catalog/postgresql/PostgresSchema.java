package org.azekura.catalog.postgresql;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Failure.Kind;
import org.azekura.catalog.sql.CatalogFault;
import org.azekura.catalog.sql.Scripts;
import org.azekura.catalog.sql.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a catalog to this version's schema: runs the numbered scripts that it has not seen, in one transaction. The table {@code schema_version} says
 * how far it is. Of several servers that start at once one does it, the others wait.
 */
final class PostgresSchema {

    /** The first script makes the tables as SQLite's scripts up to the same number leave them. */
    private static final int FIRST = 19;
    /** "Azek" in ASCII: a lock's number that no other program takes by chance. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(1098540395)";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSchema.class);

    private final CatalogFault fault;
    private final List<String> scripts;

    PostgresSchema(CatalogFault fault) {
        this(fault, Scripts.beside(PostgresSchema.class, FIRST));
    }

    /** @param scripts from {@link #FIRST} on */
    PostgresSchema(CatalogFault fault, List<String> scripts) {
        this.fault = fault;
        this.scripts = List.copyOf(scripts);
    }

    /** @throws BackupException {@code catalog.encoding}, {@code catalog.unsafe}, {@code catalog.newer}, {@code catalog.foreign}; the database is as it was */
    void apply(Sql sql) throws BackupException {
        sql.transaction("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", () -> {
            sql.list(ALONE, row -> row.text(1));
            requireUnicode(sql);
            requireDurable(sql);
            int known = FIRST - 1 + scripts.size();
            int version = version(sql);
            if (version > known) {
                throw fault.failure("newer", Kind.OPERATOR, false, "it has schema " + version + ", this version of Azekura knows up to " + known
                        + "; start the version that wrote it or a newer one (nothing was changed)", null);
            }
            for (String script : scripts.subList(Math.max(0, version - FIRST + 1), scripts.size())) {
                sql.script(script);
            }
            if (version < known) {
                sql.update("UPDATE schema_version SET version = ?", known);
                LOG.info("catalog {}: schema {} to {}", fault.place(), version, known);
            }
            return null;
        });
    }

    private void requireUnicode(Sql sql) throws BackupException {
        String encoding = sql.list("SHOW server_encoding", row -> row.text(1)).getFirst();
        if (!encoding.equals("UTF8")) {
            throw fault.failure("encoding", Kind.OPERATOR, false, "its texts are kept as " + encoding + "; make it by CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0", null);
        }
    }

    /** Both are for those who may lose what they have; no connection can turn them on for itself. */
    private void requireDurable(Sql sql) throws BackupException {
        for (String setting : List.of("fsync", "full_page_writes")) {
            if (!sql.list("SHOW " + setting, row -> row.text(1)).equals(List.of("on"))) {
                throw fault.failure("unsafe", Kind.OPERATOR, false, "its server would lose what it has acknowledged when the power fails: say " + setting
                        + " = on in its postgresql.conf", null);
            }
        }
    }

    private int version(Sql sql) throws BackupException {
        if (number(sql, "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_version'") == 1) {
            return number(sql, "SELECT version FROM schema_version");
        }
        if (number(sql, "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()") > 0) {
            throw fault.failure("foreign", Kind.OPERATOR, false, "this is another program's database; make one for Azekura alone", null);
        }
        return 0;
    }

    private static int number(Sql sql, String query) throws BackupException {
        return sql.list(query, row -> row.count(1)).getFirst();
    }
}
