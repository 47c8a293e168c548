package org.azekura.server.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.MonthlyUse;
import org.azekura.server.budget.BudgetAlerts;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has jobs wait that read or fill a device which has used up its budget of the month: copies, heals and drills of a plan. What somebody waits for goes on, and a backup as well: one that is
 * missed is not made good. Thread-safe.
 */
final class BudgetHold implements Hold {

    private static final Logger log = LoggerFactory.getLogger(BudgetHold.class);

    private final CatalogStore catalog;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<MonthlyUse> spent = List.of();

    BudgetHold(CatalogStore catalog) {
        this.catalog = catalog;
    }

    /** All whose budget is used up. */
    void tells(List<MonthlyUse> now) {
        lock.lock();
        try {
            spent = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<MonthlyUse> spent() {
        lock.lock();
        try {
            return spent;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String why(JobId job, Checked checked) {
        List<MonthlyUse> now = spent();
        if (now.isEmpty()) {
            return null;
        }
        try {
            List<Pool> bound = bound(job, checked);
            return now.stream().filter(use -> bound.stream().anyMatch(pool -> pool.node().equals(use.node()) && pool.device().equals(use.device()))).findFirst()
                    .map(BudgetHold::why).orElse(null);
        } catch (BackupException e) {
            log.warn("job={} runs, since nobody can say whether a budget keeps it: {}", job, e.getMessage());
            return null;
        }
    }

    /** No figures that change while it waits. */
    private static String why(MonthlyUse use) {
        return "device " + use.device() + " of storage node " + use.node() + " has used up its budget for " + use.month() + "; it goes on by itself at " + use.until()
                + ", or when there is more: " + BudgetAlerts.raising(use);
    }

    /** The pools for which a job waits. */
    private List<Pool> bound(JobId job, Checked checked) throws BackupException {
        return switch (checked) {
            case Checked.Copy copy -> List.of(copy.from(), copy.to());
            case Checked.Heal heal -> List.of(heal.where());
            case Checked.Drill drill -> catalog.read(view -> Urgency.plan(view, job)).isPresent() ? read(drill) : List.of();
            case Checked.Backup _, Checked.Restore _, Checked.Mount _, Checked.Download _, Checked.Verify _, Checked.Lock _, Checked.Prune _, Checked.Expire _, Checked.Rebuild _,
                    Checked.Driver _, Checked.OfLibrary _ -> List.of();
        };
    }

    private List<Pool> read(Checked.Drill drill) throws BackupException {
        List<Pool> read = new ArrayList<>();
        if (drill.order().fromCopy() == null) {
            read.add(drill.from());
        } else {
            catalog.read(view -> view.pool(drill.order().fromCopy())).ifPresent(read::add);
        }
        return read;
    }

    @Override
    public void await(JobId job, Checked checked, String why) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (why.equals(why(job, checked))) {
                changed.await(1, TimeUnit.MINUTES);
            }
        } finally {
            lock.unlock();
        }
    }

    /** It is parked, though it has not begun: who ordered it shall not wait for weeks. */
    @Override
    public void tell(JobRecord record, String why) throws BackupException {
        record.parked(why, false);
    }

    @Override
    public BackupException exception(String why) {
        return BackupException.operator(Obstacle.BUDGET, "", why);
    }
}
