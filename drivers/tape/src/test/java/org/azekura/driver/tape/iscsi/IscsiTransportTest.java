package org.azekura.driver.tape.iscsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a transport whose session ends, and what is done between commands. */
class IscsiTransportTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    private static IscsiTransport transport(ScriptedWire wire) throws Exception {
        return new IscsiTransport(wire, Session.login(wire, "us", "them", 0, System.nanoTime() + SOON.toNanos()));
    }

    private static Outcome ready(IscsiTransport transport) {
        return transport.execute(new byte[6], Direction.NONE, ByteBuffer.allocate(0), SOON);
    }

    private static Header good(ScriptedWire.Heard command) {
        return Header.empty().begin(Opcode.RESPONSE, Header.FINAL, command.header().tag()).put(28, 100).put(32, 200);
    }

    private static ScriptedWire answering() {
        return ScriptedWire.afterLogin("", (wire, pdu) -> {
            switch (pdu.header().opcode()) {
                case Opcode.COMMAND -> wire.say(good(pdu), new byte[0]);
                case Opcode.LOGOUT -> wire.say(Header.empty().begin(Opcode.LOGOUT_RESPONSE, Header.FINAL, pdu.header().tag()), new byte[0]);
                default -> { }
            }
        });
    }

    @Test
    void whatIsLostStaysLostWithItsReason() throws Exception {
        ScriptedWire wire = ScriptedWire.afterLogin("", (self, pdu) -> { });
        IscsiTransport transport = transport(wire);
        Outcome.Lost lost = assertInstanceOf(Outcome.Lost.class, ready(transport));
        assertEquals("the target has closed the connection", lost.why());
        assertTrue(wire.closed);
        int heard = wire.heard.size();
        assertEquals(lost, ready(transport));
        transport.close();
        assertEquals(lost, ready(transport));
        assertEquals(heard, wire.heard.size(), "nothing is sent any more");
    }

    @Test
    void pingsAreAnsweredBetweenCommandsAndAnEndIsSeen() throws Exception {
        ScriptedWire wire = answering();
        IscsiTransport transport = transport(wire);
        wire.say(Header.empty().begin(Opcode.NOP_IN, Header.FINAL, Header.NONE).put(20, 77), new byte[0]);
        transport.attend();
        assertEquals(Opcode.NOP_OUT, wire.heard.getLast().header().opcode());
        assertEquals(77, wire.heard.getLast().header().u32(20));
        assertInstanceOf(Outcome.Answered.class, ready(transport));
        wire.say(Header.empty().begin(Opcode.REJECT, Header.FINAL, Header.NONE), new byte[0]);
        transport.attend();
        assertInstanceOf(Outcome.Lost.class, ready(transport));
    }

    @Test
    void aTargetThatWantsToGoIsLeftAfterTheCommand() throws Exception {
        IscsiTransport transport = transport(ScriptedWire.afterLogin("", (wire, pdu) -> {
            wire.say(Header.empty().begin(Opcode.EVENT, Header.FINAL, Header.NONE).put(36, 1 << 24), new byte[0]);
            wire.say(good(pdu), new byte[0]);
        }));
        assertInstanceOf(Outcome.Answered.class, ready(transport));
        assertEquals(new Outcome.Lost("the target has asked to be left"), ready(transport));
    }

    @Test
    void closingSaysGoodByeOnce() throws Exception {
        ScriptedWire wire = answering();
        IscsiTransport transport = transport(wire);
        transport.close();
        transport.close();
        assertEquals(1, wire.heard.stream().filter(pdu -> pdu.header().opcode() == Opcode.LOGOUT).count());
        assertTrue(wire.closed);
        assertEquals(new Outcome.Lost("it was closed"), ready(transport));
    }

    @Test
    @Timeout(300)
    void whoIsAttendedIsLookedAfterUntilItIsCancelled() throws Exception {
        CompletableFuture<Thread> looked = new CompletableFuture<>();
        Future<?> attendance = new Attendance("attendance of a test", Duration.ofMillis(10)).of(() -> looked.complete(Thread.currentThread()));
        Thread thread = looked.get(120, TimeUnit.SECONDS);
        assertTrue(thread.isDaemon());
        attendance.cancel(false);
        assertTrue(thread.join(Duration.ofSeconds(30)), "the thread ends with the last session");
    }
}
