package org.azekura.client.restore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.Overwrite;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.message.RestorePoint;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.plan.PlanReader;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.EntryCodec;

/**
 * Makes of a plan and chunks what was saved, wherever both come from. Used once, by one thread. What is not as it was saved is among the
 * problems; they and the tally may be looked at meanwhile as far as they allow it themselves.
 */
public final class Restorer {

    private static final int MAX_GAPS = 10_000;

    /** As small as can be: there is one for each directory of the tree until the end. */
    private record MadeDirectory(RawPath path, byte[] entry) {}

    private final RawPath top;
    private final Overwrite overwrite;
    private final Breaker breaker;
    private final Problems problems;
    private final Tally tally;
    private final KindWarnings warnings;
    private final Links links = new Links();
    private final PlanReader plan = new PlanReader();
    private final Map<RawPath, FileInMaking> unfinished = new HashMap<>();
    private final List<MadeDirectory> directories = new ArrayList<>();
    private final Earlier earlier;
    private final Points.Keeper keeper;
    private final boolean asItLies;
    /** The last path of which everything is done, null if there is none yet. */
    private RawPath done;
    private int told;

    /** @param top the directory below which everything lands; made if it is not there */
    public Restorer(RawPath top, Overwrite overwrite, Breaker breaker, Problems problems, Tally tally) {
        this(top, overwrite, breaker, problems, tally, null, null, false);
    }

    /** Is told of each attribute of each entry that the target does not take; the problems have it once for each kind. */
    @FunctionalInterface
    public interface Unset {
        void unset(RawPath path, String kind, String reason);
    }

    /** One that fills a place that was empty. @param asItLies whether parts of files come in any order */
    public Restorer(RawPath top, Breaker breaker, Problems problems, Tally tally, boolean asItLies, Unset unset) {
        this(top, Overwrite.NEVER, breaker, problems, tally, null, null, asItLies, new KindWarnings(unset));
    }

    /**
     * One that goes on where attempts before it were cut off, and can be gone on with.
     *
     * @param earlier what is known of them; null if there were none
     * @param keeper  is told from time to time how far this is; null if nobody cares
     * @param asItLies whether parts of files come in any order
     */
    public Restorer(RawPath top, Overwrite overwrite, Breaker breaker, Problems problems, Tally tally, ClientOrder.Earlier earlier,
            Points.Keeper keeper, boolean asItLies) {
        this(top, overwrite, breaker, problems, tally, earlier, keeper, asItLies, new KindWarnings());
    }

    private Restorer(RawPath top, Overwrite overwrite, Breaker breaker, Problems problems, Tally tally, ClientOrder.Earlier earlier,
            Points.Keeper keeper, boolean asItLies, KindWarnings warnings) {
        this.warnings = warnings;
        this.asItLies = asItLies;
        this.top = top;
        this.overwrite = overwrite;
        this.breaker = breaker;
        this.problems = problems;
        this.tally = tally;
        this.earlier = Earlier.of(earlier);
        this.keeper = keeper;
        RestorePoint point = this.earlier.point();
        if (point != null) {
            done = point.done();
            tally.earlier(point.files(), point.bytes());
            warnings.earlier(point.unset());
        }
    }

    /** Names what would be kept, and changes nothing. */
    public void dryRun(Batches batches) throws BackupException {
        new DryRun(top, overwrite, problems, tally).run(batches);
    }

    /**
     * Restores; durable at return.
     *
     * @throws BackupException why it could not be ended; what is complete stays, what is not is removed unless the job goes on
     */
    public void run(Batches batches, ChunkSource chunks) throws BackupException {
        try (Target target = Target.open(top, true);
                Maker maker = new Maker(target, overwrite, earlier, problems, tally, new Metadata(warnings), asItLies);
                Points points = new Points("restore to " + top, keeper, () -> sync(target), tally)) {
            boolean goesOn = false;
            try {
                for (RestoreBatch batch = batches.next(); batch != null; batch = batches.next()) {
                    take(batch, maker, chunks);
                    points.after(this::reached);
                }
                unfinished.values().removeIf(file -> file.skipped);
                unfinished.values().forEach(file -> problems.add(file.path.saved(), "the plan ended before the file's end"));
            } catch (BackupException e) {
                goesOn = breaker.goesOn(e);
                throw e;
            } finally {
                if (!goesOn || asItLies) {
                    unfinished.values().forEach(maker::abandon);
                }
            }
            finish(maker);
            points.end();
            sync(target);
            if (asItLies && keeper != null && problems.isWhole()) {
                // There may be more to come in another attempt, when a cartridge is there.
                Points.Reached last = reached();
                keeper.keep(last.point(), last.problems());
            }
            warnings.tell(top, problems);
        }
    }

    private void sync(Target target) throws BackupException {
        try {
            target.sync();
        } catch (PosixException e) {
            throw BackupException.device("target.sync", top.toString(), "what was restored below " + top + " cannot be made durable: "
                    + e.getMessage(), e);
        }
    }

