package org.azekura.server.scale;

import java.util.Locale;

/**
 * What the model reckons with. Each was measured by us, on two cores of an AMD EPYC that did other work; who doubts one runs what measured it.
 */
enum Measured {

    PACK_ROW(320, "bytes of a row of a pack", "`CatalogCostTest`, SQLite, slow"),
    SNAPSHOT_ROW(2_164, "bytes of a row of a snapshot with its manifest of 1.5 kB", "`CatalogCostTest`, slow"),
    JOB_ROWS(895, "bytes of a job with its order, result and three lines", "`CatalogCostTest`, slow"),
    COMMIT_us(2_640, "µs of a transaction of one row, the median of 500 while others used the disk (300 while not; 99 %: 27 to 64 ms)", "`CatalogCostTest`, slow"),
    PACK_ROW_POSTGRESQL(294, "bytes of a row of a pack, PostgreSQL 15", "`CatalogCostIT`, slow"),
    SNAPSHOT_ROW_POSTGRESQL(2_220, "bytes of a row of a snapshot with its manifest of 1.5 kB, PostgreSQL", "`CatalogCostIT`, slow"),
    JOB_ROWS_POSTGRESQL(1_201, "bytes of a job with its order, result and three lines, PostgreSQL", "`CatalogCostIT`, slow"),
    COMMIT_POSTGRESQL_us(6_060, "µs of a transaction of one row, PostgreSQL on the same machine, the median of 300 at a load of 30 on two cores (99 %: 63 ms)", "`CatalogCostIT`, slow"),
    INDEX_BYTES(64, "bytes of a chunk in a node's index, at most", "`IndexSizeTest`"),
    MESSAGES(25, "messages of a backup that stores a MiB", "`JobCostTest`"),
    MESSAGE_BYTES(370, "bytes of such a message", "`JobCostTest`"),
    MESSAGES_OF_100_MiB(87, "messages more for each 100 MiB that are new, those between client and node among them", "`JobCostTest`, at 96 MiB"),
    WRITES(11, "transactions of a backup with its copy not counted, beside one for each pack", "`JobCostTest`"),
    READS(29, "reads of the catalog by a backup", "`JobCostTest`"),
    BACKUP_MiB_S(226, "MiB/s of random bytes, client, node and server apart, over TLS", "`bench/results/2026-11-26-apart.md`"),
    LINK_BYTES(73_000, "bytes of heap at each end of a link that is idle; two threads of the system hold it beside that", "`LinkCostTest`, 1,000 links over TLS in one process, slow"),
    TREE_BYTES_OF_1000(113, "bytes of pool, catalog and trees for 1,000 unchanged files", "`bench/results/2026-11-25-b8ff7cb3.md`");

    final long value;
    private final String what;
    private final String by;

    Measured(long value, String what, String by) {
        this.value = value;
        this.what = what;
        this.by = by;
    }

    String row() {
        return String.format(Locale.ROOT, "| %,d | %s | %s |", value, what, by);
    }
}
