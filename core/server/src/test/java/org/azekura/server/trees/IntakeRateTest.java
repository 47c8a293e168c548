package org.azekura.server.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;
import org.azekura.engine.tree.TreeWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rebuild takes in at least 100,000 files a second; counted here by processor time, for others may be at work on this machine. */
class IntakeRateTest {

    private static final int DIRECTORIES = 5_000;
    private static final int FILES = 20;

    @TempDir
    Path folder;

    private final KeyRing ring = KeyRing.create(List.of(Recipient.of("test", RecipientKey.generate())));
    private final ChunkNamer namer = new ChunkNamer(new byte[32]);
    private final List<ByteBuffer> frames = new ArrayList<>();

    private ChunkId tree(Sealer sealer, List<Entry> entries) throws Exception {
        TreeWriter writer = new TreeWriter(namer, (id, page) -> frames.add(sealer.seal(ChunkKind.TREE, id, page.clear(), page.plain(), 0,
                page.plain().length, 1)));
        for (Entry entry : entries) {
            writer.add(entry);
        }
        return writer.finish();
    }

    private static Entry entry(String name, Entry.Type type, Entry.Content content) {
        return new Entry(name.getBytes(StandardCharsets.UTF_8), type, 0644, 0, 0, "root", "root", type == Entry.Type.FILE ? 100 : 0, Instant.EPOCH,
                Instant.EPOCH, 0, null, 0, 0, List.of(), content, false);
    }

    private ChunkId tree(Sealer sealer) throws Exception {
        List<Entry> directories = new ArrayList<>();
        for (int d = 0; d < DIRECTORIES; d++) {
            List<Entry> files = new ArrayList<>();
            for (int f = 0; f < FILES; f++) {
                files.add(entry("file-%06d".formatted(f), Entry.Type.FILE, new Entry.Content.Inline(List.of(new Extent(new ChunkId(d, f, 0, 0), 0, 100)), null)));
            }
            directories.add(entry("dir-%06d".formatted(d), Entry.Type.DIRECTORY, new Entry.Content.Directory(tree(sealer, files))));
        }
        return tree(sealer, directories);
    }

    private static long cpu_ns() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    void takesInManyFilesASecond() throws Exception {
        ChunkId root;
        try (Sealer sealer = Sealer.open(ring.epoch(), ring.epochPublicKey())) {
            root = tree(sealer);
        }
        long began = cpu_ns();
        long refs = 0;
        try (TreeStore store = TreeStore.open(folder)) {
            for (ByteBuffer frame : frames) {
                store.append(frame);
            }
            store.sync();
            IdSet seen = new IdSet();
            List<ChunkId> open = new ArrayList<>(List.of(root));
            while (!open.isEmpty()) {
                for (Ref ref : PageRefs.parse(store.frame(open.removeLast()).clear().duplicate())) {
                    refs++;
                    if (ref.kind() == ChunkKind.TREE && seen.add(ref.id())) {
                        open.add(ref.id());
                    }
                }
            }
            assertTrue(seen.size() >= DIRECTORIES, () -> seen.size() + " pages");
        }
        double seconds = (cpu_ns() - began) / 1e9;
        assertTrue(refs >= (long) DIRECTORIES * FILES, "every file has a chunk of its own");
        double rate = DIRECTORIES * FILES / seconds;
        System.out.printf("rebuild, in memory: %,.0f files per CPU second%n", rate);
        assertTrue(rate >= 100_000, () -> rate + " files per CPU second");
    }

    @Test
    void idsAreKeptOnce() {
        IdSet set = new IdSet();
        for (int round = 0; round < 2; round++) {
            for (long i = 0; i < 100_000; i++) {
                assertEquals(round == 0, set.add(new ChunkId(i * 0x9e37_79b9_7f4a_7c15L, i, i, i)));
            }
        }
        assertEquals(100_000, set.size());
        assertTrue(set.contains(new ChunkId(0, 0, 0, 0)) && !set.contains(new ChunkId(1, 2, 3, 4)));
    }
}
