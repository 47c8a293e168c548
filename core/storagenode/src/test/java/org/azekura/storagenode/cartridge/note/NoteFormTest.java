package org.azekura.storagenode.cartridge.note;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.azekura.api.VolumeId;
import org.azekura.api.device.BlobKeys;
import org.azekura.api.device.Position;
import org.azekura.engine.tape.BlobHead;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.fuzz.Fuzzing;
import org.azekura.testkit.fuzz.Target;
import org.junit.jupiter.api.Test;

class NoteFormTest {

    private static final VolumeId VOLUME = new VolumeId(1, 2);
    private static final Tail LABEL = Tail.ofLabel(Position.of(0), Position.of(2));
    private static final Noted BLOB = new Noted("packs/3f/3f2a", false, 1, 1, 262088, 1_000_000, new Position(2, "a:2"));
    private static final Noted OTHER = new Noted("keyring-1", false, 2, 5, 262088, 10, Position.of(7));
    private static final Noted GONE = new Noted("packs/3f/3f2a", true, 3, 6, 262088, 0, Position.of(9));
    private static final Tail FIRST = BLOB.tail(LABEL, Position.of(7));
    /** All of these, and that nothing comes behind them. */
    private static final String GOLDEN = "415a454b4e4f5445000000000000000000010000000000000002"
            + "0000003801000000000000000100000000000000010003ffc800000000000f4240000000000000000203613a32000d7061636b732f33662f336632618780e467"
            + "0000003203000000000000000100000000000000050000000400000000000f5337000000000000000203613a3200000000000000070036b13746"
            + "0000003101000000000000000200000000000000050003ffc8000000000000000a00000000000000070000096b657972696e672d31482d383d"
            + "0000003502000000000000000300000000000000060003ffc80000000000000000000000000000000900000d7061636b732f33662f3366326189f1f733"
            + "0000002f03000000000000000300000000000000070000000100000000000f53db000000000000000900000000000000000b0099279b51"
            + "0000000104914a795d";
    private static final Tail END = GONE.tail(OTHER.tail(FIRST, Position.of(9)), Position.of(11));

    /** Writes a note. */
    private interface Writing {
        void write(NoteWriter to) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            NoteWriter to = new NoteWriter(Channels.newChannel(all));
            writing.write(to);
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    private static void note(NoteWriter to) throws IOException {
        to.head(VOLUME);
        to.object(BLOB);
        to.end(FIRST);
        to.object(OTHER);
        to.object(GONE);
        to.end(END);
    }

    private static byte[] again(Contents contents) {
        return written(to -> {
            to.head(VOLUME);
            contents.write(to);
        });
    }

    private static Contents read(byte[] note) {
        return read(note, VOLUME);
    }

    private static Contents read(byte[] note, VolumeId volume) {
        MemorySegment bytes = MemorySegment.ofArray(note);
        NoteScan found = NoteScan.of(bytes, volume);
        return found == null ? null : new Contents(bytes, found);
    }

    private static Map<String, Long> list(Contents contents) {
        Map<String, Long> all = new TreeMap<>();
        contents.list("", blob -> all.put(blob.key(), blob.size()));
        return all;
    }

    @Test
    void isReadAsItWasWritten() {
        Contents contents = read(written(NoteFormTest::note));
        assertEquals(Map.of("keyring-1", 10L), list(contents));
        assertEquals(OTHER, contents.get("keyring-1"));
        assertEquals(END, contents.tail());
        assertNull(read(written(NoteFormTest::note), new VolumeId(1, 3)));
        assertNull(read(written(to -> to.head(VOLUME))));
        assertNull(read(new byte[0]));
    }

    /** Notes that lie on disks are read by who comes later. */
    @Test
    void itsBytesAreWhatTheyAlwaysWere() {
        assertEquals(GOLDEN, HexFormat.of().formatHex(written(to -> {
            note(to);
            to.closed();
        })));
        assertTrue(read(HexFormat.of().parseHex(GOLDEN)).isClosed());
    }

    /** A deletion counts for cartridges before this one, so it is remembered when a note is written anew. */
    @Test
    void whatWasDeletedIsRememberedInItsPlace() {
        Contents contents = read(written(NoteFormTest::note));
        assertTrue(contents.covers(Name.of(GONE.key())));
        assertNull(contents.get(GONE.key()));
        byte[] again = again(contents);
        assertArrayEquals(written(to -> {
            to.head(VOLUME);
            to.object(OTHER);
            to.object(GONE);
            to.end(END);
        }), again);
        assertArrayEquals(again, again(read(again)));
        assertFalse(read(again).isClosed());
    }

