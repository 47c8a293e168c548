package org.azekura.client;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.RestoreBatch;
import org.azekura.client.hook.HookDesk;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.SessionKey;
import org.azekura.engine.seal.Unsealer;
import org.azekura.engine.snapshot.Details;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.Page;
import org.azekura.engine.tree.TreeReader;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Transports;

/** A real client between a fake server and a fake node, and eyes for what it sent. */
final class Scene implements AutoCloseable {

    static final ClientName CLIENT = new ClientName("host");
    static final String VERSION = "1.2.3.test";
    private static final int PART = 3;
    int batch = 4;

    static final PoolName POOL = new PoolName("default");

    final LocalTransport transport = new LocalTransport();
    final FakeNode node;
    final FakeServer server;
    final ClientRole role;
    final PoolKeys keys;
    final ChunkSizes sizes = new ChunkSizes(64 << 10, 128 << 10, 512 << 10);
    final KeyRing ring;
    private final Map<SessionId, SessionKey> sessions = new HashMap<>();
    /** How far the client's clock is ahead: so far that what tests have just made counts as settled. */
    private volatile Duration ahead = Duration.ofSeconds(10);
    private long jobs;

    Scene(Path home) throws BackupException {
        this(home, 16 << 20);
    }

    Scene(Path home, long checkpointBytes) throws BackupException {
        this(home, checkpointBytes, Duration.ofSeconds(60));
    }

    Scene(Path home, long checkpointBytes, Duration hookTime) throws BackupException {
        RecipientKey recipient = RecipientKey.generate();
        ring = KeyRing.create(List.of(Recipient.of("test", recipient)));
        keys = ring.unlock(recipient);
        node = new FakeNode(transport);
        server = new FakeServer(transport);
        role = new ClientRole(CLIENT, VERSION, home, List.of(new Endpoint("local", "server")), new Transports(transport),
                () -> Instant.now().plus(ahead), checkpointBytes, new HookDesk.Settings(List.of(home.resolve("hooks")), hookTime), () -> {});
    }

    JobId nextJob() {
        return new JobId(++jobs);
    }

    ClientOrder.Collect collect(Path root, SnapshotId parent, Rule... rules) {
        return collect(List.of(raw(root)), parent, false, List.of(rules));
    }

    ClientOrder.Collect collect(List<RawPath> roots, SnapshotId parent, boolean dryRun, List<Rule> rules) {
        return collect(roots, parent, dryRun, rules, false);
    }

    ClientOrder.Collect collect(List<RawPath> roots, SnapshotId parent, boolean dryRun, List<Rule> rules, boolean oneFileSystem) {
        JobId job = nextJob();
        SaveSet set = new SaveSet(new SaveSetName("set"), roots, rules, oneFileSystem);
        return new ClientOrder.Collect(job, new SnapshotId(7, job.value()), CLIENT, set, null,
                new ClientOrder.PoolProfile(POOL, keys.idKey(), ring.epoch(), ring.epochPublicKey(), sizes, 3), parent,
                FakeNode.ACCESS, List.of(), dryRun, 1, false);
    }

    /** Backs up and commits. */
    Snapshot backup(Path root, Snapshot parent, Rule... rules) throws Exception {
        return run(collect(root, parent == null ? null : parent.manifest.snapshot(), rules));
    }

    Snapshot run(ClientOrder.Collect order) throws Exception {
        server.order(order);
        FakeServer.Collected end = server.collected(order.job());
        Manifest manifest = Manifest.parse(end.manifest());
        sessions.put(manifest.session(), keys.session(manifest.sealedKey()));
        server.order(new ClientOrder.Committed(order.job(), order.snapshot()));
        return new Snapshot(manifest, end);
    }

    /** From now on a change may be so young that its time tells nothing. */
    void setClock(Duration ahead) {
        this.ahead = ahead;
    }

    static RawPath raw(Path path) {
        return RawPath.of(path.toAbsolutePath().toString());
    }

    /** Of an attempt that was cut off it is known from the data it stored. */
    private SessionKey session(SessionId id) throws BackupException {
        SessionKey known = sessions.get(id);
        return known != null ? known : keys.session(node.sealed.get(id));
    }

    byte[] key(ChunkId chunk) throws BackupException {
        return session(Frame.parse(node.frames.get(chunk)).header().session()).chunkKey(chunk);
    }

    byte[] chunk(ChunkId id) throws BackupException {
        return Unsealer.open(Frame.parse(node.frames.get(id)), key(id));
    }

    private Page page(ChunkId id) throws BackupException {
        Frame frame = Frame.parse(server.pages.get(id));
        byte[] clear = new byte[frame.clear().remaining()];
        frame.clear().duplicate().get(clear);
        return new Page(clear, Unsealer.open(frame, session(frame.header().session()).chunkKey(id)));
    }

    TreeReader reader() {
        return new TreeReader(this::page);
    }

    /** A snapshot as the server and the node have it. */
    final class Snapshot {

        final Manifest manifest;
        final FakeServer.Collected report;

        Snapshot(Manifest manifest, FakeServer.Collected report) {
            this.manifest = manifest;
            this.report = report;
        }

