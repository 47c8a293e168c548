package org.azekura.server.job.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.message.RestoreBatch;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.plan.PlanReader;
import org.azekura.engine.plan.PlanWriter;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.Page;
import org.azekura.engine.tree.TreeReader;
import org.azekura.engine.tree.TreeWriter;
import org.azekura.wire.MessageCodec;
import org.junit.jupiter.api.Test;

/** What a restore's plan costs on the wire, counted in bytes: it passes the server's interface, the data do not. */
class RestoreBudgetTest {

    private static final int FILES = 5_000;
    private static final int SIZE = 20_000;
    /** Files whose data are in one chunk. */
    private static final int TOGETHER = 50;

    private final ChunkNamer namer = new ChunkNamer(new byte[32]);
    private final Map<ChunkId, Page> pages = new HashMap<>();
    private final Random random = new Random(19);
    private int batches;
    private long bytes;
    private int parts;

    private ChunkId tree(List<Entry> entries) throws BackupException {
        TreeWriter writer = new TreeWriter(namer, pages::put);
        for (Entry entry : entries) {
            writer.add(entry);
        }
        return writer.finish();
    }

    private Entry entry(String name, Entry.Type type, long group, Entry.Content content) {
        Instant time = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(10_000_000), random.nextInt(1_000_000_000));
        return new Entry(name.getBytes(UTF_8), type, 0644, 1000, 1000, "somebody", "somebody", type == Entry.Type.FILE ? SIZE : 0, time, time, group, null, 0, 0,
                List.of(), content, false);
    }

    private Entry directory(String name, ChunkId tree) {
        return entry(name, Entry.Type.DIRECTORY, 0, new Entry.Content.Directory(tree));
    }

    /** @param group of names that are one file, 1 for files of one name */
    private List<Entry> files(int group) {
        List<Entry> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            int data = i / group;
            Extent extent = new Extent(new ChunkId(data / TOGETHER, 7, 7, 7), data % TOGETHER * SIZE, SIZE);
            files.add(entry("holiday-%05d.txt".formatted(i), Entry.Type.FILE, group == 1 ? 0 : data + 1, new Entry.Content.Inline(List.of(extent), new byte[32])));
        }
        return files;
    }

    private ChunkId deep(ChunkId tree, int levels, int length) throws BackupException {
        for (int level = 0; level < levels; level++) {
            tree = tree(List.of(directory("d".repeat(length), tree)));
        }
        return tree;
    }

    /** Bytes for each part of the plan, as the client gets them. */
    private long plan(String what, ChunkId root) throws BackupException {
        batches = parts = 0;
        bytes = 0;
        PlanWriter writer = new PlanWriter();
        PlanReader reader = new PlanReader();
        new RestorePlan(new TreeReader(pages::get), List.of(), (some, chunks, problems) -> {
            List<RestoreBatch.ChunkKey> keys = chunks.stream().map(chunk -> new RestoreBatch.ChunkKey(chunk, new byte[32])).toList();
            var frame = MessageCodec.encode(PlanSender.batch(writer, some, keys, problems));
            batches++;
            bytes += frame.remaining();
            List<RestorePlan.Part> read = new ArrayList<>();
            RestoreBatch batch = MessageCodec.decode(frame, RestoreBatch.class);
            reader.read(batch.entries(), batch.ids(), read::add);
            assertEquals(some, read);
            parts += read.size();
        }).run(root);
        System.out.printf("%s: %d parts in %d batches, %d bytes, %.1f for each, %.3f %% of %d bytes each%n", what, parts, batches, bytes, 1.0 * bytes / parts,
                100.0 * bytes / parts / SIZE, SIZE);
        return bytes / parts;
    }

    @Test
    void aFileCostsItsNameAndAttributesHoweverLongItsPathIs() throws BackupException {
        ChunkId flat = tree(files(1));
        long ordinary = plan("flat", flat);
        assertTrue(ordinary <= 90, ordinary + " bytes for each file");
        assertTrue(plan("below 6,000 bytes of path", deep(flat, 24, 250)) <= ordinary + 5, "a path is told more than once");
        assertTrue(plan("links below 6,000 bytes of path", deep(tree(files(10)), 24, 250)) <= ordinary + 15, "a path is told more than once");
    }

    @Test
    void aThousandDirectoriesWithinEachOtherCostTheirNames() throws BackupException {
        assertTrue(plan("thousand levels", deep(tree(List.of()), 1_000, 200)) <= 200 + 90);
    }
}
