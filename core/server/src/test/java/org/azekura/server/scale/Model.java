package org.azekura.server.scale;

import org.azekura.server.job.QueueDoor;

/** What an installation of this size takes. What users bring is assumed, all else is {@link Measured}. */
record Model(Size size) {

    /** A hundredth of the data is new each day, and a half of that is stored. */
    private static final double NEW_IN_A_DAY = 0.01;
    private static final double STORED = 0.5;
    /** Snapshots that are kept of each client: 14 daily, 8 weekly, 12 monthly. */
    static final int KEPT = 34;
    private static final int CHUNK = 1 << 20;
    private static final int PACK = 32 << 20;
    private static final double GIGABIT_MiB_S = 119;
    /** What a backup takes beside its data: walk, check, commit. */
    private static final double BESIDE_s = 3;
    /** A window in which all are to be through. */
    private static final double WINDOW_s = 8 * 3600;

    double storedInADay() {
        return size.bytes() * NEW_IN_A_DAY * STORED;
    }

    /** First full backups, and what came each day since of what is kept. */
    double stored() {
        return size.bytes() * STORED + storedInADay() * KEPT;
    }

    double chunks() {
        return stored() / STORED / CHUNK;
    }

    double packs() {
        return stored() / PACK;
    }

    double indexOfANode() {
        return chunks() * Measured.INDEX_BYTES.value / size.nodes();
    }

    double snapshots() {
        return (double) size.clients() * KEPT;
    }

    /** A backup and a copy of it for each client. */
    double jobsInADay() {
        return 2.0 * size.clients();
    }

    /** Packs with one copy, snapshots, and a year of jobs. */
    double catalogBytes() {
        return 2 * packs() * Measured.PACK_ROW.value + snapshots() * Measured.SNAPSHOT_ROW.value + jobsInADay() * 365 * Measured.JOB_ROWS.value;
    }

    /** The same on PostgreSQL. */
    double catalogBytesOnPostgresql() {
        return 2 * packs() * Measured.PACK_ROW_POSTGRESQL.value + snapshots() * Measured.SNAPSHOT_ROW_POSTGRESQL.value + jobsInADay() * 365 * Measured.JOB_ROWS_POSTGRESQL.value;
    }

    double jobSeconds() {
        return BESIDE_s + storedInADay() / size.clients() / (1 << 20) / Math.min(GIGABIT_MiB_S, Measured.BACKUP_MiB_S.value);
    }

    /** So many jobs must run at once for all to be through within the window. */
    double places() {
        return jobsInADay() * jobSeconds() / WINDOW_s;
    }

    double writesInASecond() {
        return (jobsInADay() * Measured.WRITES.value + 2 * storedInADay() / PACK) / WINDOW_s;
    }

    double writerShare() {
        return writesInASecond() * Measured.COMMIT_us.value / 1e6;
    }

    double writerShareOnPostgresql() {
        return writesInASecond() * Measured.COMMIT_POSTGRESQL_us.value / 1e6;
    }

    double messagesInASecond() {
        return (size.clients() * Measured.MESSAGES.value + storedInADay() / (100 << 20) * Measured.MESSAGES_OF_100_MiB.value) / WINDOW_s;
    }

    double networkOfANode() {
        return storedInADay() / size.nodes() / WINDOW_s * 8;
    }

    /** Of each client, and of each node, to the server. */
    double serversHeapOfLinks() {
        return (size.clients() + size.nodes()) * (double) Measured.LINK_BYTES.value;
    }

    boolean fitsUsualPlaces() {
        return places() <= QueueDoor.AT_ONCE;
    }
}
