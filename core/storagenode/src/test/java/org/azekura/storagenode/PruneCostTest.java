package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.PruneOrder;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.pack.Codec;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.FrameHeader;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.prune.LiveCounts;
import org.azekura.server.prune.LiveRoots;
import org.azekura.server.prune.LiveWalk;
import org.azekura.server.prune.PoolCounts;
import org.azekura.server.trees.TreeMarks;
import org.azekura.server.trees.TreeStore;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a prune of a pool of one and a half million chunks costs both sides: the server's walk and counts, a real node, and the messages between
 * them as they are on the wire. Not the catalog's part, which goes by packs and snapshots.
 */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class PruneCostTest {

    private static final int LEAVES = 1500;
    private static final int CHUNKS = 1000;
    private static final int CHANGED = 15;
    private static final int FLUSH = 50;
    private static final SessionId SESSION = new SessionId(8, 8);

    @TempDir
    Path dir;

    private final TestFrames frames = new TestFrames(Seeds.start());
    private final LiveCounts counts = new LiveCounts();
    private CrashLife life;
    private TreeStore trees;

    /** Processor and wall time, in milliseconds. */
    private record Cost(long cpu, long wall) {

        static Cost now() {
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Cost(system.getProcessCpuTime() / 1_000_000, System.nanoTime() / 1_000_000);
        }

        Cost since(Cost began) {
            return new Cost(cpu - began.cpu, wall - began.wall);
        }

        @Override
        public String toString() {
            return cpu + " ms CPU, " + wall + " ms";
        }
    }

    @Test
    void aFollowingPruneCostsWhatChanged() throws Exception {
        byte[] label = CrashLife.label(SigningKey.loadOrCreate(dir.resolve("signer")));
        try (TreeStore opened = TreeStore.open(Files.createDirectory(dir.resolve("trees")));
                CrashLife begun = new CrashLife(new MemoryStore(), new CrashModel(), label, dir.resolve("node"))) {
            life = begun;
            trees = opened;
            life.open();
            List<ChunkId> leaves = new ArrayList<>();
            for (int i = 0; i < LEAVES; i++) {
                leaves.add(null);
            }
            LiveRoots.Root first = save(1, leaves, 1);
            prune("the first, full", List.of(first), false, LEAVES + 1);
            Cost full = prune("full again", List.of(first), false, LEAVES + 1);
            LiveRoots.Root second = save(2, leaves, LEAVES / CHANGED);
            Cost came = prune("1 % came", List.of(first, second), true, CHANGED + 1);
            Cost went = prune("1 % went", List.of(second), true, CHANGED + 1);
            prune("nothing changed", List.of(second), true, 0);
            assertTrue(came.cpu < full.cpu / 3 && went.cpu < full.cpu / 3, "costs do not go by what changed");
        }
    }

    /** A backup: every so many leaves get new chunks. */
    private LiveRoots.Root save(int snapshot, List<ChunkId> leaves, int every) throws BackupException {
        try (CrashLife.Client client = life.client(true)) {
            SessionId session = frames.session();
            for (int i = 0; i < leaves.size(); i += every) {
                List<ChunkId> chunks = new ArrayList<>();
                List<ByteBuffer> sent = new ArrayList<>();
                for (int n = 0; n < CHUNKS; n++) {
                    chunks.add(frames.id());
                    sent.add(frames.data(session, chunks.getLast(), 1));
                }
                leaves.set(i, page(chunks, ChunkKind.DATA));
                sent.add(frames.tree(session, leaves.get(i), 1));
                client.send(session, sent);
                if (i % FLUSH == 0) {
                    // So many streams wait at most to be accepted.
                    client.flush();
                }
            }
            ChunkId root = page(leaves, ChunkKind.TREE);
            client.send(session, List.of(frames.tree(session, root, 1)));
            client.flush();
            client.end();
            trees.sync();
            return new LiveRoots.Root(new SnapshotId(1, snapshot), root);
        }
    }

    /** By the grammar of pages; the sealed part is of no use. */
    private ChunkId page(List<ChunkId> refs, ChunkKind kind) throws BackupException {
        ChunkId id = frames.id();
        FrameHeader header = new FrameHeader(id, ChunkKind.TREE, Codec.STORED, 10, 5 + 33 * refs.size(), 10 + FrameHeader.SEAL_BYTES, SESSION);
        ByteBuffer frame = ByteBuffer.allocate(header.frameLength());
        frame.put(header.encoded()).putInt(0).put((byte) FormatVersion.FIRST).putInt(refs.size());
        for (ChunkId ref : refs) {
            frame.put((byte) (kind == ChunkKind.TREE ? 1 : 0));
            ref.write(frame);
        }
        Frame.stamp(frame.flip().limit(header.frameLength()));
        trees.append(frame);
        return id;
    }

    /** @param resumed whether it goes on with what was counted before */
    private Cost prune(String what, List<LiveRoots.Root> roots, boolean resumed, long pages) throws BackupException {
        Cost began = Cost.now();
        JobId job = life.nextJob();
        int packs;
        LiveWalk walk;
        try (TreeMarks marks = trees.marks()) {
            counts.check(marks, Set.of(CrashLife.POOL));
            PoolCounts mine = resumed ? counts.take(CrashLife.POOL) : counts.begin(CrashLife.POOL, marks);
            walk = new LiveWalk(trees, marks, mine);
            life.server.done(new PruneOrder.BeginPrune(job, CrashLife.POOL, mine.name()));
            for (PoolCounts.Change change : mine.change(new LiveRoots(Map.of(CrashLife.GROUP, roots), Set.of(), false))) {
                walk.come(change.group(), change.came(), (root, chunks) -> assertEquals(List.of(),
                        life.server.order(new PruneOrder.MarkChunks(job, change.group(), chunks), ChunkAnswer.Missing.class).chunks()));
                walk.go(change.group(), change.went(),
                        (root, chunks) -> life.server.done(new PruneOrder.UnmarkChunks(job, change.group(), chunks)));
            }
            mine.keep(job.value());
            life.server.done(new PruneOrder.KeepCounts(job, job.value()));
            counts.keep(mine);
            packs = CrashPrune.sweep(life, job).size();
            life.server.done(new NodeOrder.EndJob(job));
        }
        Cost cost = Cost.now().since(began);
        System.out.printf("prune, %s: %s, %,d pages read, %,d references told, %d packs%n", what, cost, walk.pages(), walk.named(), packs);
        assertEquals(pages, walk.pages());
        return cost;
    }
}
