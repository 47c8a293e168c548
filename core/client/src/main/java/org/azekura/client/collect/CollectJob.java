package org.azekura.client.collect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.Failure;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.Ticket;
import org.azekura.client.blocks.BlockMaps;
import org.azekura.client.cache.Cache;
import org.azekura.client.cache.CacheFolder;
import org.azekura.client.cache.CacheWriter;
import org.azekura.client.cache.CachedDirectory;
import org.azekura.client.drill.Scratch;
import org.azekura.client.hook.HookDesk;
import org.azekura.client.hook.HookFacts;
import org.azekura.client.hook.HookedJob;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Findings;
import org.azekura.client.job.NodeLink;
import org.azekura.client.job.Paces;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.job.Ticker;
import org.azekura.client.stream.IncomingStream;
import org.azekura.client.stream.StreamDoor;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.snapshot.Details;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.volume.SigningKey;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;
import org.azekura.wire.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one {@link ClientOrder.Collect}, up to the server's word that it has taken it in. Runs on a platform thread. */
public final class CollectJob {

    private static final Logger LOG = LoggerFactory.getLogger(CollectJob.class);
    private static final Duration REPORT_TIME = Duration.ofMinutes(30);

    /** Whose client this is, and what it works with. {@code checkpointBytes}: how much is handed on from one checkpoint to the next */
    public record Self(ClientName name, Path home, SigningKey key, CacheFolder caches, StreamDoor streams, HookDesk hooks, Scratch scratch, Transports transports,
            InstantSource clock, long checkpointBytes) {}

    private final ClientOrder.Collect order;
    private final Self self;
    private final Conversation server;
    private final Breaker breaker;
    private final Paces paces;
    private final Problems problems = new Problems();
    private final Problems skipped = new Problems();
    private final Tally tally = new Tally();

    public CollectJob(ClientOrder.Collect order, Self self, Conversation server, Breaker breaker, Paces paces) {
        this.order = order;
        this.self = self;
        this.server = server;
        this.breaker = breaker;
        this.paces = paces;
    }

    /** @throws BackupException why it could not be ended; nothing of it is then valid but what the node keeps for a next try */
    public void run() throws BackupException {
        Ticker ticker = new Ticker(order.job(), tally, server);
        try {
            if (order.dryRun()) {
                list();
            } else {
                try (HookedJob hooks = self.hooks().begin(order.hooks(), HookFacts.of(order), breaker, tally, server)) {
                    collect(hooks);
                }
            }
        } catch (IOException e) {
            throw BackupException.device("client.home", self.home().toString(), "job " + order.job() + ": the client's own files: " + e, e);
        } finally {
            ticker.close();
        }
    }

    private void list() throws IOException, BackupException {
        Listing listing = new Listing(tally);
        Meter meter = new Meter(new Readers(), System::nanoTime);
        walk(listing, null, meter, 0, Lookahead.NO_BUDGET);
        if (listing.more() > 0) {
            problems.add(RawPath.of("/"), "and " + listing.more() + " more paths would be saved; the list is cut");
        }
        report(new byte[0], new byte[0], listing.paths());
    }

    private void collect(HookedJob hooks) throws IOException, BackupException {
        Instant started = self.clock().instant();
        ClientOrder.PoolProfile pool = order.pool();
        CacheFolder.Key key = new CacheFolder.Key(order.client(), order.saveSet().name(), pool.pool());
        try (IncomingStream stream = stream(hooks);
                Cache parent = order.parent() == null || stream != null ? null : self.caches().open(key, order.parent());
                CacheFolder.Partial partial = stream == null ? partial(key) : null;
                CacheWriter cache = self.caches().begin(key, order.snapshot(), started, order.job());
                BlockMaps maps = new BlockMaps(self.caches().maps(key));
                Sealer sealer = Sealer.open(group(), pool.epoch(), pool.epochKey());
                NodeLink node = NodeLink.open(self.transports(), order.node().at(server.connection().host()), self.name(), breaker)) {
            if (stream != null) {
                breaker.onTrip(stream::close);
            }
            breaker.onTrip(() -> dropIfDamaged(key, parent, partial));
            ChunkNamer namer = new ChunkNamer(pool.idKey());
            Safety safety = new Safety();
            NodeOutlet outlet = new NodeOutlet(order.job(), sealer.session(), sealer.sealedKey(), node, server, breaker, safety,
                    paces.of(order.job(), breaker, tally::step));
            Collected collected;
            try (Pipeline pipeline = new Pipeline(breaker, namer, sealer, pool.compressionLevel(), outlet, safety, tally);
                    Checkpoints checkpoints = new Checkpoints(order.job(), safety, self.checkpointBytes(), partial == null ? 0 : partial.entries(),
                            cut -> self.caches().keep(key, order.job(), cache, cut))) {
                CachedDirectory before = Cache.root(partial == null ? null : partial.cache(), parent);
                collected = collect(pipeline, new Trees(namer, cache, before, checkpoints), maps, stream, started);
                pipeline.drain();
            }
            outlet.flush();
            Manifest manifest = new Manifest(order.snapshot(), order.job(), order.client(), order.saveSet().name(), pool.pool(), pool.chunkSizes(),
                    pool.compressionLevel(), collected.root, parent == null ? null : parent.snapshot(), started, self.clock().instant(),
                    tally.files(), tally.bytes(), collected.directories, sealer.session(), sealer.sealedKey(), new byte[0])
                    .with(details(), sealer);
            byte[] encoded = manifest.encoded();
            maps.settle();
            hooks.done(problems);
            report(encoded, self.key().sign(encoded), List.of());
            maps.sweep();
        }
    }

