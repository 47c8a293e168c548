package org.azekura.client.restore;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.RawPath;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.transport.Stream;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Findings;
import org.azekura.client.job.NodeLink;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.job.Ticker;
import org.azekura.client.job.Transports;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.EntryCodec;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;

/** Carries out one {@link ClientOrder.Restore}. Runs on a platform thread. */
public final class RestoreJob {

    private static final Duration REPORT_TIME = Duration.ofMinutes(5);
    private static final Duration BATCH_TIME = Duration.ofMinutes(15);

    /** As small as it came: there is one for each directory of the tree until the end. */
    private record MadeDirectory(RawPath path, byte[] entry) {}

    private final ClientOrder.Restore order;
    private final Conversation server;
    private final Breaker breaker;
    private final Problems problems = new Problems();
    private final Tally tally = new Tally();
    private final KindWarnings warnings = new KindWarnings();
    private final Links links = new Links();
    private final Map<RawPath, FileInMaking> unfinished = new HashMap<>();
    private final List<MadeDirectory> directories = new ArrayList<>();
    private volatile Stream batches;

    public RestoreJob(ClientOrder.Restore order, Conversation server, Breaker breaker) {
        this.order = order;
        this.server = server;
        this.breaker = breaker;
    }

    /** The stream on which batches come, behind its opening. */
    public void batches(Stream stream) {
        breaker.onTrip(stream::close);
        batches = stream;
        breaker.signal();
    }

    /** @throws BackupException why it could not be ended; what is complete stays, what is not is removed */
    public void run(Transports transports, ClientName self) throws BackupException {
        Ticker ticker = new Ticker(order.job(), tally, server);
        try {
            breaker.await(() -> batches != null, "the plan from the server", BATCH_TIME);
            if (order.dryRun()) {
                new DryRun(order, problems, tally).run(this::nextBatch);
            } else {
                restore(transports, self);
            }
            breaker.check();
            Findings.tell(order.job(), server, problems.list(), List.of());
            server.ask(new ClientReport.Restored(order.job(), tally.files(), tally.bytes()), Answer.Done.class, REPORT_TIME);
        } finally {
            ticker.close();
        }
    }

    /** Null behind the last. */
    private RestoreBatch nextBatch() throws BackupException {
        ByteBuffer frame = batches.receive(BATCH_TIME);
        tally.step();
        return frame == null ? null : MessageCodec.decode(frame, RestoreBatch.class);
    }

    private void restore(Transports transports, ClientName self) throws BackupException {
        try (Target target = Target.open(order.target(), true);
                NodeLink node = NodeLink.open(transports, order.node(), self, order.job(), breaker);
                Maker maker = new Maker(target, order.overwrite(), problems, tally, new Metadata(warnings))) {
            try {
                for (RestoreBatch batch = nextBatch(); batch != null; batch = nextBatch()) {
                    BatchRun run = new BatchRun(order.job(), node, maker, tally, breaker, file -> complete(file, maker));
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
            unfinished.values().forEach(file -> links.failed(file.entry.linkGroup()));
            links.make(maker, problems);
            for (MadeDirectory made : directories.reversed()) {
                tally.step();
                maker.finishDirectory(TargetPath.of(made.path), EntryCodec.decode(made.entry));
            }
            target.sync();
            warnings.tell(order.target(), problems);
        } catch (PosixException e) {
            throw BackupException.device("target.sync", order.target().toString(), "what was restored below " + order.target()
                    + " cannot be made durable: " + e.getMessage(), e);
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
