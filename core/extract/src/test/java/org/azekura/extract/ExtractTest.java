package org.azekura.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program says of volumes, sound and damaged. */
class ExtractTest {

    private static final int MANY = 30;

    @TempDir
    Path dir;

    private Path volume;
    private Path key;
    private List<String> sound;

    @BeforeEach
    void make() throws Exception {
        VolumeMaker.make(dir, MANY);
        volume = dir.resolve("volume");
        key = dir.resolve("recovery.txt");
        Called.with(volume, "--key", key, "--to", dir.resolve("sound")).exits(0);
        sound = Restored.list(dir.resolve("sound"));
    }

    private Path fresh() {
        for (int i = 1;; i++) {
            if (!Files.exists(dir.resolve("target" + i))) {
                return dir.resolve("target" + i);
            }
        }
    }

    private void restoresAll(int exit, Object... volumes) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of(volumes));
        Path to = fresh();
        arguments.addAll(List.of("--key", key, "--to", to));
        Called.with(arguments.toArray()).exits(exit);
        assertEquals(sound, Restored.list(to));
    }

    private Path copy(String name) throws IOException {
        Path to = dir.resolve(name);
        try (Stream<Path> all = Files.walk(volume)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(volume.relativize(path).toString()));
            }
        }
        return to;
    }

    private static void flip(Path file, long offset) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            int value = bytes.read();
            bytes.seek(offset);
            bytes.write(value ^ 0x10);
        }
    }

    /** The newest snapshot's: packs are numbered by the maker. */
    private Path pack(ChunkKind kind) throws Exception {
        List<Path> packs = new ArrayList<>();
        try (Stream<Path> all = Files.walk(volume.resolve("packs"))) {
            for (Path path : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                if (index(path).kind() == kind) {
                    packs.add(path);
                }
            }
        }
        return packs.stream().max(Comparator.comparing(path -> path.getFileName().toString().substring(16))).orElseThrow();
    }

    /** The first snapshot's: it has the same chunks once more. */
    private void dropOlder(ChunkKind kind) throws Exception {
        Path newest = pack(kind);
        try (Stream<Path> all = Files.walk(volume.resolve("packs"))) {
            for (Path path : (Iterable<Path>) all.filter(Files::isRegularFile).toList()::iterator) {
                if (!path.equals(newest) && index(path).kind() == kind) {
                    Files.delete(path);
                }
            }
        }
    }

    private static PackIndex index(Path pack) throws Exception {
        try (FilePack source = new FilePack(pack)) {
            return new PackReader(source).index();
        }
    }

    @Test
    void withoutAKeyItNamesClearFactsAndTheKeyThatIsNeeded() {
        Called called = Called.with(volume).exits(4);
        assertTrue(called.out().contains("golden-1") && called.out().contains("srv"), called::toString);
        assertFalse(called.toString().contains("one.txt") || called.toString().contains("secret"), called::toString);
        assertEquals(1, called.err().lines().count(), called::toString);
        Called json = Called.with(volume, "--json").exits(4);
        Matcher needed = Pattern.compile("\"keys\":\\[\"([0-9a-f]{16})\"").matcher(json.out());
        assertTrue(needed.find(), json::toString);
        assertTrue(json.err().contains(needed.group(1)) && json.out().contains("\"chunks\":") && json.out().contains("\"client\":\"host\""), json::toString);
    }

    @Test
    void listsTheFilesOfASnapshotAndThoseBelowAPath() {
        Called all = Called.with(volume, "--list", "--key", key, "--json").exits(0);
        assertTrue(all.out().contains("\"path\":\"/srv/many/file-00029\"") && all.out().contains("\"path\":\"/srv/one.txt\""), all::toString);
        Called some = Called.with(volume, "--list", "--key", key, "/srv/many").exits(0);
        assertTrue(some.out().contains("/srv/many/file-00000") && !some.out().contains("/srv/one.txt"), some::toString);
    }

    @Test
    void restoresTheNewestSnapshotOrTheOneNamedOrPathsOfIt() throws Exception {
        Path newest = fresh();
        Called.with(volume, "--key", key, "--to", newest, "/srv/two.txt").exits(0);
        assertEquals("changed on the second day\n", Files.readString(newest.resolve("srv/two.txt")));
        assertFalse(Files.exists(newest.resolve("srv/one.txt")));
        Path old = fresh();
        Called.with(volume, "--key", key, "--to", old, "--snapshot", "019b00000001").exits(0);
        assertEquals(500, Files.size(old.resolve("srv/two.txt")));
        Called.with(volume, "--key", key, "--to", fresh(), "--snapshot", "7").exits(1);
        Called.with(volume, "--key", key, "--to", fresh(), "/srv/none").exits(1);
        Called.with(volume, "--key", key, "--to", fresh(), "/srv/none", "/srv/one.txt").exits(3);
    }

    @Test
    void wrongUsageChangesNothing() {
        Called.with().exits(2);
        Called.with(dir.resolve("nothing"), "--key", key).exits(2);
        Called.with(volume, "relative", "--key", key).exits(2);
        Called.with(volume, "--key", key, "--to", volume.resolve("below")).exits(2);
        Called.with(volume, "--key", key, "--to", fresh(), "--list").exits(2);
        assertFalse(Files.exists(volume.resolve("below")));
    }

    @Test
    void aForeignKeyIsRefusedByName() throws Exception {
        VolumeMaker.make(Files.createDirectory(dir.resolve("other")), 1);
        Called called = Called.with(volume, "--key", dir.resolve("other/recovery.txt"), "--to", fresh()).exits(4);
        assertEquals(1, called.err().lines().count(), called::toString);
        assertFalse(Files.exists(dir.resolve("target1")));
    }

    @Test
    void damageOutsideOfFramesCostsNothing() throws Exception {
        Path data = pack(ChunkKind.DATA);
        Path tree = pack(ChunkKind.TREE);
        for (Path pack : List.of(data, tree)) {
            long size = Files.size(pack);
            for (long at : new long[] {3, 60, size - 100, size - 40, size - 3}) {
                flip(pack, at);
                restoresAll(0, volume);
                flip(pack, at);
            }
        }
        flip(volume.resolve("keyring-2"), 100);
        restoresAll(3, volume);
        flip(volume.resolve("azekura-label"), 100);
        restoresAll(3, volume);
        flip(volume.resolve("checkpoints/0000000000000001"), 100);
        restoresAll(3, volume);
    }

    @Test
    void aDamagedChunkCostsExactlyItsFilesWithRangesAndAnotherCopyHealsThem() throws Exception {
        dropOlder(ChunkKind.DATA);
        Path whole = copy("copy");
        Path pack = pack(ChunkKind.DATA);
        Set<String> hit = new TreeSet<>();
        for (IndexEntry frame : index(pack).entries()) {
            flip(pack, frame.offset() + frame.length() - 20);
            Path to = fresh();
            Called called = Called.with(volume, "--key", key, "--to", to, "--json").exits(3);
            List<String> differing = new ArrayList<>(Restored.list(to));
            differing.removeAll(sound);
            Set<String> expected = new TreeSet<>(differing.stream().map(line -> line.substring(0, line.indexOf("  "))).toList());
            Set<String> named = new TreeSet<>();
            Matcher path = Pattern.compile("\"path\":\"/([^\"]*)\",\"reason\":\"[^\"]*\",\"ranges\":\\[\\{\"from\":").matcher(called.out());
            while (path.find()) {
                named.add(path.group(1));
            }
            // The second name of a file is linked to the first: only one of them is named.
            expected.remove("srv/one.txt");
            named.remove("srv/one.txt");
            named.remove("srv/one-again.txt");
            expected.remove("srv/one-again.txt");
            assertEquals(expected, named, called::toString);
            hit.addAll(named);
            restoresAll(0, volume, whole);
            flip(pack, frame.offset() + frame.length() - 20);
        }
        assertEquals(Set.of("srv/two.txt", "srv/three \u00e9\u5009.txt", "srv/large.bin", "srv/patched.db"), hit);
    }

    @Test
    void aDamagedTreePageCostsWhatIsBelowItAndIsNamed() throws Exception {
        dropOlder(ChunkKind.TREE);
        Path pack = pack(ChunkKind.TREE);
        // Lower pages come first; behind that of "many" are only those of "srv" and the root.
        List<IndexEntry> pages = index(pack).entries();
        IndexEntry many = pages.get(pages.size() - 3);
        flip(pack, many.offset() + many.length() - 20);
        Path to = fresh();
        Called called = Called.with(volume, "--key", key, "--to", to).exits(3);
        assertTrue(called.err().contains("/srv/many: what is in this directory can't be read"), called::toString);
        assertTrue(Files.exists(to.resolve("srv/one.txt")));
    }

    @Test
    void aManifestThatIsDamagedIsNamedAndTheOthersAreThere() throws Exception {
        flip(volume.resolve("snapshots/019b0000000200000000000000000002"), 200);
        Called called = Called.with(volume, "--key", key, "--list").exits(3);
        assertTrue(called.err().contains("019b0000000200000000000000000002") && called.out().contains("019b0000000100000000000000000001"), called::toString);
    }

    @Test
    void placesOfMillionsOfChunksAreFoundAgain() {
        ChunkPlaces places = new ChunkPlaces();
        for (int i = 0; i < 300_000; i++) {
            places.add(chunk(i), i % 1000, i * 10_000L, i);
            if (i % 3 == 0) {
                places.add(chunk(i), 1000, i, i);
            }
        }
        for (int i = 0; i < 300_000; i++) {
            List<ChunkPlaces.Place> found = places.find(chunk(i));
            assertEquals(i % 3 == 0 ? 2 : 1, found.size());
            assertEquals(new ChunkPlaces.Place(i % 1000, i * 10_000L, i), found.getFirst());
        }
        assertEquals(List.of(), places.find(chunk(-1)));
    }

    private static ChunkId chunk(int number) {
        long mixed = (number + 1) * 0x9e37_79b9_7f4a_7c15L;
        return new ChunkId(mixed, mixed * 31, mixed * 7, number);
    }
}
