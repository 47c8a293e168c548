package org.azekura.engine.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.engine.Seeded;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.plan.RestorePlan.Part;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.Test;

/** What a {@link PlanWriter} writes is what a {@link PlanReader} reads, and it is short. */
class PlanFormTest {

    private static final ChunkId FIRST = new ChunkId(1, 2, 3, 4);
    private static final ChunkId SECOND = new ChunkId(5, 6, 7, 8);

    private static Part directory(String path) {
        return new Part(RawPath.of(path), entry(path, Entry.Type.DIRECTORY, 0, new Entry.Content.None()), 0, true);
    }

    private static Part file(String path, long from, boolean last, Extent... extents) {
        return new Part(RawPath.of(path), entry(path, Entry.Type.FILE, 9_000, new Entry.Content.Inline(List.of(extents), null)), from, last);
    }

    private static Entry entry(String path, Entry.Type type, long size, Entry.Content content) {
        return new Entry(path.substring(path.lastIndexOf('/') + 1).getBytes(UTF_8), type, 0644, 0, 0, "root", "root", size, Instant.EPOCH, Instant.EPOCH, 0, null,
                0, 0, List.of(), content, false);
    }

    private static List<Part> read(PlanReader reader, byte[] parts, List<ChunkId> chunks) throws BackupException {
        List<Part> read = new ArrayList<>();
        reader.read(parts, chunks, read::add);
        return read;
    }

    @Test
    void everyBatchGoesOnWhereTheOneBeforeItEnded() throws BackupException {
        List<List<Part>> batches = List.of(
                List.of(directory("/srv"), directory("/srv/a"), file("/srv/a/one", 0, true, new Extent(FIRST, 0, 9_000))),
                List.of(file("/srv/a/two", 0, false, new Extent(SECOND, 7, 4_000), Extent.hole(1_000))),
                List.of(file("/srv/a/two", 5_000, true, new Extent(FIRST, 0, 4_000)), directory("/srv/ab"), directory("/t")));
        PlanWriter writer = new PlanWriter();
        PlanReader reader = new PlanReader();
        for (List<Part> batch : batches) {
            List<ChunkId> chunks = List.of(SECOND, FIRST);
            assertEquals(batch, read(reader, writer.parts(batch, chunks), chunks));
        }
    }

    @Test
    void aPathIsToldByWhatDiffersFromTheOneBefore() throws BackupException {
        PlanWriter writer = new PlanWriter();
        byte[] bytes = writer.parts(List.of(directory("/srv/a"), file("/srv/a/one", 0, true, new Extent(SECOND, 0, 300))), List.of(FIRST, SECOND));
        String attributes = "8324" + "00" + "00" + "04726f6f74" + "04726f6f74";
        assertEquals("01"
                + "21" + "00" + "042f737276" + "00" + "01" + "0161" + "0200" + attributes + "00" + "0000" + "0000" + "00" + "00"
                + "26" + "06" + "00" + "00" + "01" + "036f6e65" + "0100" + attributes + "c628" + "0000" + "0000" + "00" + "01" + "01" + "01" + "01" + "00" + "822c",
                HexFormat.of().formatHex(bytes));
    }

    @Test
    void anyPathsInAnyOrderComeBack() {
        Seeded.run(random -> {
            PlanWriter writer = new PlanWriter();
            PlanReader reader = new PlanReader();
            String path = "";
            for (int batch = 0; batch < 50; batch++) {
                List<Part> parts = new ArrayList<>();
                for (int i = random.nextInt(20); i > 0; i--) {
                    path = path.substring(0, Math.max(0, path.lastIndexOf('/', random.nextInt(path.length() + 1))));
                    for (int deeper = 1 + random.nextInt(4); deeper > 0; deeper--) {
                        path += "/" + "ab".substring(random.nextInt(2)) + "x".repeat(random.nextInt(3));
                    }
                    parts.add(directory(path));
                }
                try {
                    assertEquals(parts, read(reader, writer.parts(parts, List.of()), List.of()));
                } catch (BackupException e) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    @Test
    void aBatchHasNoLongerPathsThanAPlanLetsItHave() throws BackupException {
        String deep = "/d".repeat(RestorePlan.MAX_BYTES / 2);
        PlanWriter writer = new PlanWriter();
        assertEquals(1, read(new PlanReader(), writer.parts(List.of(directory(deep + "/e")), List.of()), List.of()).size());

        byte[] two = new PlanWriter().parts(List.of(directory(deep + "/e"), directory(deep + "/f")), List.of());
        BackupException e = assertThrows(BackupException.class, () -> read(new PlanReader(), two, List.of()));
        assertEquals("plan.corrupt", e.failure().code());
    }

    @Test
    void whatNobodyToldIsRefused() {
        for (String corrupt : List.of("02", "010101", "01" + "05" + "01" + "00" + "00" + "01" + "00", "0104" + "00000002", "017f")) {
            BackupException e = assertThrows(BackupException.class, () -> read(new PlanReader(), HexFormat.of().parseHex(corrupt), List.of()), corrupt);
            assertEquals("plan.corrupt", e.failure().code());
        }
        byte[] good = new PlanWriter().parts(List.of(file("/one", 0, true, new Extent(FIRST, 0, 9_000))), List.of(FIRST));
        BackupException e = assertThrows(BackupException.class, () -> read(new PlanReader(), good, List.of()));
        assertEquals("entry.corrupt", e.failure().code());
    }
}
