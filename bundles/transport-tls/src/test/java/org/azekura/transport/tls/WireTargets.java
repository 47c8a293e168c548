package org.azekura.transport.tls;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.testkit.fuzz.Target;

/** What reads bytes of the other side. */
final class WireTargets {

    private static final String MALFORMED = "transport.malformed";
    private static final int MEMORY = 16 << 20;

    private WireTargets() {}

    static List<Target> all() {
        List<byte[]> units = new ArrayList<>(UnitTest.GOLDEN.keySet().stream().map(UnitTest::bytes).toList());
        byte[] greeting = Bytes.of(new Greeting("00".repeat(Greeting.ID), false, 0, "server", "client/c1").encode().position(2));
        byte[] answer = Bytes.of(new Greeting.Answer(Greeting.Answer.Code.BUSY, 0, "why").encode().position(2));
        return List.of(Target.of("units", MALFORMED, units, WireTargets::units),
                Target.of("greeting", MALFORMED, List.of(greeting), input -> Greeting.decode(ByteBuffer.wrap(input))),
                Target.of("answer", MALFORMED, List.of(answer), input -> Greeting.Answer.decode(ByteBuffer.wrap(input))),
                // A frame is made as long as the credit that was given for it.
                Target.of("connection", MALFORMED, List.of(whole()), WireTargets::connection).allocating(MEMORY, 100));
    }

    private static void units(byte[] input) throws BackupException {
        ByteBuffer in = ByteBuffer.wrap(input);
        for (Unit unit = UnitReader.next(in); unit != null; unit = UnitReader.next(in)) {
            if (unit.content() > Unit.MAX_PAYLOAD || unit.stream() < 0) {
                throw new AssertionError(unit.toString());
            }
        }
    }

    /** A stream from its beginning to its end, and some frames on the control stream. */
    private static byte[] whole() {
        return UnitTest.bytes("03 00000001 00000000 01 00000001 00000006 00000005 6869 02 00000001 00000003 796f75 06 00000001 00000004 00010000"
                + "04 00000001 00000000 01 00000000 00000004 00000000 01 00000000 00000005 00000001 61 05 00000001 00000000"
                + "03 00000003 00000000 01 00000003 00000004 00400000 05 00000003 00000000");
    }

    /** All streams of a connection, without links. */
    private static void connection(byte[] input) throws BackupException {
        Means means = new Means(Hosts.settings(), null, new Trust(), new Budget(Hosts.MEMORY), new Sessions(new Trust()), null, new Refusals());
        Session session = new Session("id", "client/c1", "", "server/s1", false, means);
        Streams streams = new Streams(session, false, session.lock(), means.budget());
        ByteBuffer in = ByteBuffer.wrap(input);
        long back = 0;
        session.lock().lock();
        try {
            for (Unit unit = UnitReader.next(in); unit != null; unit = UnitReader.next(in)) {
                switch (unit) {
                    case Unit.Open open -> streams.opened(open.stream());
                    case Unit.Passing passing -> { }
                    case Unit.Frame _, Unit.More _, Unit.End _, Unit.Reset _, Unit.Credit _ -> back += streams.take(unit);
                }
            }
        } finally {
            back += streams.breakOff();
            session.lock().unlock();
            means.budget().give(back);
            if (means.budget().used() != 0) {
                throw new AssertionError(means.budget().used() + " bytes of memory are not given back");
            }
        }
    }
}
