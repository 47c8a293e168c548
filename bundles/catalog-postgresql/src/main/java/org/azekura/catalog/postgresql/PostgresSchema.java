package org.azekura.catalog.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.azekura.api.BackupException;
import org.azekura.api.Failure.Kind;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sql.CatalogFault;
import org.azekura.catalog.sql.Scripts;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.catalog.sql.export.ExportFile;
import org.azekura.catalog.sql.export.Import;
import org.azekura.catalog.sql.export.Intake;
import org.azekura.catalog.sql.export.Moving;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a catalog to this version's schema: runs the numbered scripts that it has not seen, in one transaction. The table {@code schema_version} says
 * how far it is. Of several servers that start at once one does it, the others wait.
 */
final class PostgresSchema {

    /** The first script makes the tables as SQLite's scripts up to the same number leave them. */
    static final int FIRST = 19;
    /** "Azek" in ASCII: a lock's number that no other program takes by chance. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(1098540395)";

    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";
    /** All that the scripts have made; what the writers' marks say stays, who leads, and what servers offer each other. */
    private static final String CLEAR = """
            DO $$
            DECLARE it RECORD;
            BEGIN
              FOR it IN SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname NOT IN ('writer_mark', 'contender', 'offer') LOOP
                EXECUTE format('DROP TABLE %I CASCADE', it.relname);
              END LOOP;
              FOR it IN SELECT oid::regprocedure AS signature FROM pg_proc WHERE pronamespace = current_schema()::regnamespace LOOP
                EXECUTE 'DROP FUNCTION ' || it.signature;
              END LOOP;
              DROP DOMAIN words;
            END $$""";

    private static final Duration LED = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSchema.class);

    private final CatalogFault fault;
    private final List<String> scripts;
    private final Duration led;

    PostgresSchema(CatalogFault fault) {
        this(fault, Scripts.beside(PostgresSchema.class, FIRST), LED);
    }

    PostgresSchema(CatalogFault fault, List<String> scripts) {
        this(fault, scripts, LED);
    }

    /**
     * @param scripts from {@link #FIRST} on
     * @param led     how long it waits for one that leads to end
     */
    PostgresSchema(CatalogFault fault, List<String> scripts, Duration led) {
        this.fault = fault;
        this.scripts = List.copyOf(scripts);
        this.led = led;
    }

    /**
     * @throws BackupException {@code catalog.encoding}, {@code catalog.unsafe}, {@code catalog.newer}, {@code catalog.foreign}; {@code catalog.led} if scripts
     *                         are to run while a server leads that does not know them; the database is as it was
     */
    void apply(Sql sql) throws BackupException {
        for (long begin = System.nanoTime(); !applied(sql, System.nanoTime() - begin > led.toNanos());) {
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }

    /** @return false if it can't be now, and may be in a moment: this very server's store before has not ended yet */
    private boolean applied(Sql sql, boolean last) throws BackupException {
        return sql.transaction(BEGIN, () -> {
            sql.list(ALONE, row -> row.text(1));
            int version = version(sql);
            if (version > 0 && version < known() && number(sql, Contest.HELD) > 0) {
                if (last) {
                    throw fault.failure("led", Kind.OPERATOR, true, "a server leads on it that has schema " + version + ", and this one would bring it to " + known()
                            + " under that one: stop all servers, then start the new version", null);
                }
                return false;
            }
            bring(sql);
            return true;
        });
    }

    /** Answers what a query would, were the schema brought to this version's; the database stays as it is. */
    <T> T rehearse(Sql sql, CatalogStore.Query<T> query) throws BackupException {
        return sql.undone(BEGIN, () -> {
            bring(sql);
            return SqlStore.query(sql, query);
        });
    }

    private void bring(Sql sql) throws BackupException {
        sql.list(ALONE, row -> row.text(1));
        requireUnicode(sql);
        requireDurable(sql);
        int version = version(sql);
        if (version > known()) {
            throw fault.newer(version, known());
        }
        bring(sql, version, known());
    }

    /** The schema that all scripts lead to. */
    static int newest() {
        return FIRST - 1 + Scripts.beside(PostgresSchema.class, FIRST).size();
    }

    private int known() {
        return FIRST - 1 + scripts.size();
    }

    /** @param from 0: there is nothing */
    private void bring(Sql sql, int from, int to) throws BackupException {
        for (String script : scripts.subList(Math.max(0, from - FIRST + 1), Math.max(0, to - FIRST + 1))) {
            sql.script(script);
        }
        if (from < to) {
            sql.update("UPDATE schema_version SET version = ?", to);
            LOG.info("catalog {}: schema {} to {}", fault.place(), from, to);
        }
    }

    /** Takes a catalog's file in, if one lies there, in place of what is there. Of several servers one does it. One that is refused is put aside: nobody is to stay down for it. */
    void takeIn(Sql sql, Moving moving) throws BackupException {
        ExportFile file = moving.intake().waiting();
        if (file == null) {
            return;
        }
        try {
            takeIn(sql, moving, file);
        } catch (BackupException e) {
            if (e.failure().retryable()) {
                throw e;
            }
            LOG.error("catalog {}: stays as it is, for what was to be taken in is refused: {}", fault.place(), e.getMessage());
            moving.intake().refuse(e.getMessage());
        }
    }

    private void takeIn(Sql sql, Moving moving, ExportFile file) throws BackupException {
        int schema = moving.requireKnown(file);
        sql.transaction(BEGIN, () -> {
            sql.list(ALONE, row -> row.text(1));
            if (WriterMark.hasTaken(sql, file.sum())) {
                return null; // it was killed before it could put the file away
            }
            moving.intake().requireEmpty(sql.list(Intake.SAVED, row -> row.number(1)).getFirst());
            sql.script(CLEAR);
            bring(sql, 0, schema);
            Import.run(sql, file, moving.particulars());
            bring(sql, schema, known());
            WriterMark.note(sql, file.sum());
            return null;
        });
        moving.intake().remove();
        LOG.info("catalog {}: taken in from {}", fault.place(), file.name());
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
