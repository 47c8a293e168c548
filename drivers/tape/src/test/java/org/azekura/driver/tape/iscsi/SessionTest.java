package org.azekura.driver.tape.iscsi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent for a command, and what is made of what comes. */
class SessionTest {

    private static final long LATE = System.nanoTime() + Long.MAX_VALUE / 2;
    private static final byte[] CDB = {0x0a, 0, 0, 0, 1, 0};
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static Session session(ScriptedWire wire) throws IOException {
        return Session.login(wire, "iqn.2026-11.test:us", "iqn.2026-11.test:them", 5, LATE);
    }

    private static Header good(Header command) {
        return Header.empty().begin(Opcode.RESPONSE, Header.FINAL, command.tag()).put(24, 7).put(28, command.u32(24) + 1).put(32, command.u32(24) + 100);
    }

    private static Header dataIn(Header command, int flags, int offset) {
        return Header.empty().begin(Opcode.DATA_IN, flags, command.tag()).put(40, offset);
    }

    /** A target that asks for what is missing, in bursts of at most so many bytes, and answers when all of it came. */
    private static ScriptedWire writable(String terms, int burst, ByteArrayOutputStream got) {
        Header[] command = new Header[1];
        return ScriptedWire.afterLogin(terms, (wire, pdu) -> {
            if (pdu.header().opcode() == Opcode.COMMAND) {
                command[0] = pdu.header();
            } else {
                assertEquals(got.size(), pdu.header().u32(40), "data come in order");
                assertEquals(command[0].tag(), pdu.header().tag());
            }
            got.writeBytes(pdu.data());
            if (pdu.header().has(Header.FINAL)) {
                int left = command[0].u32(20) - got.size();
                if (left == 0) {
                    wire.say(good(command[0]), new byte[0]);
                } else {
                    wire.say(Header.empty().begin(Opcode.READY, Header.FINAL, command[0].tag()).put(20, 0x77).put(40, got.size()).put(44, Math.min(left, burst)),
                            new byte[0]);
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        // the command's own data, data-out in all, those the target has not asked for
        "Yes, No,  4096, 1000,     1000,   0, 0",
        "Yes, No,  4096, 10000,    4096,  2, 1",
        "No,  No,  4096, 10000,       0,   3, 2",
        "Yes, Yes, 4096, 10000,    4096,   2, 0",
        "No,  Yes, 4096, 10000,       0,   3, 0",
        "Yes, No,  4096, 1,           1,   0, 0",
    })
    void dataGoOutAsWasAgreed(String immediate, String r2tFirst, int segment, int length, int withCommand, int others, int unasked) throws Exception {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        ScriptedWire wire = writable("ImmediateData=" + immediate + "\0InitialR2T=" + r2tFirst + "\0MaxRecvDataSegmentLength=" + segment
                + "\0FirstBurstLength=8192\0MaxBurstLength=8192\0", 8192, got);
        Session session = session(wire);
        wire.heard.clear();
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (i * 31 >> 3);
        }
        assertEquals(0, session.execute(CDB, Direction.OUT, ByteBuffer.wrap(data), LATE).status());
        assertArrayEquals(data, got.toByteArray());
        assertEquals(withCommand, wire.heard.getFirst().data().length);
        List<ScriptedWire.Heard> out = wire.heard.subList(1, wire.heard.size());
        assertEquals(others, out.size());
        assertEquals(unasked, out.stream().filter(pdu -> pdu.header().u32(20) == Header.NONE).count());
        Header command = wire.heard.getFirst().header();
        assertEquals(unasked == 0, command.has(Header.FINAL), "the command is final if nothing comes unasked");
        assertEquals(length, command.u32(20));
        assertEquals(5L << 48, command.u64(8));
        assertTrue(command.has(0x20) && !command.has(0x40), "it writes");
    }

    @Test
    void manySegmentsAreNumberedAndTheLastIsMarked() throws Exception {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        ScriptedWire wire = writable("ImmediateData=No\0InitialR2T=Yes\0MaxRecvDataSegmentLength=512\0MaxBurstLength=1048576\0", 1 << 20, got);
        Session session = session(wire);
        wire.heard.clear();
        byte[] data = new byte[100_000];
        Arrays.fill(data, (byte) 9);
        session.execute(CDB, Direction.OUT, ByteBuffer.wrap(data), LATE);
        assertArrayEquals(data, got.toByteArray());
        assertEquals(1 + 196, wire.heard.size());
        for (int i = 1; i <= 196; i++) {
            Header header = wire.heard.get(i).header();
            assertEquals(i - 1, header.u32(36));
            assertEquals(i == 196, header.has(Header.FINAL));
            assertEquals(0x77, header.u32(20));
        }
    }

    @Test
    void aTargetThatAsksForWhatIsNotThereIsLeft() throws Exception {
        for (int[] wanted : new int[][] {{0, 101}, {100, 1}, {-1, 1}, {0, 0}, {Integer.MAX_VALUE, Integer.MAX_VALUE}}) {
            Session session = session(ScriptedWire.afterLogin("", (wire, pdu) -> wire.say(
                    Header.empty().begin(Opcode.READY, Header.FINAL, pdu.header().tag()).put(40, wanted[0]).put(44, wanted[1]), new byte[0])));
            assertThrows(ProtocolException.class, () -> session.execute(CDB, Direction.OUT, ByteBuffer.allocate(100), LATE));
        }
    }

    @Test
    void dataComeInWithStatusAndResidual() throws Exception {
        Session session = session(ScriptedWire.afterLogin("", (wire, pdu) -> {
            wire.say(dataIn(pdu.header(), 0, 0), new byte[] {1, 2, 3});
            wire.say(dataIn(pdu.header(), Header.FINAL | 1 | 2, 3).put(24, 9).put(44, 95), new byte[] {4, 5});
        }));
        ByteBuffer into = ByteBuffer.allocate(110).position(10);
        Outcome.Answered answer = session.execute(CDB, Direction.IN, into, LATE);
        assertEquals(0, answer.status());
        assertEquals(95, answer.residual());
        assertEquals(15, into.position());
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, Arrays.copyOfRange(into.array(), 10, 15));
    }

    @Test
    void moreThanWasAskedForIsANegativeResidual() throws Exception {
        Session session = session(ScriptedWire.afterLogin("", (wire, pdu) -> {
            Header answer = good(pdu.header()).put(44, 500);
            answer.begin(Opcode.RESPONSE, Header.FINAL | 4, pdu.header().tag()).put(44, 500);
            wire.say(answer, new byte[0]);
        }));
        assertEquals(-500, session.execute(CDB, Direction.IN, ByteBuffer.allocate(10), LATE).residual());
    }

    @Test
    void senseIsTakenByItsLength() throws Exception {
        byte[][] said = {{}, {0}, {0, 2, 0x70, 1}, {0, 2, 0x70, 1, 99, 99}, {0, 9, 0x70, 1}};
        byte[][] expected = {{}, {}, {0x70, 1}, {0x70, 1}, {0x70, 1}};
        for (int i = 0; i < said.length; i++) {
            byte[] data = said[i];
            Session session = session(ScriptedWire.afterLogin("", (wire, pdu) -> {
                Header answer = good(pdu.header());
                answer.whole().put(3, (byte) 2);
                wire.say(answer, data);
            }));
            Outcome.Answered answer = session.execute(CDB, Direction.NONE, NOTHING, LATE);
            assertEquals(2, answer.status());
            assertArrayEquals(expected[i], answer.sense());
        }
    }

    @Test
    void dataThatDoNotFitEndTheSession() throws Exception {
        int[][] places = {{1, 4}, {0, 101}, {-4, 4}};
        for (int[] place : places) {
            Session session = session(ScriptedWire.afterLogin("", (wire, pdu) -> wire.say(dataIn(pdu.header(), 0, place[0]), new byte[place[1]])));
            ByteBuffer into = ByteBuffer.allocate(200).limit(100);
            assertThrows(ProtocolException.class, () -> session.execute(CDB, Direction.IN, into, LATE));
            assertEquals(0, into.position());
            assertEquals(100, into.limit());
        }
        Session unasked = session(ScriptedWire.afterLogin("", (wire, pdu) -> wire.say(dataIn(pdu.header(), 0, 0), new byte[1])));
        assertThrows(ProtocolException.class, () -> unasked.execute(CDB, Direction.OUT, ByteBuffer.allocate(4), LATE));
        Session foreign = session(ScriptedWire.afterLogin("", (wire, pdu) -> wire.say(dataIn(pdu.header().put(16, 77), 0, 0), new byte[1])));
        assertThrows(ProtocolException.class, () -> foreign.execute(CDB, Direction.IN, ByteBuffer.allocate(4), LATE));
    }

    @Test
    void aSegmentLongerThanAgreedIsNotRead() throws Exception {
        Session session = session(ScriptedWire.afterLogin("", (wire, pdu) -> wire.say(dataIn(pdu.header(), 0, 0), new byte[Terms.OUR_SEGMENT + 1])));
        assertThrows(ProtocolException.class, () -> session.execute(CDB, Direction.IN, ByteBuffer.allocate(1 << 20), LATE));
    }

    @Test
    void aPingInTheMiddleOfACommandIsAnswered() throws Exception {
        ScriptedWire wire = ScriptedWire.afterLogin("", (self, pdu) -> {
            if (pdu.header().opcode() == Opcode.COMMAND) {
                self.say(Header.empty().begin(Opcode.NOP_IN, Header.FINAL, Header.NONE).putLong(8, 5L << 48).put(20, 0x1234).put(24, 50), new byte[] {1, 2, 3});
                self.say(good(pdu.header()), new byte[0]);
            }
        });
        Session session = session(wire);
        assertEquals(0, session.execute(CDB, Direction.NONE, NOTHING, LATE).status());
        Header answer = wire.heard.getLast().header();
        assertEquals(Opcode.NOP_OUT, answer.opcode());
        assertEquals(0x40, answer.u8(0) & 0x40, "at once");
        assertEquals(0x1234, answer.u32(20));
        assertEquals(Header.NONE, answer.tag());
        assertEquals(5L << 48, answer.u64(8));
    }

    @Test
    void aPingBetweenCommandsIsAnsweredWhenSomebodyAttends() throws Exception {
        ScriptedWire wire = ScriptedWire.afterLogin("", (self, pdu) -> { });
        Session session = session(wire);
        wire.heard.clear();
        session.attend(LATE);
        assertEquals(0, wire.heard.size());
        wire.say(Header.empty().begin(Opcode.NOP_IN, Header.FINAL, Header.NONE).put(20, 3), new byte[0]);
        session.attend(LATE);
        assertEquals(3, wire.heard.getFirst().header().u32(20));
    }

    @Test
    void aClosedWindowIsWaitedFor() throws Exception {
        ScriptedWire wire = new ScriptedWire((self, pdu) -> {
            switch (pdu.header().opcode()) {
                // No room for any command.
                case Opcode.LOGIN -> self.say(ScriptedWire.loginResponse(pdu.header().u8(1), 0).put(28, 1).put(32, 0), new byte[0]);
                case Opcode.COMMAND -> self.say(Header.empty().begin(Opcode.RESPONSE, Header.FINAL, pdu.header().tag()).put(28, 2).put(32, 1), new byte[0]);
                default -> { }
            }
        });
        Session session = session(wire);
        assertEquals(0, session.execute(CDB, Direction.NONE, NOTHING, LATE).status());
        wire.heard.clear();
        wire.say(Header.empty().begin(Opcode.NOP_IN, Header.FINAL, Header.NONE).put(20, Header.NONE).put(28, 2).put(32, 2), new byte[0]);
        assertEquals(0, session.execute(CDB, Direction.NONE, NOTHING, LATE).status());
        assertEquals(2, wire.heard.getFirst().header().u32(24), "the second command");
    }

    @Test
    void aTargetMaySayThatItGoes() throws Exception {
        Session session = session(ScriptedWire.afterLogin("", (wire, pdu) -> {
            wire.say(Header.empty().begin(Opcode.EVENT, Header.FINAL, Header.NONE).put(36, 1 << 24), new byte[0]);
            wire.say(good(pdu.header()), new byte[0]);
        }));
        assertNull(session.leaving());
        assertEquals(0, session.execute(CDB, Direction.NONE, NOTHING, LATE).status());
        assertNotNull(session.leaving());
    }

    @Test
    void rejectsDropsFailuresAndUnknownOpcodesEndTheSession() throws Exception {
        for (Header what : List.of(Header.empty().begin(Opcode.REJECT, Header.FINAL, Header.NONE), Header.empty().begin(0x3e, 0, 0),
                Header.empty().begin(Opcode.EVENT, Header.FINAL, Header.NONE).put(36, 2 << 24), Header.empty().begin(Opcode.LOGIN_RESPONSE, 0, 0))) {
            Session session = session(ScriptedWire.afterLogin("", (wire, pdu) -> wire.say(what, new byte[0])));
            assertThrows(ProtocolException.class, () -> session.execute(CDB, Direction.NONE, NOTHING, LATE));
        }
        Session failed = session(ScriptedWire.afterLogin("", (wire, pdu) -> {
            Header answer = good(pdu.header());
            answer.whole().put(2, (byte) 1);
            wire.say(answer, new byte[0]);
        }));
        assertThrows(ProtocolException.class, () -> failed.execute(CDB, Direction.NONE, NOTHING, LATE));
    }

    @Test
    void goodByeIsSaidAndHeard() throws Exception {
        ScriptedWire wire = ScriptedWire.afterLogin("", (self, pdu) -> self.say(Header.empty().begin(Opcode.LOGOUT_RESPONSE, Header.FINAL, pdu.header().tag()), new byte[0]));
        session(wire).logout(LATE);
        assertEquals(Opcode.LOGOUT, wire.heard.getLast().header().opcode());
    }

    @Test
    void unitsAbove255AreAddressedInFlatSpace() throws Exception {
        ScriptedWire wire = ScriptedWire.afterLogin("", (self, pdu) -> self.say(good(pdu.header()), new byte[0]));
        Session.login(wire, "us", "them", 300, LATE).execute(CDB, Direction.NONE, NOTHING, LATE);
        assertEquals(0x412cL << 48, wire.heard.getLast().header().u64(8));
    }
}
