package org.azekura.catalog.sql;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Quota;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.MediaRules;

/** Queries of the stores, for tests of what one database makes of them. */
public final class Queries {

    public static final String UNENDED_JOBS = JobRows.JOBS.list(JobRows.UNENDED + "ORDER BY id");
    public static final String QUOTAS = SnapshotRows.QUOTAS;

    public static final String KEPT_JOBS = JobRows.KEPT;
    public static final String JOBS_OF_CLIENT = JobRows.OF_CLIENT;

    private Queries() {}

    public static List<Quota> quotas(Sql sql) throws BackupException {
        return sql.list(QUOTAS, SnapshotRows::quota);
    }

    public static List<MediaRules> rules(Sql sql) throws BackupException {
        return sql.list(MediaRows.RULES.select("ORDER BY pool"), MediaRows::rules);
    }

    public static List<CartridgeLife> lives(Sql sql) throws BackupException {
        return sql.list(MediaRows.LIVES.select("ORDER BY barcode"), MediaRows::life);
    }
}
