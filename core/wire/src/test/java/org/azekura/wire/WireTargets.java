package org.azekura.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.message.Message;
import org.azekura.api.server.JobOrder;
import org.azekura.testkit.fuzz.Target;

/** What the wire takes from the other side. */
final class WireTargets {

    private static final RecordCodec<JobOrder> ORDERS = new RecordCodec<>(JobOrder.class, 1 << 20);

    private WireTargets() {}

    static List<Target> all() {
        return List.of(
                Target.of("message", "message.corrupt", messages(), WireTargets::message).allocating(4 << 20, 400),
                Target.of("envelope", "message.corrupt", envelopes(), WireTargets::envelope).allocating(4 << 20, 400),
                Target.of("job order", "message.corrupt", orders(), WireTargets::order).allocating(4 << 20, 400));
    }

    private static List<byte[]> messages() {
        RandomRecords records = new RandomRecords(5);
        List<byte[]> all = new ArrayList<>();
        for (Class<?> type : new RecordFamily(Message.class).all()) {
            all.add(MessageCodec.encode((Message) records.any(type)).array());
        }
        return all;
    }

    private static List<byte[]> envelopes() {
        RandomRecords records = new RandomRecords(6);
        List<byte[]> all = new ArrayList<>();
        for (Class<?> type : new RecordFamily(Message.class).all()) {
            all.add(Envelope.encode(Envelope.Kind.ASK, 7, records.any(type)).array());
        }
        all.add(Envelope.encode(Envelope.Kind.FAILURE, 8, records.any(Failure.class)).array());
        return all;
    }

    private static List<byte[]> orders() {
        RandomRecords records = new RandomRecords(7);
        List<byte[]> all = new ArrayList<>();
        for (Class<?> type : new RecordFamily(JobOrder.class).all()) {
            all.add(ORDERS.encode((JobOrder) records.any(type)));
        }
        return all;
    }

    /** What was understood can be said again, and is then understood as the same. */
    private static void message(byte[] input) throws BackupException {
        byte[] again = MessageCodec.encode(MessageCodec.decode(ByteBuffer.wrap(input))).array();
        assertArrayEquals(again, MessageCodec.encode(MessageCodec.decode(ByteBuffer.wrap(again))).array());
    }

    private static void order(byte[] input) throws BackupException {
        byte[] again = ORDERS.encode(ORDERS.decode(input));
        assertArrayEquals(again, ORDERS.encode(ORDERS.decode(again)));
    }

    private static void envelope(byte[] input) throws BackupException {
        Envelope envelope = Envelope.decode(ByteBuffer.wrap(input));
        if (envelope.body() == null) {
            assertEquals("message.corrupt", envelope.wrong().code());
            return;
        }
        Envelope again = Envelope.decode(Envelope.encode(envelope.kind(), envelope.number(), envelope.body()));
        assertEquals(envelope.kind(), again.kind());
        assertEquals(envelope.number(), again.number());
    }
}
