package org.azekura.catalog.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pack;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.catalog.Rows;

/**
 * A catalog whose whole content follows from one number, which each transaction raises by one: it writes, overwrites and deletes rows of
 * several tables, and text between nothing and {@value #TEXT} characters, so that the log is written back at ever other moments. It does
 * not grow.
 */
final class NumberedState {

    private static final String NUMBER = "number";
    private static final String FILLER = "filler";
    private static final PoolName POOL = new PoolName("p");
    private static final VolumeId VOLUME = new VolumeId(-1, 1);
    private static final int TEXT = 60_000;
    private static final int JOBS = 16;
    private static final int PACKS = 20;

    private NumberedState() {}

    static long number(CatalogView view) throws BackupException {
        return view.setting(NUMBER).map(Long::parseLong).orElse(0L);
    }

    /** @return the number from now on */
    static long step(CatalogEdit edit) throws BackupException {
        long number = number(edit) + 1;
        if (number == 1) {
            edit.putPool(Rows.pool(POOL.value()));
            edit.putVolume(Rows.volume(1, POOL.value(), "p-1"));
        }
        edit.putPack(pack(number));
        edit.putJob(job(number));
        edit.putSetting(FILLER, filler(number));
        if (number > PACKS) {
            edit.deletePack(pack(number - PACKS).id(), VOLUME);
        }
        edit.putSetting(NUMBER, Long.toString(number));
        return number;
    }

    private static Pack pack(long number) {
        return new Pack(new PackId(-2, number), POOL, new JobId(number), number % 2 == 0, number << 20, (int) number, VOLUME, "packs/" + number, Rows.TIME);
    }

    private static Job job(long number) {
        Job row = Rows.job(1 + number % JOBS, Job.State.RUNNING);
        return new Job(row.id(), row.kind(), row.state(), row.client(), row.pool(), row.started(), row.ended(), number, 3 * number, row.error(),
                row.holds(), row.attempts(), row.order(), row.result());
    }

    private static String filler(long number) {
        Random random = Seeds.random(number);
        int length = random.nextInt(TEXT) >> random.nextInt(8);
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(Long.toString(random.nextLong(), 36));
        }
        return text.toString();
    }

    /** Everything is as it is after so many transactions, and nothing else is there. */
    static void assertWhole(CatalogView view) throws BackupException {
        long number = number(view);
        List<Pack> packs = new ArrayList<>();
        List<Job> jobs = new ArrayList<>();
        for (long n = Math.max(1, number - PACKS + 1); n <= number; n++) {
            packs.add(pack(n));
        }
        for (long n = Math.max(1, number - JOBS + 1); n <= number; n++) {
            jobs.add(job(n));
        }
        assertEquals(packs, view.packs(POOL), "packs of " + number);
        jobs.sort((a, b) -> Long.compare(a.id().value(), b.id().value()));
        assertEquals(Rows.listed(jobs).toString(), Rows.listed(view.jobs(false)).toString(), "jobs of " + number);
        assertEquals(number == 0 ? null : filler(number), view.setting(FILLER).orElse(null), "text of " + number);
    }
}
