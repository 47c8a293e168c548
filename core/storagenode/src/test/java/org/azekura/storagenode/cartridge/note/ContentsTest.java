package org.azekura.storagenode.cartridge.note;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Position;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentsTest {

    private static final VolumeId VOLUME = new VolumeId(1, 2);

    @TempDir
    Path dir;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    /** What should be there, in order; and every name that something was said of. */
    private final LinkedHashMap<String, Noted> blobs = new LinkedHashMap<>();
    private final Set<String> said = new HashSet<>();
    private Tail tail = Tail.ofLabel(Position.of(0), Position.of(2));

    private String key() {
        String folder = List.of("", "snapshots/", "packs/3f/", "copies/b/packs/", "copies/b/", "damaged/").get(random.nextInt(6));
        return folder + random.nextInt(2_000) + "x".repeat(random.nextInt(3) * 50);
    }

    private Noted next(String key, boolean deletion) {
        Noted next = new Noted(key, deletion, tail.serial() + 1, tail.number(), 262088, deletion ? 0 : random.nextInt(1 << 20), tail.end());
        tail = next.tail(tail, new Position(tail.end().object() + next.blocks() + 1, random.nextBoolean() ? "" : "a:" + next.serial()));
        said.add(key);
        if (deletion) {
            blobs.remove(key);
        } else {
            blobs.putIfAbsent(key, next);
        }
        return next;
    }

    private List<Noted> more(int count) {
        List<Noted> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            objects.add(next(key(), random.nextInt(4) == 0));
        }
        return objects;
    }

    private void assertLike(Contents contents) {
        String where = "seed " + seed;
        assertEquals(tail, contents.tail(), where);
        for (String prefix : List.of("", "s", "snapshots/", "snapshots/1", "pack", "packs/3f/1", "copies/", "copies/b", "copies/b/", "copies/b/p", "copies/b/1", "keyring-")) {
            List<String> found = new ArrayList<>();
            contents.list(prefix, blob -> found.add(blob.key() + " " + blob.size()));
            assertEquals(blobs.values().stream().filter(blob -> blob.key().startsWith(prefix)).map(blob -> blob.key() + " " + blob.size()).toList(), found, prefix + " " + where);
        }
        for (int i = 0; i < 2_000; i++) {
            String key = key();
            assertEquals(blobs.get(key), contents.get(key), where);
            assertEquals(said.contains(key), contents.covers(Name.of(key)), key + " " + where);
        }
        List<Long> begins = blobs.values().stream().map(blob -> blob.at().object()).toList();
        Map<Long, Position> places = contents.places(begins.subList(0, begins.size() / 2));
        assertEquals(begins.size() / 2, places.size(), where);
        places.forEach((begin, place) -> assertEquals(begin, place.object(), where));
    }

    @Test
    void isTheSameInMemoryAndInANote() {
        Contents contents = new Contents(tail);
        Note note = Note.of(dir, VOLUME);
        for (int round = 0; round < 6; round++) {
            List<Noted> more = more(2_000);
            contents.add(more, tail);
            if (round == 1) {
                note.begin(contents);
            } else {
                note.add(more, tail);
            }
            assertLike(contents);
            if (round > 0) {
                assertLike(note.read());
            }
            if (round == 3) {
                contents = note.read();
                note.begin(contents);
                assertTrue(contents.isMapped());
                assertLike(contents);
            }
        }
        assertFalse(note.read().isClosed());
        contents.close();
        note.shut(contents);
        assertTrue(note.read().isClosed());
        assertLike(note.read());
    }

    @Test
    void whatIsMuchIsReadFromTheNoteInsteadOfTheHeap() {
        Contents contents = new Contents(tail);
        Note note = Note.of(dir, VOLUME);
        note.begin(contents);
        for (int round = 0; round < 20; round++) {
            List<Noted> more = more(1_000);
            note.add(more, tail);
            contents.add(more, tail);
            note.relieve(contents);
            assertFalse(contents.isLoose());
            assertTrue(note.isBegun());
        }
        assertTrue(contents.isMapped());
        assertLike(contents);
    }

    /** What the file has is proven before it is believed. */
    @Test
    void aNoteThatHasOtherBytesIsGivenUp() throws IOException {
        Contents contents = new Contents(tail);
        Note note = Note.of(dir, VOLUME);
        note.begin(contents);
        List<Noted> more = more(20_000);
        note.add(more, tail);
        contents.add(more, tail);
        try (FileChannel file = FileChannel.open(dir.resolve(VOLUME + ".note"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap("something else".getBytes(US_ASCII)), 10_000);
        }
        note.relieve(contents);
        assertFalse(note.isBegun());
        assertTrue(contents.isLoose());
        assertLike(contents);
    }

    @Test
    void aNoteThatCanNotBeWrittenCostsMemoryAndNoMore() throws IOException {
        Contents contents = new Contents(tail);
        Note note = Note.of(Files.writeString(dir.resolve("file"), "").resolve("folder"), VOLUME);
        note.begin(contents);
        assertFalse(note.isBegun());
        contents.add(more(20_000), tail);
        note.relieve(contents);
        assertTrue(contents.isLoose());
        assertLike(contents);
    }

    @Test
    void theDeletionThatEndsLabellingIsNone() {
        Contents contents = new Contents(tail);
        contents.add(List.of(next(Keys.LABEL, true)), tail);
        assertFalse(contents.covers(Name.of(Keys.LABEL)));
        assertNull(contents.get(Keys.LABEL));
    }

    /** Who lists and looks while more comes, and while all of it moves to a file, misses nothing that was there before. */
    @Test
    void isReadWhileItGrows() throws Exception {
        Contents contents = new Contents(tail);
        Note note = Note.of(dir, VOLUME);
        List<Noted> first = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            first.add(next("packs/" + i, false));
        }
        contents.add(first, tail);
        note.begin(contents);
        AtomicBoolean ended = new AtomicBoolean();
        List<String> missed = new ArrayList<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            do {
                Set<String> listed = new HashSet<>();
                contents.list("packs/", blob -> listed.add(blob.key()));
                for (Noted blob : first) {
                    if (!listed.contains(blob.key()) || !blob.equals(contents.get(blob.key()))) {
                        missed.add(blob.key());
                    }
                }
            } while (!ended.get() && missed.isEmpty());
        });
        for (int round = 0; round < 300; round++) {
            List<Noted> more = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                more.add(next("packs/more/" + round + "/" + i, false));
            }
            note.add(more, tail);
            contents.add(more, tail);
            note.relieve(contents);
        }
        ended.set(true);
        reader.join();
        assertEquals(List.of(), missed);
        assertTrue(contents.isMapped());
    }
}
