package org.azekura.cli.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.util.List;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lies where is that of {@code struct stat} of x86-64. */
@EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
class AttributesTest {

    private static final Instant SAVED = Instant.parse("2026-11-27T00:13:35Z");
    private static final Instant MODIFIED = Instant.ofEpochSecond(-5, 123_456_789);
    private static final Instant CHANGED = Instant.ofEpochSecond(1_700_000_000L, 987_654_321);

    private static MemorySegment stat(Arena arena, Item item) {
        MemorySegment stat = arena.allocate(Attributes.BYTES, 8).fill((byte) 0x55);
        new Attributes(SAVED).of(4711, item, stat);
        return stat;
    }

    private static Entry entry(Entry.Type type, int mode, long size, byte[] target, int major, int minor) {
        boolean leads = type == Entry.Type.DIRECTORY;
        return new Entry("x".getBytes(), type, mode, -2, 1000, "", "", size, leads ? null : MODIFIED, leads ? null : CHANGED, 0, target, major, minor, List.of(),
                new Entry.Content.None(), false);
    }

    private static long get(MemorySegment stat, int at) {
        return stat.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
    }

    private static int word(MemorySegment stat, int at) {
        return stat.get(ValueLayout.JAVA_INT_UNALIGNED, at);
    }

    @Test
    void aFileHasItsSizeItsRoomItsNamesItsOwnersAndItsTimes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = stat(arena, new Item(entry(Entry.Type.FILE, 04755, 1L << 40, null, 0, 0), 4097, 3));
            assertEquals(4711, get(stat, 8));
            assertEquals(3, get(stat, 16));
            assertEquals(0104755, word(stat, 24));
            assertEquals(-2, word(stat, 28));
            assertEquals(1000, word(stat, 32));
            assertEquals(1L << 40, get(stat, 48));
            assertEquals(16, get(stat, 64));
            assertEquals(-5, get(stat, 88));
            assertEquals(123_456_789, get(stat, 96));
            assertEquals(1_700_000_000L, get(stat, 104));
            assertEquals(987_654_321, get(stat, 112));
        }
    }

    @ParameterizedTest
    @CsvSource({"FIFO, 4096", "CHARACTER, 8192", "DIRECTORY, 16384", "BLOCK, 24576", "FILE, 32768", "SYMLINK, 40960", "SOCKET, 49152"})
    void eachKindHasItsBits(Entry.Type type, int bits) {
        assertEquals(bits, Attributes.type(type));
    }

    @Test
    void aLinkIsAsLongAsWhatItSaysAndADeviceHasItsNumbers() {
        try (Arena arena = Arena.ofConfined()) {
            assertEquals(5, get(stat(arena, new Item(entry(Entry.Type.SYMLINK, 0777, 0, "small".getBytes(), 0, 0), 0, 1)), 48));
            assertEquals(0x12000305L, get(stat(arena, new Item(entry(Entry.Type.BLOCK, 0660, 0, null, 3, 0x12005), 0, 1)), 40));
            assertEquals(0x12000abc345deL, Attributes.device(0x12345, 0xabcde));
        }
    }

    @Test
    void aDirectoryThatOnlyLeadsToARootIsAsOldAsTheSnapshot() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = stat(arena, new Item(entry(Entry.Type.DIRECTORY, 0755, 0, null, 0, 0), 0, 1));
            assertEquals(SAVED.getEpochSecond(), get(stat, 88));
            assertEquals(1, get(stat, 16));
        }
    }
}
