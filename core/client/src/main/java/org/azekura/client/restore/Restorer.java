package org.azekura.client.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.api.message.RestoreBatch;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.EntryCodec;

/**
 * Makes of a plan and chunks what was saved, wherever both come from. Used once, by one thread. What is not as it was saved is among the
 * problems; they and the tally may be looked at meanwhile as far as they allow it themselves.
 */
public final class Restorer {

    /** As small as it came: there is one for each directory of the tree until the end. */
    private record MadeDirectory(RawPath path, byte[] entry) {}

    private final RawPath top;
    private final Overwrite overwrite;
    private final Breaker breaker;
    private final Problems problems;
    private final Tally tally;
    private final KindWarnings warnings = new KindWarnings();
    private final Links links = new Links();
    private final Map<RawPath, FileInMaking> unfinished = new HashMap<>();
    private final List<MadeDirectory> directories = new ArrayList<>();

    /** @param top the directory below which everything lands; made if it is not there */
    public Restorer(RawPath top, Overwrite overwrite, Breaker breaker, Problems problems, Tally tally) {
        this.top = top;
        this.overwrite = overwrite;
        this.breaker = breaker;
        this.problems = problems;
        this.tally = tally;
    }

    /** Names what would be kept, and changes nothing. */
    public void dryRun(Batches batches) throws BackupException {
        new DryRun(top, overwrite, problems, tally).run(batches);
    }

    /**
     * Restores; durable at return.
     *
     * @throws BackupException why it could not be ended; what is complete stays, what is not is removed
     */
    public void run(Batches batches, ChunkSource chunks) throws BackupException {
        try (Target target = Target.open(top, true);
                Maker maker = new Maker(target, overwrite, problems, tally, new Metadata(warnings))) {
            try {
                for (RestoreBatch batch = batches.next(); batch != null; batch = batches.next()) {
                    BatchRun run = new BatchRun(chunks, maker, tally, file -> complete(file, maker));
                    batch.problems().forEach(problems::add);
                    for (RestoreBatch.Item item : batch.entries()) {
                        breaker.check();
                        tally.step();
                        plan(item, maker, run);
                    }
                    run.run(batch.chunks());
                }
                unfinished.values().removeIf(file -> file.skipped);
                unfinished.values().forEach(file -> problems.add(file.path.saved(), "the plan ended before the file's end"));
            } finally {
                unfinished.values().forEach(maker::abandon);
            }
            finish(maker);
            target.sync();
            warnings.tell(top, problems);
        } catch (PosixException e) {
            throw BackupException.device("target.sync", top.toString(), "what was restored below " + top + " cannot be made durable: "
                    + e.getMessage(), e);
        }
    }

    private void finish(Maker maker) throws BackupException {
        unfinished.values().forEach(file -> links.failed(file.entry.linkGroup()));
        links.make(maker, problems);
        for (MadeDirectory made : directories.reversed()) {
            tally.step();
            maker.finishDirectory(TargetPath.of(made.path), EntryCodec.decode(made.entry));
        }
    }

    private void plan(RestoreBatch.Item item, Maker maker, BatchRun run) {
        TargetPath path = TargetPath.of(item.path());
        Entry entry = PlannedEntry.of(item, path, problems);
        if (entry == null || path.isTop()) {
            return;
        }
        switch (entry.type()) {
            case DIRECTORY -> {
                if (maker.makeDirectory(path, entry)) {
                    directories.add(new MadeDirectory(item.path(), item.entry()));
                }
            }
            case FILE -> planFile(item, path, entry, maker, run);
            case SYMLINK, FIFO, SOCKET, BLOCK, CHARACTER -> {
                if (maker.mayMake(path, entry) && links.isFirst(entry.linkGroup(), path) && !maker.makeSpecial(path, entry)) {
                    links.failed(entry.linkGroup());
                }
            }
        }
    }

    private void planFile(RestoreBatch.Item item, TargetPath path, Entry entry, Maker maker, BatchRun run) {
        FileInMaking file = unfinished.get(path.saved());
        if (file == null) {
            file = maker.file(path, entry);
            file.skipped = !maker.mayMake(path, entry) || !links.isFirst(entry.linkGroup(), path);
            unfinished.put(path.saved(), file);
        }
        file.planned = item.last();
        if (!file.skipped) {
            long at = item.from();
            for (Extent extent : PlannedEntry.extents(entry)) {
                if (!extent.isHole()) {
                    run.want(file, at, extent.chunk(), extent.offset(), (int) extent.length());
                }
                at += extent.length();
            }
        }
        if (file.complete()) {
            complete(file, maker);
        }
    }

    private void complete(FileInMaking file, Maker maker) {
        unfinished.remove(file.path.saved());
        if (!file.skipped && (file.broken || !maker.finish(file))) {
            links.failed(file.entry.linkGroup());
        }
    }
}
