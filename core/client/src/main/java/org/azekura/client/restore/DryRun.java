package org.azekura.client.restore;

import org.azekura.api.BackupException;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.api.message.RestoreBatch;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Errno;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.plan.PlanReader;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.Entry;

/** Names what a restore would keep, and changes nothing. */
final class DryRun {

    private final RawPath top;
    private final Overwrite overwrite;
    private final Problems problems;
    private final Tally tally;

    DryRun(RawPath top, Overwrite overwrite, Problems problems, Tally tally) {
        this.top = top;
        this.overwrite = overwrite;
        this.problems = problems;
        this.tally = tally;
    }

    void run(Batches batches) throws BackupException {
        PlanReader plan = new PlanReader();
        try (Target target = Target.open(top, false)) {
            for (RestoreBatch batch = batches.next(); batch != null; batch = batches.next()) {
                batch.problems().forEach(problems::add);
                plan.read(batch.entries(), batch.ids(), part -> look(target, part));
            }
        }
    }

    private void look(Target target, RestorePlan.Part part) {
        TargetPath path = TargetPath.of(part, problems);
        if (path == null || part.from() > 0) {
            return;
        }
        Entry entry = part.entry();
        String kept = target == null ? null : kept(target, path, entry);
        if (kept != null) {
            problems.add(path.saved(), kept);
        } else if (entry.type() != Entry.Type.DIRECTORY) {
            tally.file();
            tally.bytes(entry.size());
        }
    }

    private String kept(Target target, TargetPath path, Entry entry) {
        try {
            FileStat there = target.above(path, false).find(path.name());
            if (there == null || there.type() == FileType.DIRECTORY && entry.type() == Entry.Type.DIRECTORY) {
                return null;
            }
            return Policy.kept(overwrite, there, entry.mtime(), path.saved());
        } catch (PosixException e) {
            return e.errno() == Errno.ENOENT ? null : Policy.inTheWay(e.errno() == Errno.ELOOP, target.obstacle(path));
        }
    }
}