    @Test
    void nothingComesBehindOneThatIsClosed() {
        Contents closed = read(written(to -> {
            note(to);
            to.closed();
            to.object(BLOB);
            to.end(FIRST);
        }));
        assertTrue(closed.isClosed());
        assertEquals(END, closed.tail());
        assertNull(read(written(to -> {
            to.head(VOLUME);
            to.closed();
        })));
        assertEquals(FIRST, read(written(to -> {
            to.head(VOLUME);
            to.object(BLOB);
            to.end(FIRST);
            to.object(OTHER);
            to.closed();
        })).tail());
    }

    /** Never half of what was written together. */
    @Test
    void whatWasCutOffOrIsDamagedEndsIt() {
        byte[] note = written(NoteFormTest::note);
        int first = written(to -> {
            to.head(VOLUME);
            to.object(BLOB);
            to.end(FIRST);
        }).length;
        for (int length = 0; length < note.length; length++) {
            Contents contents = read(Arrays.copyOf(note, length));
            if (length < first) {
                assertNull(contents, "cut at " + length);
            } else {
                assertEquals(FIRST, contents.tail());
                assertEquals(Map.of("packs/3f/3f2a", 1_000_000L), list(contents));
            }
        }
        for (int at = first; at < note.length; at++) {
            byte[] damaged = note.clone();
            damaged[at] ^= 1;
            assertEquals(FIRST, read(damaged).tail(), "changed at " + at);
        }
    }

    /** What a key can be is told by one rule, whatever shortcut is taken. */
    @Test
    void onlyKeysAreNames() {
        for (String key : List.of("a", "a.b", "a/b", ".a", "a/.b", "..", ".", "a/..", "a/./b", ".tmp", ".tmp/a", "a/.tmp", "a//b", "/a", "a/", "A", "a b", "\u00e4", "",
                "a".repeat(255), "a".repeat(256), "a/" + "b".repeat(255), "a/".repeat(256) + "b", "a/".repeat(255) + "bb", "a/".repeat(255) + "bbb")) {
            // As a record has it, which makes no difference between what can and can't be.
            byte[] text = key.getBytes(ISO_8859_1);
            byte[] note = written(to -> {
                to.head(VOLUME);
                to.object(new Noted("x".repeat(text.length), false, 1, 1, 262088, 10, Position.of(2)));
                to.end(FIRST);
            });
            System.arraycopy(text, 0, note, NoteForm.HEAD + 44, text.length);
            assertEquals(BlobHead.isKey(key), read(mend(note)) != null, key);
            assertEquals(BlobHead.isKey(key), BlobKeys.isKey(key), key);
        }
    }

    @Test
    void anyBytesAreReadWithinBounds() {
        Fuzzing.run(Target.of("note", "none", List.of(written(NoteFormTest::note), HexFormat.of().parseHex(GOLDEN)), NoteFormTest::check).mended(NoteFormTest::mend), 3000);
    }

    private static void check(byte[] input) {
        Contents contents = read(input);
        if (contents != null) {
            Contents same = read(again(contents));
            assertEquals(contents.tail(), same.tail());
            assertEquals(contents.isClosed(), same.isClosed());
            assertEquals(list(contents), list(same));
            list(contents).forEach((key, size) -> {
                Noted blob = contents.get(key);
                assertTrue(blob.size() == size && blob.blocks() > 0 && blob.content(blob.blocks() - 1) >= 0, blob.toString());
                assertEquals(blob, same.get(key));
            });
        }
    }

    /** Makes every checksum right, up to the first length that is none. */
    private static byte[] mend(byte[] input) {
        ByteBuffer note = ByteBuffer.wrap(input);
        for (int at = NoteForm.HEAD; at + 8 <= input.length;) {
            int length = note.getInt(at);
            if (length < 0 || length > input.length - at - 8) {
                return input;
            }
            CRC32C crc = new CRC32C();
            crc.update(input, at, 4 + length);
            note.putInt(at + 4 + length, (int) crc.getValue());
            at += 8 + length;
        }
        return input;
    }

    @Test
    void objectsKnowWhereTheirBytesAre() throws IOException {
        for (int size : new int[] {0, 1, 4000, 4073, 4074, 8169, 8170, 100_000}) {
            Noted object = new Noted("packs/3f/3f2a", false, 1, 1, 4096, size, Position.of(2));
            byte[] content = Blobs.random(new Random(size), size);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < object.blocks(); i++) {
                assertEquals(i, object.block(Math.min(object.offset(i), Math.max(0, size - 1))), "size " + size);
                all.write(content, (int) object.offset(i), object.content(i));
            }
            assertArrayEquals(content, all.toByteArray(), "size " + size);
        }
    }
}
