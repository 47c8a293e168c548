package org.azekura.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.tree.Entry.Content;
import org.azekura.engine.tree.Entry.Type;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final String VERSION = "%02x".formatted(FormatVersion.FIRST);

    private static final HexFormat HEX = HexFormat.of();
    private static final ChunkId TREE = new ChunkId(1, 1, 1, 1);
    private static final ChunkId DATA = new ChunkId(2, 2, 2, 2);
    private static final String TREE_REF = "01" + "0000000000000001".repeat(4);
    private static final String DATA_REF = "00" + "0000000000000002".repeat(4);

    private final ChunkNamer namer = new ChunkNamer(new byte[32]);
    private final PageMap pages = new PageMap();

    @Test
    void aDirectoryPageIsTheOneOfTheGrammar() throws BackupException {
        TreeWriter writer = new TreeWriter(namer, pages);
        writer.add(entry("d", Type.DIRECTORY, null, new Content.Directory(TREE)));
        writer.add(entry("f", Type.FILE, null, new Content.Inline(List.of(new Extent(DATA, 5, 7), new Extent(DATA, 1, 1)), null)));
        writer.add(entry("l", Type.SYMLINK, "../f".getBytes(), new Content.None()));
        Page page = pages.page(writer.finish());
        String plain = VERSION + "01" + "00" + "03"
                + "01" + "64" + "10" + "02" + "00" + "836d" + "00" + "00" + "00" + "00" + "00" + "00" + "00" + "00" + "00" + "00" + "03" + "00"
                + "01" + "66" + "18" + "01" + "00" + "836d" + "00" + "00" + "00" + "00" + "00" + "00" + "00" + "00" + "00" + "00" + "01" + "02"
                + "01" + "01" + "05" + "07" + "01" + "01" + "01" + "01"
                + "01" + "6c" + "14" + "03" + "00" + "836d" + "00" + "00" + "00" + "00" + "00" + "00" + "00" + "00" + "00" + "04" + "2e2e2f66" + "00" + "00";
        assertEquals(plain, HEX.formatHex(page.plain()));
        assertEquals(VERSION + "00000002" + TREE_REF + DATA_REF, HEX.formatHex(page.clear()));
        assertEquals(List.of(new Ref(TREE, ChunkKind.TREE), new Ref(DATA, ChunkKind.DATA)), PageRefs.parse(ByteBuffer.wrap(page.clear())));
    }

    @Test
    void upperPagesAreThoseOfTheGrammar() throws BackupException {
        Page bottom = new Page(HEX.parseHex(VERSION + "00000000"), HEX.parseHex(VERSION + "010001" + "0161" + "0e" + "02" + "00".repeat(13)));
        pages.page(DATA, new Page(HEX.parseHex(VERSION + "00000001" + TREE_REF), HEX.parseHex(VERSION + "01" + "01" + "01" + "00" + "0161")));
        pages.page(TREE, bottom);
        assertEquals(1, TreeTest.read(new TreeReader(pages), DATA, null).size());
        Page list = new Page(HEX.parseHex(VERSION + "00000001" + TREE_REF), HEX.parseHex(VERSION + "02" + "01" + "01" + "00" + "02" + "8101"));
        Map<ChunkId, Page> lists = Map.of(DATA, list, TREE, new Page(HEX.parseHex(VERSION + "00000001" + DATA_REF),
                HEX.parseHex(VERSION + "02" + "00" + "02" + "01" + "00" + "00" + "01" + "00" + "8100")));
        List<Extent> extents = new ArrayList<>();
        new TreeReader(lists::get).extents(new Content.Paged(DATA, 2, null), extents::add);
        assertEquals(List.of(new Extent(DATA, 0, 1), Extent.hole(128)), extents);
        assertThrows(BackupException.class, () -> new TreeReader(lists::get).extents(new Content.Paged(DATA, 3, null), extents::add));
    }

    @Test
    void aPageThatContainsItselfIsRefused() {
        Page loop = new Page(HEX.parseHex(VERSION + "00000001" + TREE_REF), HEX.parseHex(VERSION + "01" + "01" + "01" + "00" + "0161"));
        TreeReader reader = new TreeReader(id -> loop);
        assertEquals("tree.corrupt", assertThrows(BackupException.class, () -> TestReads.all(reader, TREE)).failure().code());
        assertThrows(BackupException.class, () -> reader.find(TREE, new byte[] {'a'}));
        Page high = new Page(loop.clear(), HEX.parseHex(VERSION + "01" + "ff" + "01" + "00" + "0161"));
        assertThrows(BackupException.class, () -> TestReads.all(new TreeReader(id -> high), TREE));
    }

    /** Neither other exceptions nor endless work, whatever the bytes. */
    @Test
    void changedPagesAreRefusedOrRead() throws BackupException {
        RandomEntries some = RandomEntries.seeded("changedPagesAreRefusedOrRead");
        Random random = some.random();
        int refused = 0;
        for (int round = 0; round < 60; round++) {
            PageMap good = new PageMap();
            TreeWriter writer = new TreeWriter(namer, good);
            for (Entry e : some.sorted(round % 3 == 0 ? 1500 : 20)) {
                writer.add(e);
            }
            ChunkId tree = writer.finish();
            Content list = ExtentWriter.content(some.extents(300).stream().filter(x -> !x.isHole()).toList(), null, namer, good);
            for (int change = 0; change < 50; change++) {
                List<ChunkId> ids = List.copyOf(good.pages.keySet());
                ChunkId victim = ids.get(random.nextInt(ids.size()));
                Page page = good.pages.get(victim);
                Page bad = random.nextBoolean() ? new Page(page.clear(), changed(page.plain(), random)) : new Page(changed(page.clear(), random), page.plain());
                TreeReader reader = new TreeReader(id -> id.equals(victim) ? bad : good.page(id));
                refused += TestReads.refused(() -> TestReads.all(reader, tree)) ? 1 : 0;
                refused += TestReads.refused(() -> reader.find(tree, some.name())) ? 1 : 0;
                refused += TestReads.refused(() -> reader.extents(list, x -> {})) ? 1 : 0;
            }
        }
        assertTrue(refused > 100);
    }

    @Test
    void randomBytesAreRefused() {
        RandomEntries some = RandomEntries.seeded("randomBytesAreRefused");
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = some.bytes(some.random().nextInt(100));
            assertThrows(BackupException.class, () -> PageRefs.parse(ByteBuffer.wrap(bytes)));
            Page page = new Page(HEX.parseHex(VERSION + "00000002" + TREE_REF + DATA_REF), bytes);
            TestReads.refused(() -> TestReads.all(new TreeReader(id -> page), TREE));
        }
    }

    @Test
    void countsAreCheckedBeforeMemoryIsTaken() {
        Page many = new Page(HEX.parseHex(VERSION + "00000000"), HEX.parseHex(VERSION + "01" + "00" + "87ffffff7f"));
        assertThrows(BackupException.class, () -> TestReads.all(new TreeReader(id -> many), TREE));
        assertThrows(BackupException.class, () -> PageRefs.parse(ByteBuffer.wrap(HEX.parseHex(VERSION + "7fffffff"))));
        assertThrows(BackupException.class, () -> PageRefs.parse(ByteBuffer.wrap(HEX.parseHex(VERSION + "ffffffff"))));
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = Arrays.copyOf(bytes, random.nextInt(5) == 0 ? random.nextInt(bytes.length + 10) : bytes.length);
        for (int n = random.nextInt(4); n >= 0 && changed.length > 0; n--) {
            changed[random.nextInt(random.nextBoolean() ? Math.min(8, changed.length) : changed.length)] = (byte) random.nextInt();
        }
        return changed;
    }

    private static Entry entry(String name, Type type, byte[] target, Content content) {
        return new Entry(name.getBytes(), type, 0755, 0, 0, "", "", 0, Instant.EPOCH, Instant.EPOCH, 0, target, 0, 0, List.of(), content, false);
    }

    /** Reads that may fail only in the one way. */
    private static final class TestReads {

        interface Read {
            void run() throws BackupException;
        }

        static void all(TreeReader reader, ChunkId tree) throws BackupException {
            reader.entries(tree, null, e -> true);
        }

        static boolean refused(Read read) {
            try {
                read.run();
                return false;
            } catch (BackupException e) {
                assertTrue(List.of("tree.corrupt", "tree.missing").contains(e.failure().code()), e.toString());
                return true;
            }
        }
    }
}
