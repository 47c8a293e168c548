package org.azekura.driver.tape.paper;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.scsi.ScsiTransport;

/** An LTO drive with a cartridge in it, as the standards have it. One thread at a time. */
public final class PaperDrive implements ScsiPath {

    /** Bytes on each wrap of its tape. */
    public static final long WRAP = 100_000;

    /** What was sent: operation codes, the service action behind the point. */
    private final List<String> sent = new ArrayList<>();
    private final Map<Integer, Deque<Outcome>> scripted = new HashMap<>();
    private final PaperTape tape;
    private final boolean writeOnce;
    private final boolean described;
    private final byte[] compression = {0x0f, 14, (byte) 0xc0, (byte) 0x80, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0};
    private final byte[] extension = new byte[32];
    private final PaperProtection protection = new PaperProtection();
    private final Map<Integer, byte[]> memory;
    private int longest = 8 << 20;
    private boolean dirty;
    private long corrected = 100;
    private long uncorrected = 2;
    private boolean keepsCounting = true;
    private boolean loaded = true;
    private int loads = 41;
    private boolean attention;
    private boolean broken;
    private final PaperReservation reservation = new PaperReservation();
    private byte[] wishes = new byte[0];
    private byte[] order = new byte[0];
    private boolean timed;
    private final Deque<byte[]> places = new ArrayDeque<>();
    private boolean noLongPosition;
    private byte[] inquiry = PaperPages.inquiry();

    public PaperDrive() {
        this(32_000_000, false, false);
    }

    public PaperDrive(long capacity, boolean writeOnce, boolean described) {
        this.tape = new PaperTape(capacity, 2_000_000, writeOnce, protection);
        this.writeOnce = writeOnce;
        this.memory = PaperPages.memory(writeOnce);
        this.described = described;
        extension[0] = 0x50;
        extension[1] = 1;
        extension[3] = 0x1c;
    }

    /** What it says the next times it gets a command with this code, instead of doing it. */
    public void script(int operation, Outcome... outcomes) {
        scripted.computeIfAbsent(operation, code -> new ArrayDeque<>()).addAll(List.of(outcomes));
    }

    public List<String> sent() {
        return sent;
    }

    public void wantsCleaning() {
        dirty = true;
    }

    /** It counts so many errors while reading and while writing. */
    public void errs(long right, long wrong) {
        corrected += right;
        uncorrected += wrong;
    }

    /** It counts from nothing for each cartridge, as HP's do. */
    public void countsPerCartridge() {
        keepsCounting = false;
    }

    /** The next block that is written or read is changed on the way. */
    public void garblesABlock() {
        protection.garble();
    }

    /** It knows no checksums. */
    public void lacksProtection() {
        protection.none();
    }

    /** It knows the Reed-Solomon code only, as drives before LTO-7. */
    public void protectsAsOldDrivesDo() {
        protection.old();
    }

    /** By which method blocks are protected now; 0: none. */
    public int protection() {
        return protection.method();
    }

    /** Bytes that go with a block now. */
    public int protects() {
        return protection.length();
    }

    /** Bytes of the longest block it takes. */
    public void longest(int bytes) {
        longest = bytes;
    }

    /** Somebody else holds it, or nobody, with 0. */
    public void heldBy(long key) {
        reservation.heldBy(key);
    }

    public long holder() {
        return reservation.holder();
    }

    /** What RECEIVE RECOMMENDED ACCESS ORDER says next, empty for the order from behind. */
    public void order(byte[] next) {
        order = next;
    }

    /** Its recommended order tells how long the way to each place is. */
    public void tellsTimes() {
        timed = true;
    }

    /** What READ POSITION says next, in whatever form. */
    public void says(byte[]... positions) {
        places.addAll(List.of(positions));
    }

    /** It knows the short form of READ POSITION only. */
    public void lacksLongPosition() {
        noLongPosition = true;
    }

    /** Who it says it is from here on. */
    public void inquiry(byte[] standard) {
        inquiry = standard;
    }

    /** The settings of the page 10h/01h in megabytes. */
    public int programmed() {
        return Short.toUnsignedInt(ByteBuffer.wrap(extension).getShort(6));
    }

    public void takenOut() {
        loaded = false;
    }

    @Override
    public String location() {
        return "paper";
    }

