package org.azekura.engine.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.octets.ByteOutput;
import org.azekura.engine.tree.Entry.Content;
import org.azekura.engine.tree.Entry.Type;
import org.azekura.engine.tree.Entry.Xattr;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

    @Test
    void everyEntryComesBack() throws BackupException {
        RandomEntries some = RandomEntries.seeded("everyEntryComesBack");
        for (int i = 0; i < 5000; i++) {
            Entry e = some.entry();
            assertEquals(e, EntryCodec.decode(EntryCodec.encode(e)));
        }
    }

    @Test
    void theFormIsTheOneOfTheGrammar() throws BackupException {
        Entry e = new Entry("lösung".getBytes(UTF_8), Type.FILE, 0644, 1000, -2, "tomás", "", 300,
                Instant.ofEpochSecond(-1, 999_999_999), Instant.ofEpochSecond(1_700_000_000), 0x0102030405060708L, null, 0, 0,
                List.of(new Xattr("user.a".getBytes(), new byte[] {1, 2})),
                new Content.Inline(List.of(new Extent(new ChunkId(1, 2, 3, 4), 128, 172), Extent.hole(128)), new byte[32]), true);
        String golden = "%02x".formatted(FormatVersion.FIRST)                            // version
                + "07" + "6cc3b673756e67"                        // name
                + "01" + "07"                                    // file; unstable, linked, hashed
                + "8324" + "8768" + "8fffffff7e"                 // mode, uid, gid
                + "06" + "746f6dc3a173" + "00" + "822c"          // user, group, size
                + "01" + "83dceb937f" + "8cd59fc400" + "00"      // mtime, ctime
                + "0102030405060708"                             // link group
                + "01" + "06" + "757365722e61" + "02" + "0102"   // attributes
                + "01" + "02"                                    // inline, two extents
                + "01" + "0000000000000001" + "0000000000000002" + "0000000000000003" + "0000000000000004" + "8100" + "812c"
                + "00" + "8100"
                + "00".repeat(32);                               // hash
        assertEquals(golden, HexFormat.of().formatHex(EntryCodec.encode(e)));
        assertEquals(e, EntryCodec.decode(HexFormat.of().parseHex(golden)));
    }

    @Test
    void aDirectoryOnTheWayToARootHasNoTimes() throws BackupException {
        Entry e = new Entry("srv".getBytes(UTF_8), Type.DIRECTORY, 0755, 0, 0, "root", "root", 0, Instant.EPOCH, Instant.EPOCH, 0, null, 0, 0,
                List.of(), new Content.Directory(new ChunkId(1, 2, 3, 4)), false);
        assertEquals(e.undated(), EntryCodec.decode(EntryCodec.encode(e.undated())));
        assertThrows(IllegalArgumentException.class, () -> plain(new byte[] {'f'}, List.of()).undated());
    }

    @Test
    void keepsNamesThatAreNoText() throws BackupException {
        byte[] name = new byte[254];
        for (int b = 1, i = 0; b < 256; b++) {
            if (b != '/') {
                name[i++] = (byte) b;
            }
        }
        assertArrayEquals(name, EntryCodec.decode(EntryCodec.encode(plain(name, List.of()))).name());
    }

    @Test
    void keepsHugeAttributes() throws BackupException {
        byte[] value = new byte[64 << 10];
        new Random(7).nextBytes(value);
        Entry e = plain(new byte[] {'a'}, List.of(new Xattr("security.a".getBytes(), value), new Xattr("user.b".getBytes(), value)));
        assertEquals(e, EntryCodec.decode(EntryCodec.encode(e)));
    }

    @Test
    void refusesNamesThatLeaveTheDirectory() {
        for (String name : List.of("", ".", "..", "a/b", "a\0b", "x".repeat(4097))) {
            assertThrows(IllegalArgumentException.class, () -> plain(name.getBytes(), List.of()), name);
            byte[] encoded = EntryCodec.encode(plain(new byte[] {'n'}, List.of()));
            ByteOutput out = new ByteOutput(encoded.length + name.length());
            out.u8(0);
            out.block(name.getBytes());
            out.raw(Arrays.copyOfRange(encoded, 3, encoded.length));
            assertEquals("entry.corrupt", assertThrows(BackupException.class, () -> EntryCodec.decode(out.toBytes())).failure().code());
        }
        plain("...".getBytes(), List.of());
        plain(".a".getBytes(), List.of());
    }

    @Test
    void refusesWhatIsCutShortOrTooLong() {
        RandomEntries some = RandomEntries.seeded("refusesWhatIsCutShortOrTooLong");
        for (int i = 0; i < 100; i++) {
            byte[] good = EntryCodec.encode(some.entry());
            for (int length = 0; length < good.length; length++) {
                byte[] part = Arrays.copyOf(good, length);
                assertThrows(BackupException.class, () -> EntryCodec.decode(part));
            }
            assertThrows(BackupException.class, () -> EntryCodec.decode(Arrays.copyOf(good, good.length + 1)));
        }
    }

    /** What is accepted must be the only form of what it says. */
    @Test
    void changedBytesAreRefusedOrMeanSomethingElse() {
        RandomEntries some = RandomEntries.seeded("changedBytesAreRefusedOrMeanSomethingElse");
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = some.random().nextInt(4) == 0 ? some.bytes(some.random().nextInt(200)) : EntryCodec.encode(some.entry());
            for (int n = 1 + some.random().nextInt(3); n > 0 && bytes.length > 0; n--) {
                bytes[some.random().nextInt(bytes.length)] = (byte) some.random().nextInt();
            }
            try {
                assertArrayEquals(bytes, EntryCodec.encode(EntryCodec.decode(bytes)));
            } catch (BackupException e) {
                assertEquals("entry.corrupt", e.failure().code());
            }
        }
    }

    static Entry plain(byte[] name, List<Xattr> xattrs) {
        return new Entry(name, Type.FILE, 0644, 0, 0, "", "", 0, Instant.EPOCH, Instant.EPOCH, 0, null, 0, 0, xattrs, new Content.None(), false);
    }
}
