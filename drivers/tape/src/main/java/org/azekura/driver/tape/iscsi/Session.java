package org.azekura.driver.tape.iscsi;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;

/** One connection that is logged in. One thread at a time. After an exception it is of no use any more. */
final class Session {

    private static final int READS = 0x40;
    private static final int WRITES = 0x20;
    /** Simple task attribute. */
    private static final int SIMPLE = 1;
    private static final int WITH_STATUS = 1;
    private static final int OVERFLOW = 4;
    private static final int UNDERFLOW = 2;
    private static final int LONGEST_CDB = 16;
    private static final int MOST_SENSE = 4096;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Pdus pdus;
    private final Counters counters;
    private final Terms terms;
    private final long lun;
    private String leaving;

    private Session(Pdus pdus, Counters counters, Terms terms, int lun) {
        this.pdus = pdus;
        this.counters = counters;
        this.terms = terms;
        // Up to 255 by its number, above that in flat space (SAM-5, 4.7).
        this.lun = (lun < 256 ? (long) lun : 0x4000L | lun) << 48;
    }

    /** @throws LoginRefused if the target says no; throws as {@link Wire} does, too */
    static Session login(Wire wire, String initiator, String target, int lun, long deadline) throws IOException {
        return login(wire, initiator, target, null, lun, deadline);
    }

    /** @param account null for none */
    static Session login(Wire wire, String initiator, String target, ChapAccount account, int lun, long deadline) throws IOException {
        Pdus pdus = new Pdus(wire);
        Counters counters = new Counters();
        return new Session(pdus, counters, Login.run(pdus, counters, initiator, target, account, deadline), lun);
    }

    /** Why the target wants this session to end, or null. What runs may end before. */
    String leaving() {
        return leaving;
    }

    /** As {@link org.azekura.driver.tape.scsi.ScsiTransport#execute}. Whatever is thrown: it is not known whether it was carried out. */
    Outcome.Answered execute(byte[] cdb, Direction direction, ByteBuffer data, long deadline) throws IOException {
        if (cdb.length > LONGEST_CDB) {
            throw new IllegalArgumentException("a command of " + cdb.length + " bytes");
        }
        while (!counters.open()) {
            idle(pdus.read(deadline), deadline);
        }
        Task task = new Task(counters.nextTag(), direction, direction == Direction.NONE ? NOTHING : data);
        begin(cdb, task, deadline);
        while (true) {
            Header header = pdus.read(deadline);
            switch (header.opcode()) {
                case Opcode.DATA_IN -> {
                    Outcome.Answered answer = dataIn(task, header, deadline);
                    if (answer != null) {
                        return answer;
                    }
                }
                case Opcode.READY -> ready(task, header, deadline);
                case Opcode.RESPONSE -> {
                    return response(task, header, deadline);
                }
                default -> idle(header, deadline);
            }
        }
    }

    /** Sends the command, and of its data what the target takes without having asked. */
    private void begin(byte[] cdb, Task task, long deadline) throws IOException {
        int length = task.length();
        boolean out = task.direction() == Direction.OUT;
        int first = out ? Math.min(length, terms.firstBurst()) : 0;
        int immediate = terms.immediate() ? Math.min(first, terms.segment()) : 0;
        int unasked = terms.unasked() ? first : immediate;
        int flags = SIMPLE | (unasked == immediate ? Header.FINAL : 0) | (out ? WRITES : task.direction() == Direction.IN ? READS : 0);
        pdus.next().begin(Opcode.COMMAND, flags, task.tag()).putLong(8, lun).put(20, length).put(24, counters.command()).put(28, counters.status())
                .put(32, cdb);
        pdus.queue(task.out(0, immediate));
        counters.sent();
        sequence(task, immediate, unasked, Header.NONE, deadline);
    }

    /** Sends data from here to there in segments, the last one marked, with what is queued before them. */
    private void sequence(Task task, int from, int to, int transfer, long deadline) throws IOException {
        int number = 0;
        for (int at = from; at < to; ) {
            if (pdus.isFull()) {
                pdus.flush(deadline);
            }
            int length = Math.min(to - at, terms.segment());
            pdus.next().begin(Opcode.DATA_OUT, at + length == to ? Header.FINAL : 0, task.tag()).putLong(8, lun).put(20, transfer)
                    .put(28, counters.status()).put(36, number++).put(40, at);
            pdus.queue(task.out(at, length));
            at += length;
        }
        pdus.flush(deadline);
    }

