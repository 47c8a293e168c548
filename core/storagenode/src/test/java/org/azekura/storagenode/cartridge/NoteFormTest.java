package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Position;
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
    private static final Tail END = GONE.tail(OTHER.tail(FIRST, Position.of(9)), Position.of(11));

    private static byte[] note() {
        return joined(NoteForm.head(VOLUME), NoteForm.records(List.of(BLOB), FIRST), NoteForm.records(List.of(OTHER, GONE), END));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static Map<String, Long> list(Contents contents) {
        Map<String, Long> all = new TreeMap<>();
        contents.list("", blob -> all.put(blob.key(), blob.size()));
        return all;
    }

    @Test
    void isReadAsItWasWritten() {
        Contents contents = NoteForm.read(note(), VOLUME);
        assertEquals(Map.of("keyring-1", 10L), list(contents));
        assertEquals(OTHER, contents.get("keyring-1"));
        assertEquals(END, contents.tail());
        assertNull(NoteForm.read(note(), new VolumeId(1, 3)));
        assertNull(NoteForm.read(NoteForm.head(VOLUME), VOLUME));
    }

    /** A deletion counts for cartridges before this one, so it is remembered when a note is written anew. */
    @Test
    void whatWasDeletedIsRememberedInItsPlace() {
        Contents contents = NoteForm.read(note(), VOLUME);
        assertTrue(contents.covers(GONE.key()));
        assertEquals(List.of(OTHER, GONE), contents.objects());
        Contents again = NoteForm.read(joined(NoteForm.head(VOLUME), NoteForm.records(contents.objects(), contents.tail())), VOLUME);
        assertEquals(contents.objects(), again.objects());
        assertFalse(again.isClosed());
    }

    @Test
    void nothingComesBehindOneThatIsClosed() {
        Contents closed = NoteForm.read(joined(note(), NoteForm.closed(), NoteForm.records(List.of(BLOB), FIRST)), VOLUME);
        assertTrue(closed.isClosed());
        assertEquals(END, closed.tail());
        assertNull(NoteForm.read(joined(NoteForm.head(VOLUME), NoteForm.closed()), VOLUME));
    }

    /** Never half of what was written together. */
    @Test
    void whatWasCutOffOrIsDamagedEndsIt() {
        byte[] note = note();
        int first = NoteForm.HEAD + NoteForm.records(List.of(BLOB), FIRST).length;
        for (int length = 0; length < note.length; length++) {
            Contents contents = NoteForm.read(Arrays.copyOf(note, length), VOLUME);
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
            assertEquals(FIRST, NoteForm.read(damaged, VOLUME).tail(), "changed at " + at);
        }
    }

    @Test
    void anyBytesAreReadWithinBounds() {
        Fuzzing.run(Target.of("note", "none", List.of(note()), NoteFormTest::check).mended(NoteFormTest::mend), 3000);
    }

    private static void check(byte[] input) {
        Contents contents = NoteForm.read(input, VOLUME);
        if (contents != null) {
            byte[] again = joined(NoteForm.head(VOLUME), NoteForm.records(contents.blobs(), contents.tail()));
            Contents same = NoteForm.read(again, VOLUME);
            assertEquals(contents.tail(), same.tail());
            assertEquals(list(contents), list(same));
            contents.blobs().forEach(blob -> assertTrue(blob.blocks() > 0 && blob.content(blob.blocks() - 1) >= 0, blob.toString()));
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