    /** For whom it seals; the ticket says for whom the node takes it. */
    private TrustGroup group() throws BackupException {
        return MessageCodec.decode(ByteBuffer.wrap(order.node().ticket().ticket()), Ticket.class).trustGroup();
    }

    /** What is saved instead of files, null if those are. */
    private IncomingStream stream(HookedJob hooks) throws BackupException {
        if (hooks.dumps()) {
            return hooks.dump();
        }
        return order.stream() == null ? null : self.streams().take(order.stream(), tally::step);
    }

    /** What earlier attempts at this job left, null if there is nothing that counts. */
    private CacheFolder.Partial partial(CacheFolder.Key key) throws IOException {
        if (!order.goesOn()) {
            self.caches().dropPartial(key);
            return null;
        }
        CacheFolder.Partial partial = self.caches().partial(key, order.job());
        if (partial != null) {
            LOG.info("job={} attempt {} goes on from a checkpoint of {} entries", order.job(), order.attempt(), partial.entries());
        }
        return partial;
    }

    /** A fault of ours or bytes that make no sense may come from the cache: the next try shall not meet it again. */
    private void dropIfDamaged(CacheFolder.Key key, Cache parent, CacheFolder.Partial partial) {
        Failure.Kind kind = breaker.failure().kind();
        if ((parent != null || partial != null) && (kind == Failure.Kind.BUG || kind == Failure.Kind.CORRUPT)) {
            try {
                self.caches().drop(key);
                self.caches().dropPartial(key);
            } catch (IOException e) {
                LOG.warn("job={} the cache {} cannot be dropped: {}", order.job(), key, e.toString());
            }
        }
    }

    private record Collected(ChunkId root, long directories) {}

    /** What trees are written with. {@code before}: what is known of the root directory, null if nothing */
    private record Trees(ChunkNamer namer, CacheWriter cache, CachedDirectory before, Checkpoints checkpoints) {}

    private Collected collect(Pipeline pipeline, Trees with, BlockMaps maps, IncomingStream stream, Instant started)
            throws IOException, BackupException {
        Segments segments = new Segments(pipeline, ContentReader.small(order.pool().chunkSizes().min()), order.pool().idKey(), self.checkpointBytes());
        TreeBuilder trees = new TreeBuilder(breaker, with.namer, pipeline::page, with.cache, with.before, with.checkpoints);
        LargeReader large = new LargeReader(breaker, pipeline, order.pool().chunkSizes(), order.pool().idKey(), with.namer, maps, tally);
        Meter meter = new Meter(new Readers(), System::nanoTime);
        ContentReader reader = new ContentReader(segments, large, order.pool().chunkSizes().min(), tally, meter);
        Collector collector = new Collector(trees, segments, reader, maps, with.namer, problems, tally);
        if (stream != null) {
            collector.stream(stream, started);
        } else {
            walk(collector, with.before, meter, ContentReader.small(order.pool().chunkSizes().min()), pipeline.room());
        }
        segments.end();
        return new Collected(trees.finish(), collector.directories());
    }

    /** @param small files of fewer bytes may be read ahead of the walk, none if it is 0 */
    private void walk(Harvest harvest, CachedDirectory before, Meter meter, int small, Lookahead.Room room) throws IOException, BackupException {
        List<RawPath> own = new ArrayList<>(order.never());
        own.add(new RawPath(self.home().toString().getBytes(StandardCharsets.UTF_8)));
        RuleSet rules = new RuleSet(order.saveSet().rules());
        Walker.Scope scope = new Walker.Scope(RootTree.of(order.saveSet().roots()), rules, order.saveSet().oneFileSystem(), Inodes.of(own));
        int found;
        try (Lookahead ahead = new Lookahead(breaker, meter, new Lookahead.Wish(small, rules), room, AheadSource::of, System::nanoTime)) {
            found = new Walker(breaker, scope, self.caches().folder(), harvest, problems, skipped, tally, ahead, meter).walk(before);
        }
        if (found == 0) {
            throw BackupException.operator("root.missing", order.saveSet().name().toString(), "nothing to save: " + reasons());
        }
    }

    private String reasons() {
        List<String> reasons = problems.list().stream().limit(5).map(p -> p.path() + " " + p.reason()).toList();
        return reasons.isEmpty() ? "the save set has no root" : String.join("; ", reasons);
    }

    private Details details() {
        List<PathProblem> all = new ArrayList<>(skipped.list());
        all.addAll(problems.list());
        return new Details(order.saveSet().roots(), order.saveSet().rules(), order.saveSet().oneFileSystem(), Details.fitting(all));
    }

    private void report(byte[] manifest, byte[] signature, List<RawPath> listed) throws BackupException {
        breaker.check();
        Findings.tell(order.job(), server, problems.list(), listed);
        server.ask(new ClientReport.Collected(order.job(), manifest, signature), Answer.Done.class, REPORT_TIME);
    }
}