    private void ready(Task task, Header header, long deadline) throws IOException {
        task.mine(header);
        counters.take(header, false);
        long from = header.u32(40) & 0xffff_ffffL;
        long wanted = header.u32(44) & 0xffff_ffffL;
        int transfer = header.u32(20);
        if (task.direction() != Direction.OUT || wanted == 0 || from + wanted > task.length()) {
            throw new ProtocolException("the target asks for " + wanted + " bytes from " + from + " of "
                    + (task.direction() == Direction.OUT ? task.length() : 0));
        }
        pdus.skip(deadline);
        sequence(task, (int) from, (int) (from + wanted), transfer, deadline);
    }

    /** @return null if this was not the end */
    private Outcome.Answered dataIn(Task task, Header header, long deadline) throws IOException {
        task.mine(header);
        boolean ends = header.has(WITH_STATUS);
        counters.take(header, ends);
        task.expect(header.u32(40), header.dataLength());
        int status = header.u8(3);
        int residual = residual(header);
        pdus.data(task.data(), deadline);
        return ends ? new Outcome.Answered(status, new byte[0], residual) : null;
    }

    private Outcome.Answered response(Task task, Header header, long deadline) throws IOException {
        task.mine(header);
        counters.take(header, true);
        if (header.u8(2) != 0) {
            throw new ProtocolException("the target could not carry out the command (response " + header.u8(2) + ")");
        }
        int status = header.u8(3);
        int residual = residual(header);
        return new Outcome.Answered(status, sense(pdus.data(MOST_SENSE, deadline)), residual);
    }

    /** Its length comes first; some bring vendor's data behind it. */
    private static byte[] sense(ByteBuffer data) {
        if (data.remaining() < Short.BYTES) {
            return new byte[0];
        }
        byte[] sense = new byte[Math.min(data.getShort() & 0xffff, data.remaining())];
        data.get(sense);
        return sense;
    }

    private static int residual(Header header) {
        return header.has(UNDERFLOW) ? header.u32(44) : header.has(OVERFLOW) ? -header.u32(44) : 0;
    }

    /** What a target may send at any time. */
    private void idle(Header header, long deadline) throws IOException {
        switch (header.opcode()) {
            case Opcode.NOP_IN -> {
                counters.take(header, header.tag() != Header.NONE);
                long unit = header.u64(8);
                int transfer = header.u32(20);
                pdus.skip(deadline);
                if (transfer != Header.NONE) {
                    pdus.next().begin(Opcode.NOP_OUT | Opcode.IMMEDIATE, Header.FINAL, Header.NONE).putLong(8, unit).put(20, transfer)
                            .put(24, counters.command()).put(28, counters.status());
                    pdus.queue(NOTHING);
                    pdus.flush(deadline);
                }
            }
            case Opcode.EVENT -> {
                counters.take(header, true);
                event(header.u8(36));
                pdus.skip(deadline);
            }
            case Opcode.REJECT -> throw new ProtocolException("the target rejects what was sent (reason " + header.u8(2) + ")");
            default -> throw new ProtocolException("the target sends opcode " + header.opcode() + ", which nobody has asked for");
        }
    }

    private void event(int event) throws ProtocolException {
        switch (event) {
            case 1 -> leaving = "the target has asked to be left";
            case 2, 3 -> throw new ProtocolException("the target drops the connection");
            case 4 -> leaving = "the target wants other terms";
            // Of SCSI (obsolete) or of the vendor: nothing depends on them.
            default -> { }
        }
    }

    /** Between commands: answers what has come. */
    void attend(long deadline) throws IOException {
        while (pdus.pending()) {
            idle(pdus.read(deadline), deadline);
        }
    }

    /** Says good-bye, and waits until the target has heard it. */
    void logout(long deadline) throws IOException {
        pdus.next().begin(Opcode.LOGOUT | Opcode.IMMEDIATE, Header.FINAL, counters.nextTag()).put(24, counters.command()).put(28, counters.status());
        pdus.queue(NOTHING);
        pdus.flush(deadline);
        for (Header header = pdus.read(deadline); header.opcode() != Opcode.LOGOUT_RESPONSE; header = pdus.read(deadline)) {
            idle(header, deadline);
        }
    }
}
