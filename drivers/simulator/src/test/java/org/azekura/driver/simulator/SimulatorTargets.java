package org.azekura.driver.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Drive;
import org.azekura.testkit.fuzz.Target;

/** All that reads files of a library. */
final class SimulatorTargets {

    private static final int CHECKSUM = 4;

    private SimulatorTargets() {}

    static List<Target> all() {
        return List.of(
                Target.of("head of a cartridge", "media.read", List.of(head().encode().array()), SimulatorTargets::head).mended(SimulatorTargets::mendHead),
                Target.of("entry", "media.read", List.of(entry()), SimulatorTargets::entry).mended(bytes -> mend(bytes, 0, bytes.length - CHECKSUM)),
                Target.of("memory of a cartridge", "none", List.of(CartridgeMemory.encode(new Drive.Description("v", "a", "1", "l", "b", "p")).array()),
                        CartridgeMemory::decode).mended(bytes -> mend(bytes, 0, CartridgeMemory.BYTES - CHECKSUM)),
                Target.of("library", "device.state", List.of(state().encode()), SimulatorTargets::state).mended(SimulatorTargets::mendState),
                Target.of("faults", "setting.faults", List.of(FAULTS.getBytes(StandardCharsets.UTF_8)),
                        bytes -> Script.parse(new String(bytes, StandardCharsets.UTF_8).lines().toList())).allocating(4 << 20, 2000));
    }

    static final String FAULTS = """
            # what a script may say
            write block 120 of A00001L8: medium error
            read block 7 of A00001L8 drive 0 3 times: flip bit 77
            any always: takes 2 s
            move of A00002L8: jam
            power off drive 1
            insert W00001LY
            take A00003L8
            """;

    static ReelHead head() {
        return new ReelHead(new Barcode("A00001L8"), 12_000_000_000_000L, 6, 1234, 3);
    }

    private static void head(byte[] bytes) throws BackupException {
        ReelHead head = ReelHead.decode(ByteBuffer.wrap(bytes), "x");
        assertEquals(head, ReelHead.decode(head.encode(), "x"));
    }

    static byte[] entry() {
        ByteBuffer bytes = ByteBuffer.allocate(Entry.BYTES);
        new Entry(77_000, 88_000, 256 << 10, 5, 3, Entry.Kind.BLOCK, Entry.Form.SEALED, 0x1234).encode(bytes);
        return bytes.array();
    }

    private static void entry(byte[] bytes) throws BackupException {
        byte[] whole = Arrays.copyOf(bytes, Entry.BYTES);
        Entry entry = Entry.decode(ByteBuffer.wrap(whole), 5, "x");
        ByteBuffer again = ByteBuffer.allocate(Entry.BYTES);
        entry.encode(again);
        assertArrayEquals(whole, again.array());
    }

    static State state() {
        TreeMap<Barcode, Lying> cartridges = new TreeMap<>();
        for (String barcode : List.of("A00001L8", "CLN001CU", "W00001LY")) {
            cartridges.put(new Barcode(barcode), new Lying(new Barcode(barcode), Elements.slot(cartridges.size()), Elements.drive(0), 7, barcode.startsWith("W")));
        }
        TreeMap<String, Integer> fired = new TreeMap<>();
        fired.put("write block 120 of A00001L8: medium error", 1);
        fired.put("take A00003L8", 2);
        return new State("0badcafe", cartridges, fired);
    }

    private static void state(byte[] bytes) throws BackupException {
        State state = State.decode(bytes, "x");
        assertEquals(state, State.decode(state.encode(), "x"));
    }

    private static byte[] mendHead(byte[] bytes) {
        byte[] mended = mend(bytes, 0, 52);
        mended = mend(mended, 512, 20);
        return mend(mended, 1024, 20);
    }

    private static byte[] mendState(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf("end ");
        if (end < 0) {
            return bytes;
        }
        String checked = text.substring(0, end);
        return (checked + "end " + String.format("%08x", Checksum.of(ByteBuffer.wrap(checked.getBytes(StandardCharsets.ISO_8859_1)))) + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The checksum of so many bytes stands behind them. */
    private static byte[] mend(byte[] bytes, int from, int length) {
        if (length < 0 || bytes.length < from + length + CHECKSUM) {
            return bytes;
        }
        ByteBuffer all = ByteBuffer.wrap(bytes);
        all.putInt(from + length, Checksum.of(all.slice(from, length)));
        return bytes;
    }
}