    private void take(RestoreBatch batch, Maker maker, ChunkSource chunks) throws BackupException {
        BatchRun run = new BatchRun(chunks, maker, tally, file -> complete(file, maker));
        DoneEntries before = new DoneEntries(maker, links, problems, this::finishLater);
        batch.problems().forEach(problems::add);
        List<RawPath> planned = new ArrayList<>();
        plan.read(batch.entries(), batch.ids(), part -> {
            breaker.check();
            tally.step();
            if (batch.done()) {
                before.take(part);
            } else {
                plan(part, maker, run);
                planned.add(part.path());
            }
        });
        run.run(batch.chunks());
        planned.reversed().stream().filter(path -> !unfinished.containsKey(path)).findFirst().ifPresent(path -> done = path);
    }

    private void finishLater(RestorePlan.Part directory) {
        directories.add(new MadeDirectory(directory.path(), EntryCodec.encode(directory.entry())));
    }

    /** How far this is between two batches; null if that cannot be told in a few words. */
    private Points.Reached reached() {
        if (asItLies) {
            return problems.isWhole() ? reached(null, null, Instant.now()) : null;
        }
        RestorePoint.Half half = null;
        for (FileInMaking file : unfinished.values()) {
            if (half != null || file.skipped || file.broken || file.made == null || file.gaps().size() > MAX_GAPS) {
                return null;
            }
            half = new RestorePoint.Half(file.path.saved(), file.temporary, file.made.inode(), file.to, file.end, file.lists, List.copyOf(file.gaps()));
        }
        return problems.isWhole() ? reached(done, half, null) : null;
    }

    private Points.Reached reached(RawPath done, RestorePoint.Half half, Instant until) {
        List<PathProblem> since = List.copyOf(problems.behind(told));
        told = problems.count();
        return new Points.Reached(new RestorePoint(done, half, tally.files(), tally.bytes(), warnings.unset(), until), since);
    }

    /** How many of the problems have been told with a point. */
    int told() {
        return told;
    }

    private void finish(Maker maker) throws BackupException {
        unfinished.values().forEach(file -> links.failed(file.entry.linkGroup()));
        links.make(maker, problems);
        for (MadeDirectory made : directories.reversed()) {
            tally.step();
            maker.finishDirectory(TargetPath.of(made.path), EntryCodec.decode(made.entry));
        }
    }

    private void plan(RestorePlan.Part part, Maker maker, BatchRun run) {
        TargetPath path = TargetPath.of(part, problems);
        if (path == null) {
            return;
        }
        Entry entry = part.entry();
        switch (entry.type()) {
            case DIRECTORY -> {
                if (maker.makeDirectory(path, entry)) {
                    finishLater(part);
                }
            }
            case FILE -> planFile(part, path, maker, run);
            case SYMLINK, FIFO, SOCKET, BLOCK, CHARACTER -> {
                if (!isRestored(path, entry, maker) && maker.mayMake(path, entry) && links.isFirst(entry.linkGroup(), path) && !maker.makeSpecial(path, entry)) {
                    links.failed(entry.linkGroup());
                }
            }
        }
    }

    private void planFile(RestorePlan.Part part, TargetPath path, Maker maker, BatchRun run) {
        Entry entry = part.entry();
        FileInMaking file = unfinished.get(path.saved());
        if (file == null) {
            file = maker.file(path, entry);
            file.skipped = isRestored(path, entry, maker) || !maker.mayMake(path, entry) || !links.isFirst(entry.linkGroup(), path);
            unfinished.put(path.saved(), file);
            if (file.skipped && file.made != null) {
                maker.abandon(file);
            }
        }
        long at = part.from();
        for (Extent extent : extents(entry)) {
            if (!file.skipped && !extent.isHole() && at + extent.length() > file.have) {
                run.want(file, at, extent.chunk(), extent.offset(), (int) extent.length());
            }
            at += extent.length();
        }
        file.planned += at - part.from();
        if (part.last()) {
            file.length = at;
        }
        file.to = Math.max(file.have, at);
        if (file.complete()) {
            complete(file, maker);
        }
    }

    /** Whether an attempt before this has made it durable; its other names are links to it. */
    private boolean isRestored(TargetPath path, Entry entry, Maker maker) {
        boolean restored = maker.remains().isRestored(path, entry);
        if (restored) {
            links.restored(entry.linkGroup(), path);
        }
        return restored;
    }

    private static List<Extent> extents(Entry file) {
        return switch (file.content()) {
            case Entry.Content.None none -> List.of();
            case Entry.Content.Inline inline -> inline.extents();
            case Entry.Content.Paged paged -> throw new IllegalStateException("a restore plan has extents, not their pages");
            case Entry.Content.Directory directory -> throw new IllegalStateException("a directory has no extents");
        };
    }

    private void complete(FileInMaking file, Maker maker) {
        unfinished.remove(file.path.saved());
        if (!file.skipped && (file.broken || !maker.finish(file))) {
            links.failed(file.entry.linkGroup());
        }
    }
}
