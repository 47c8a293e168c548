package org.azekura.server.job.errand;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Run;

/** Does something with cartridges, one after the other. If it is cancelled, what has begun with one of them ends by itself on its storage node. */
public final class LibraryRun implements Run, LibraryWork.Story {

    /** More are in the result, not in the one line of an error. */
    private static final int NAMED = 3;

    private final JobRecord record;
    private final JobOrder.OfLibrary order;
    private final LibraryWork work;
    private final List<JobResult.Cartridge> fates = new ArrayList<>();
    private final Halt halt = new Halt();

    public LibraryRun(JobRecord record, JobOrder.OfLibrary order, LibraryWork work) {
        this.record = record;
        this.order = order;
        this.work = work;
    }

    @Override
    public Job carryOut() throws BackupException {
        work.carryOut(order, this);
        List<JobResult.Cartridge> warned = fates.stream().filter(one -> one.fate().warns()).toList();
        boolean none = !fates.isEmpty() && fates.stream().allMatch(one -> one.fate() == JobResult.Fate.FAILED);
        boolean damaged = fates.stream().anyMatch(one -> one.fate() == JobResult.Fate.DAMAGED);
        Job.State state = warned.isEmpty() ? Job.State.DONE : none || damaged ? Job.State.FAILED : Job.State.WARNED;
        return record.settle(state, fates.size(), 0, state == Job.State.DONE ? null : error(warned), new JobResult.Cartridges(fates));
    }

    private static String error(List<JobResult.Cartridge> warned) {
        return warned.stream().limit(NAMED).map(JobResult.Cartridge::what).collect(Collectors.joining("; "))
                + (warned.size() > NAMED ? "; and " + (warned.size() - NAMED) + " more" : "");
    }

    @Override
    public void line(JobLine.Level level, String text) {
        record.line(level, text);
    }

    @Override
    public void phase(String phase, int done) {
        record.phase(phase);
        record.progress(done, 0, 0);
    }

    @Override
    public void fate(JobResult.Cartridge cartridge) {
        fates.add(cartridge);
        record.line(cartridge.fate().warns() ? JobLine.Level.WARN : JobLine.Level.INFO, cartridge.what());
        record.progress(fates.size(), 0, 0);
    }

    @Override
    public void check() throws BackupException {
        halt.check();
    }

    @Override
    public void stop(BackupException why) {
        halt.say(why);
    }

    @Override
    public ClientName client() {
        return null;
    }
}