    @Override
    public ScsiTransport open() {
        attention = true;
        broken = false;
        protection.reset();
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
        int operation = cdb[0] & 0xff;
        boolean acts = operation == 0xa3 || operation == 0xa4 || operation == 0x5e || operation == 0x5f || operation == 0x34;
        sent.add("%02x".formatted(operation) + (acts ? ".%02x".formatted(cdb[1] & 0x1f) : ""));
        Deque<Outcome> next = scripted.get(operation);
        if (next != null && !next.isEmpty()) {
            Outcome outcome = next.poll();
            broken |= !(outcome instanceof Outcome.Answered);
            return outcome instanceof Outcome.Answered answered && described ? Said.described(answered) : outcome;
        }
        if (attention && operation != 0x12) {
            attention = false;
            return Said.sense(6, 0x29, 0);
        }
        if (reservation.refuses(operation)) {
            return Said.status(0x18);
        }
        Outcome.Answered said = operation == 0x12 ? inquiry(cdb, data) : needsCartridge(operation) && !loaded ? Said.sense(2, 4, 2) : done(operation, cdb, data);
        return described ? Said.described(said) : said;
    }

    private static boolean needsCartridge(int operation) {
        return switch (operation) {
            case 0x00, 0x01, 0x08, 0x0a, 0x10, 0x11, 0x19, 0x2b, 0x34, 0x8c, 0x8d, 0x92 -> true;
            default -> false;
        };
    }

    private Outcome.Answered inquiry(byte[] cdb, ByteBuffer data) {
        return (cdb[1] & 1) == 0 ? in(data, inquiry) : switch (cdb[2] & 0xff) {
            case 0x80 -> in(data, PaperPages.serial());
            case 0x83 -> in(data, PaperPages.names());
            default -> Said.sense(5, 0x24, 0);
        };
    }

    private static Outcome.Answered in(ByteBuffer into, byte[] bytes) {
        int asked = into.remaining();
        into.put(bytes, 0, Math.min(asked, bytes.length));
        return Said.good(Math.max(0, asked - bytes.length));
    }

    private Outcome.Answered done(int operation, byte[] cdb, ByteBuffer data) {
        ByteBuffer bytes = ByteBuffer.wrap(cdb);
        return switch (operation) {
            case 0x00, 0x1e -> Said.good(0);
            case 0x01 -> {
                tape.rewind();
                yield Said.good(0);
            }
            case 0x05 -> in(data, ByteBuffer.allocate(6).putInt(longest).putShort((short) 1).array());
            case 0x08 -> tape.read(bytes.getInt(1) & 0xffffff, data);
            case 0x0a -> tape.write(data);
            case 0x10 -> tape.filemarks(bytes.getInt(1) & 0xffffff, (cdb[1] & 1) != 0);
            case 0x11 -> tape.space(cdb[1] & 7, bytes.getInt(1) << 8 >> 8);
            case 0x15 -> select(data);
            case 0x19 -> tape.erase();
            case 0x1a -> mode(cdb, data);
            case 0x1b -> load(cdb);
            case 0x2b -> tape.locate(Integer.toUnsignedLong(bytes.getInt(3)));
            case 0x34 -> position(cdb[1] & 0x1f, data);
            case 0x44 -> in(data, PaperPages.densities());
            case 0x4d -> log(cdb[2] & 0x3f, data);
            case 0x5e -> in(data, ByteBuffer.allocate(24).putInt(4, 16).putLong(8, holder()).array());
            case 0x5f -> reservation.out(cdb[1] & 0x1f, data);
            case 0x8c -> in(data, PaperPages.attributes(memory));
            case 0x8d -> remember(data);
            case 0x92 -> tape.locate(bytes.getLong(4));
            case 0xa2 -> in(data, PaperPages.encryption());
            case 0xa3 -> switch (cdb[1] & 0x1f) {
                case 0x0c -> in(data, PaperPages.operations());
                case 0x1f -> cdb[2] == 0x45 && cdb[3] == 2 ? in(data, PaperPages.wraps(tape.wraps(WRAP))) : Said.sense(5, 0x24, 0);
                default -> recommended(cdb, data);
            };
            case 0xa4 -> {
                wishes = new byte[data.remaining()];
                data.duplicate().get(wishes);
                yield Said.good(0);
            }
            case 0xb5 -> {
                ByteBuffer page = data.duplicate();
                byte[] key = new byte[page.getShort(18)];
                page.get(20, key);
                tape.key(page.get(7) == 3 ? key : null, page.get(6) == 2);
                yield Said.good(0);
            }
            default -> Said.sense(5, 0x20, 0);
        };
    }

    /** Attributes come in ascending order, or none is taken (SPC-4, 6.48). */
    private Outcome.Answered remember(ByteBuffer data) {
        ByteBuffer list = data.duplicate();
        list.getInt();
        Map<Integer, byte[]> next = new HashMap<>();
        int before = -1;
        while (list.hasRemaining()) {
            int number = list.getShort();
            list.get();
            byte[] value = new byte[list.getShort()];
            list.get(value);
            if (number <= before || number < 0x800) {
                return Said.sense(5, 0x26, 0);
            }
            before = number;
            next.put(number, value);
        }
        memory.putAll(next);
        return Said.good(0);
    }