        Details details() throws BackupException {
            return manifest.details(sessions.get(manifest.session()));
        }

        /** All entries by path (bytes read as ISO-8859-1), in tree order. */
        Map<String, Entry> entries() throws BackupException {
            Map<String, Entry> found = new TreeMap<>();
            collect("", manifest.root(), found);
            return found;
        }

        private void collect(String above, ChunkId tree, Map<String, Entry> into) throws BackupException {
            List<Entry> entries = new ArrayList<>();
            reader().entries(tree, null, entries::add);
            for (Entry entry : entries) {
                String path = above + "/" + new String(entry.name(), StandardCharsets.ISO_8859_1);
                into.put(path, entry);
                if (entry.content() instanceof Entry.Content.Directory(ChunkId sub)) {
                    collect(path, sub, into);
                }
            }
        }

        Entry entry(Path path) throws BackupException {
            return entries().get(path.toAbsolutePath().toString());
        }

        List<Extent> extents(Entry entry) throws BackupException {
            List<Extent> extents = new ArrayList<>();
            reader().extents(entry.content(), extents::add);
            return extents;
        }

        byte[] content(Path path) throws BackupException {
            return content(entry(path), path);
        }

        byte[] content(Entry entry, Path path) throws BackupException {
            byte[] content = new byte[Math.toIntExact(entry.size())];
            Map<ChunkId, byte[]> chunks = new HashMap<>();
            int at = 0;
            for (Extent extent : extents(entry)) {
                if (!extent.isHole()) {
                    if (!chunks.containsKey(extent.chunk())) {
                        chunks.put(extent.chunk(), chunk(extent.chunk()));
                    }
                    System.arraycopy(chunks.get(extent.chunk()), extent.offset(), content, at, (int) extent.length());
                }
                at += (int) extent.length();
            }
            if (at != content.length) {
                throw new AssertionError(path + " has " + at + " bytes in extents, its size is " + content.length);
            }
            return content;
        }
    }

    /** The server's plan for these paths (all if none), in batches of a few items, parts of few extents. */
    List<PlannedBatch> plan(Snapshot snapshot, String... paths) throws BackupException {
        List<PlannedBatch> batches = new ArrayList<>();
        List<RestorePlan.Part> items = new ArrayList<>();
        Map<ChunkId, RestoreBatch.ChunkKey> chunks = new TreeMap<>();
        for (Map.Entry<String, Entry> found : snapshot.entries().entrySet()) {
            if (paths.length > 0 && Arrays.stream(paths).noneMatch(p -> found.getKey().equals(p) || found.getKey().startsWith(p + "/"))) {
                continue;
            }
            Entry entry = found.getValue();
            RawPath path = new RawPath(found.getKey().getBytes(StandardCharsets.ISO_8859_1));
            List<Extent> extents = snapshot.extents(entry);
            long at = 0;
            for (int from = 0; from == 0 || from < extents.size(); from += PART) {
                List<Extent> part = extents.subList(from, Math.min(from + PART, extents.size()));
                Entry.Content content = part.isEmpty() ? new Entry.Content.None() : new Entry.Content.Inline(part, null);
                items.add(new RestorePlan.Part(path, entry.with(content), at, from + PART >= extents.size()));
                for (Extent extent : part) {
                    at += extent.length();
                    if (!extent.isHole()) {
                        chunks.put(extent.chunk(), new RestoreBatch.ChunkKey(extent.chunk(), key(extent.chunk())));
                    }
                }
                if (items.size() >= batch) {
                    batches.add(new PlannedBatch(List.copyOf(items), List.copyOf(chunks.values()), false));
                    items.clear();
                    chunks.clear();
                }
            }
        }
        batches.add(new PlannedBatch(List.copyOf(items), List.copyOf(chunks.values()), false));
        return batches;
    }

    FakeServer.Restored restore(Path target, Overwrite overwrite, List<PlannedBatch> plan) throws Exception {
        return restore(target, overwrite, false, plan);
    }

    FakeServer.Restored restore(Path target, Overwrite overwrite, boolean dryRun, List<PlannedBatch> plan) throws Exception {
        return restore(target, overwrite, dryRun, null, plan);
    }

    FakeServer.Restored restore(Path target, Overwrite overwrite, boolean dryRun, ClientOrder.Earlier earlier, List<PlannedBatch> plan)
            throws Exception {
        JobId job = nextJob();
        server.order(new ClientOrder.Restore(job, POOL, FakeNode.ACCESS, raw(target), overwrite, dryRun, earlier));
        server.send(job, plan);
        return server.restored(job);
    }

    /** A rehearsal of this plan, to its end. */
    ClientReport.Rehearsed drill(List<PlannedBatch> plan, boolean keep) throws Exception {
        JobId job = nextJob();
        server.order(new ClientOrder.Drill(job, POOL, FakeNode.ACCESS, keys.idKey(), false, keep));
        server.send(job, plan);
        return server.await(job, ClientReport.Rehearsed.class);
    }

    @Override
    public void close() {
        role.close();
        server.close();
        node.close();
    }
}
