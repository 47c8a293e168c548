package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole appliance works within 256 MiB of heap, whatever it saves. */
@ExtendWith(Shared.class)
class MemoryIT {

    private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)m\0");

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final long MIB = 1 << 20;
    /** 256 of heap; the rest is code, threads, buffers, mapped files. */
    private static final long RESIDENT = 512 * MIB;

    @Test
    void aTreeLargerThanTheHeapComesBack(Azekura azekura) throws Exception {
        roundTrip(azekura, 5_000, 300_000_000);
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void threeGigabytesIn50000FilesComeBack(Azekura azekura) throws Exception {
        roundTrip(azekura, 50_000, 3_000_000_000L);
    }

    /**
     * The client's part is counted alone in its own module; here is all that an appliance is: its heap and what the Java machine has beside
     * that. How much of the heap is used says little, so the growth is bounded by the heap too.
     */
    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void aMillionFilesStayWithinTheBoundOfAHundredThousand() throws Exception {
        try (var workspace = new Workspace(MemoryIT.class); var azekura = Azekura.in(workspace.path("home")).asShipped().up()) {
            Path source = Tree.ROOT ? workspace.mount("tmpfs", "size=6g,nr_inodes=1200000", "many") : workspace.directory("many");
            Path tenth = files(source.resolve("tenth"), 0, 100);
            long hundredThousand = peak(azekura, tenth, 100_000);
            files(source, 100, 1_000);
            long million = peak(azekura, source, 1_000_000);
            long again = peak(azekura, source, 1_000_000);
            System.out.printf("appliance: peak %d MiB for 100,000 files, %d MiB for 1,000,000, %d MiB unchanged%n", hundredThousand / MIB, million / MIB, again / MIB);
            assertTrue(Math.max(million, again) <= RESIDENT, million + " and " + again + " bytes resident");
        }
    }

    /** Tiny files, a thousand in a folder. */
    private static Path files(Path tree, int from, int to) throws Exception {
        byte[] content = new byte[64];
        Random random = new Random(from);
        for (int folder = from; folder < to; folder++) {
            Path in = Files.createDirectories(tree.resolve("folder-" + folder));
            for (int file = 0; file < 1_000; file++) {
                random.nextBytes(content);
                Files.write(in.resolve("file-" + file), content);
            }
        }
        return tree;
    }

    /** The most that was resident while a tree was saved. */
    private static long peak(Azekura azekura, Path tree, int files) throws Exception {
        Path process = Path.of("/proc", Long.toString(azekura.process().pid()));
        Files.writeString(process.resolve("clear_refs"), "5");
        assertEquals(files, azekura.json(0, "backup", tree.toString()).get("files").asInt());
        Matcher peak = PEAK.matcher(Files.readString(process.resolve("status")));
        assertTrue(peak.find());
        return Long.parseLong(peak.group(1)) << 10;
    }

    private static void roundTrip(Azekura azekura, int files, long bytes) throws Exception {
        Matcher heap = HEAP.matcher(Files.readString(Path.of("/proc/" + azekura.process().pid() + "/cmdline")));
        assertTrue(heap.find() && Integer.parseInt(heap.group(1)) <= 256, "the appliance's heap is not bounded to 256 MiB");
        try (var workspace = new Workspace(MemoryIT.class)) {
            Path source = workspace.path("source");
            azekura.call("pool", "create", "memory" + files, "--driver", "disk", "--set", "path=" + workspace.path("pool")).exits(0);
            Tree.bulk(source, files, bytes, 5);
            String snapshot = azekura.backup(source, "--pool", "memory" + files);
            assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("target"))));
        }
    }
}