    private Outcome.Answered load(byte[] cdb) {
        boolean loads = (cdb[4] & 1) != 0;
        if (loads || loaded) {
            tape.filemarks(0, false);
            tape.rewind();
        }
        this.loads += loads && !loaded ? 1 : 0;
        loaded = loads;
        if (!loads && !keepsCounting) {
            corrected = 0;
            uncorrected = 0;
        }
        tape.key(null, false);
        return Said.good(0);
    }

    private Outcome.Answered position(int form, ByteBuffer data) {
        if (!places.isEmpty()) {
            return in(data, places.poll());
        }
        if (noLongPosition && form != 0) {
            return Said.sense(5, 0x24, 0);
        }
        ByteBuffer said = ByteBuffer.allocate(form == 0 ? 20 : 32).put(0, (byte) (tape.at() == 0 ? 0x80 : 0));
        switch (form) {
            case 0 -> said.putInt(4, tape.at()).putInt(8, tape.onTape());
            case 6 -> said.putLong(8, tape.at()).putLong(16, tape.filemarks());
            case 8 -> said.putShort(2, (short) 0x1c).putInt(4, tape.buffered()).putLong(8, tape.at()).putLong(16, tape.onTape());
            default -> {
                return Said.sense(5, 0x24, 0);
            }
        }
        return in(data, said.array());
    }

    private Outcome.Answered mode(byte[] cdb, ByteBuffer data) {
        byte[] page = switch (cdb[2] & 0x3f) {
            case 0 -> new byte[0];
            case 0x0a -> cdb[3] == (byte) 0xf0 ? protection.page() : null;
            case 0x0f -> compression;
            case 0x10 -> cdb[3] == 1 ? extension : null;
            default -> null;
        };
        if (page == null) {
            return Said.sense(5, 0x24, 0);
        }
        ByteBuffer said = ByteBuffer.allocate(12 + page.length).put(1, (byte) (writeOnce ? 0x8c : 0x88)).put(3, (byte) 8).put(4, (byte) 0x5e);
        return in(data, said.position(12).put(page).array());
    }

    private Outcome.Answered select(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        int at = 4 + bytes[3];
        if (at < bytes.length && bytes[at] == 0x0f) {
            System.arraycopy(bytes, at, compression, 0, compression.length);
        } else if (at < bytes.length && bytes[at] == 0x4a) {
            return protection.select(Arrays.copyOfRange(bytes, at, bytes.length));
        } else if (at < bytes.length && bytes[at] == 0x50) {
            System.arraycopy(bytes, at, extension, 0, extension.length);
            tape.programmed(programmed() * 1_000_000L);
        }
        return Said.good(0);
    }

    private Outcome.Answered log(int page, ByteBuffer data) {
        if (page == 0) {
            return in(data, new byte[] {0, 0, 0, 5, 0, 2, 3, 0x17, 0x2e});
        }
        if (page == 0x17) {
            return in(data, PaperPages.history(loads, uncorrected));
        }
        if (page == 2 || page == 3) {
            return in(data, PaperPages.errors(page, corrected, uncorrected));
        }
        byte[] alerts = PaperPages.alerts(dirty);
        dirty = false;
        return in(data, alerts);
    }

    /** From behind, which is an order that nobody else has; or as it was told. */
    private Outcome.Answered recommended(byte[] cdb, ByteBuffer data) {
        if ((cdb[1] & 0x80) != 0) {
            return in(data, new byte[] {0, 100, 0, 32, 0, 0, 0, 0});
        }
        if (order.length > 0) {
            return in(data, order);
        }
        byte[] answer = Arrays.copyOf(wishes, wishes.length);
        int count = (wishes.length - 8) / 32;
        if (!timed) {
            for (int i = 0; i < count; i++) {
                System.arraycopy(wishes, 8 + 32 * i, answer, 8 + 32 * (count - 1 - i), 32);
            }
            return in(data, answer);
        }
        ByteBuffer longer = ByteBuffer.allocate(8 + 40 * count).put(0, (byte) 2).putInt(4, 40 * count);
        for (int i = 0; i < count; i++) {
            longer.putShort(8 + 40 * i, (short) 38).put(10 + 40 * i, wishes, 10 + 32 * (count - 1 - i), 30);
        }
        return in(data, longer.array());
    }
}
