package org.azekura.storagenode.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.azekura.api.ChunkId;
import org.azekura.engine.pack.PackIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process that enters and drops packs, and is killed at any moment. */
@Timeout(300)
class KilledProcessTest {

    private static final int CHUNKS = 40;

    @TempDir
    Path dir;

    private final long seed = System.nanoTime();

    /** Says what was done, until it is killed. Every third pack goes again. */
    public static void main(String[] args) throws Exception {
        ChunkIndex index = Packs.open(Path.of(args[0]));
        Packs packs = new Packs(Long.parseLong(args[1]));
        for (int round = 0; round < 100_000; round++) {
            KnownPack pack = Packs.add(index, packs.pack(packs.chunks(CHUNKS)));
            System.out.println("+");
            if (round % 3 == 0) {
                index.remove(List.of(pack));
                System.out.println("-");
            }
        }
    }

    @Test
    void leavesWhatItSaidItHadDone() throws Exception {
        Random random = new Random(seed);
        for (int kill = 0; kill < 3; kill++) {
            Path folder = dir.resolve("pool" + kill);
            Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xshare:auto", "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), KilledProcessTest.class.getName(),
                    folder.toString(), Long.toString(seed + kill)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            int said = 0;
            int events = 500 + random.nextInt(1_500);
            try (BufferedReader lines = process.inputReader()) {
                while (said < events && lines.readLine() != null) {
                    said++;
                }
                // Through its handle: what it said before stays readable.
                process.toHandle().destroyForcibly();
                while (lines.readLine() != null) {
                    said++;
                }
            }
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertLeft(folder, seed + kill, said);
        }
    }

    /** The process may have done one thing more than it could say. */
    private static void assertLeft(Path folder, long seed, int said) throws Exception {
        assertTrue(said > 0, "nothing was done");
        Packs packs = new Packs(seed);
        List<PackIndex> entered = new ArrayList<>();
        List<PackIndex> here = new ArrayList<>();
        for (int event = 0, round = 0; event < said; round++) {
            PackIndex pack = packs.pack(packs.chunks(CHUNKS));
            entered.add(pack);
            here.add(pack);
            event++;
            if (round % 3 == 0 && event < said) {
                here.remove(pack);
                event++;
            }
        }
        boolean lastMayBeGone = (entered.size() - 1) % 3 == 0;
        try (ChunkIndex index = Packs.open(folder)) {
            String where = "after " + said + " events, seed " + seed;
            Marked counted = index.count();
            for (KnownPack pack : index.packs(null, Integer.MAX_VALUE)) {
                assertTrue(counted.whole(pack), where);
            }
            for (PackIndex pack : here) {
                boolean last = pack == entered.getLast();
                for (int i = 0; i < CHUNKS && !(last && lastMayBeGone); i++) {
                    ChunkId chunk = pack.entries().get(i).chunk();
                    assertTrue(index.known(Packs.GROUP, chunk), where);
                }
            }
            int packsLeft = index.packs();
            assertTrue(packsLeft >= here.size() - 1 && packsLeft <= here.size() + 1, packsLeft + " packs, expected " + here.size() + " " + where);
            // Whatever slot was left halfway: everything can be entered again.
            for (PackIndex pack : entered) {
                Packs.add(index, pack);
            }
            Marked again = index.count();
            for (KnownPack pack : index.packs(null, Integer.MAX_VALUE)) {
                assertTrue(again.whole(pack), where);
            }
            for (PackIndex pack : entered) {
                assertEquals(pack.pack(), index.find(Packs.GROUP, pack.entries().getFirst().chunk()).pack().id());
            }
        }
    }
}
