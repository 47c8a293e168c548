package org.azekura.driver.tape.paper;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.scsi.ScsiTransport;

/** A robot as SMC-3 has it: a picker 7, slots 1000 to 1003, a mail slot 10, drives 500 and 501; it exchanges, and says what can be got at. */
public final class PaperChanger implements ScsiPath {

    private static final int PICKER = 7;

    private final Map<Integer, String> lying = new TreeMap<>(Map.of(1000, "A00001L8", 1001, "A00002L8", 1002, "?"));
    private final Map<Integer, Integer> sources = new HashMap<>();
    private final List<String> sent = new ArrayList<>();
    private final Map<Integer, Deque<Outcome>> scripted = new HashMap<>();
    private final List<String> serials;
    private int hidden;
    private boolean attention;
    private boolean broken;

    /** @param serials of the drives, as it calls them; none if it does not know them */
    public PaperChanger(String... serials) {
        this.serials = List.of(serials);
    }

    /** The commands, as two digits of their code; element status with the rest of its first bytes. */
    public List<String> sent() {
        return sent;
    }

    public void script(int operation, Outcome... outcomes) {
        scripted.computeIfAbsent(operation, code -> new ArrayDeque<>()).addAll(List.of(outcomes));
    }

    /** So many times nothing but the picker can be got at. */
    public void hide(int times) {
        hidden = times;
    }

    @Override
    public String location() {
        return "paper robot";
    }

    @Override
    public ScsiTransport open() {
        attention = true;
        broken = false;
        return new ScsiTransport() {
            @Override
            public Outcome execute(byte[] cdb, Direction direction, ByteBuffer data, Duration timeout) {
                return broken ? new Outcome.Lost("closed") : answer(cdb, data);
            }

            @Override
            public void close() {
                broken = true;
            }
        };
    }

    private Outcome answer(byte[] cdb, ByteBuffer data) {
        ByteBuffer in = ByteBuffer.wrap(cdb);
        int operation = cdb[0] & 0xff;
        sent.add("%02x".formatted(operation) + (operation == 0xb8 ? " %02x %d %d".formatted(cdb[1], in.getShort(2), in.getInt(6) & 0xffffff) : ""));
        Deque<Outcome> next = scripted.get(operation);
        if (next != null && !next.isEmpty()) {
            Outcome outcome = next.poll();
            broken |= !(outcome instanceof Outcome.Answered);
            return outcome;
        }
        if (attention && operation != 0x12) {
            attention = false;
            return Said.sense(6, 0x29, 0);
        }
        return switch (operation) {
            case 0x00, 0x07 -> Said.good(0);
            case 0x12 -> inquiry(cdb, data);
            case 0x1a -> mode(cdb[2] & 0x3f, data);
            case 0xa5 -> in.getShort(2) != PICKER ? Said.sense(5, 0x21, 1) : move(in.getShort(4), in.getShort(6));
            case 0xa6 -> in.getShort(2) != PICKER ? Said.sense(5, 0x21, 1) : exchange(in.getShort(4), in.getShort(6), in.getShort(8));
            case 0xb8 -> status(cdb, data);
            default -> Said.sense(5, 0x20, 0);
        };
    }

    private static Outcome.Answered in(ByteBuffer into, byte[] bytes) {
        int asked = into.remaining();
        into.put(bytes, 0, Math.min(asked, bytes.length));
        return Said.good(Math.max(0, asked - bytes.length));
    }

    private static Outcome.Answered inquiry(byte[] cdb, ByteBuffer data) {
        if ((cdb[1] & 1) == 0) {
            return in(data, ByteBuffer.allocate(36).put(0, (byte) 8).put(4, (byte) 31).put(8, "PAPER   ROBOT           0001".getBytes(StandardCharsets.US_ASCII)).array());
        }
        return cdb[2] == (byte) 0x80 ? in(data, ByteBuffer.allocate(10).put(1, (byte) 0x80).put(3, (byte) 6).put(4, "ROBOT1".getBytes(StandardCharsets.US_ASCII)).array())
                : Said.sense(5, 0x24, 0);
    }

    private static Outcome.Answered mode(int page, ByteBuffer data) {
        ByteBuffer said = ByteBuffer.allocate(4 + 20);
        if (page == 0x1d) {
            said.position(4).put((byte) 0x1d).put((byte) 18).putShort((short) PICKER).putShort((short) 1).putShort((short) 1000).putShort((short) 4);
            said.putShort((short) 10).putShort((short) 1).putShort((short) 500).putShort((short) 2);
        } else {
            said.position(4).put((byte) 0x1f).put((byte) 18).put(16, (byte) 0x0f).put(17, (byte) 0x0f);
        }
        return in(data, said.array());
    }

    private Outcome.Answered move(int from, int to) {
        if (!lying.containsKey(from)) {
            return Said.sense(5, 0x3b, 0x0e);
        }
        if (lying.containsKey(to)) {
            return Said.sense(5, 0x3b, 0x0d);
        }
        lying.put(to, lying.remove(from));
        sources.put(to, from);
        return Said.good(0);
    }

    private Outcome.Answered exchange(int from, int at, int to) {
        if (!lying.containsKey(from) || !lying.containsKey(at)) {
            return Said.sense(5, 0x3b, 0x0e);
        }
        String first = lying.remove(from);
        String second = lying.remove(at);
        lying.put(at, first);
        lying.put(to, second);
        sources.put(at, from);
        sources.put(to, at);
        return Said.good(0);
    }

    private Outcome.Answered status(byte[] cdb, ByteBuffer data) {
        int type = cdb[1] & 0xf;
        boolean named = (cdb[6] & 1) != 0;
        if (named && serials.isEmpty()) {
            return Said.sense(5, 0x24, 0);
        }
        int first = ByteBuffer.wrap(cdb).getShort(2);
        int count = ByteBuffer.wrap(cdb).getShort(4);
        int length = named ? 12 + 36 + 4 + 34 : 12 + 36;
        int base = List.of(0, PICKER, 1000, 10, 500).get(type);
        ByteBuffer said = ByteBuffer.allocate(16 + length * count).putShort((short) first).putShort((short) count).putInt(8 + length * count);
        said.put((byte) type).put((byte) 0x80).putShort((short) length).putInt(length * count);
        hidden -= hidden > 0 && type != 1 && data.capacity() > 8 ? 1 : 0;
        for (int i = first; i < first + count; i++) {
            element(said.slice(said.position(), length), i, i - base, named);
            said.position(said.position() + length);
        }
        return in(data, said.array());
    }

    private void element(ByteBuffer said, int address, int number, boolean named) {
        String barcode = lying.get(address);
        said.putShort((short) address).put((byte) ((barcode == null ? 0 : 1) | (hidden > 0 ? 0 : 8)));
        if (sources.containsKey(address) && barcode != null) {
            said.put(9, (byte) 0x80).putShort(10, sources.get(address).shortValue());
        }
        said.put(12, "%-32s".formatted(barcode == null || barcode.equals("?") ? "" : barcode).getBytes(StandardCharsets.US_ASCII));
        if (named) {
            said.put(48, (byte) 2).put(49, (byte) 1).put(51, (byte) 34);
            said.put(52, "PAPER   ULTRIUM-HH8     %-10s".formatted(serials.get(number)).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
