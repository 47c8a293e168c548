package org.azekura.driver.tape.iscsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginTest {

    private static final long LATE = System.nanoTime() + Long.MAX_VALUE / 2;

    private static Terms login(ScriptedWire wire) throws Exception {
        return login(wire, null);
    }

    private static Terms login(ScriptedWire wire, ChapAccount account) throws Exception {
        return Login.run(new Pdus(wire), new Counters(), "iqn.2026-11.test:us", "iqn.2026-11.test:them", account, LATE);
    }

    private static byte[] text(String... pairs) {
        return (String.join("\0", pairs) + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> said(ScriptedWire.Heard pdu) throws Exception {
        return Text.decode(ByteBuffer.wrap(pdu.data())).pairs();
    }

    @Test
    void saysWhoIsWhoAndThenWhatItWishes() throws Exception {
        ScriptedWire wire = ScriptedWire.afterLogin("MaxRecvDataSegmentLength=0x10000\0ImmediateData=Yes\0InitialR2T=No\0FirstBurstLength=131072\0MaxBurstLength=65536\0",
                (self, pdu) -> { });
        assertEquals(new Terms(65_536, 65_536, 65_536, true, true), login(wire));
        assertEquals(2, wire.heard.size());
        Map<String, String> first = said(wire.heard.get(0));
        assertEquals("iqn.2026-11.test:us", first.get("InitiatorName"));
        assertEquals("iqn.2026-11.test:them", first.get("TargetName"));
        assertEquals("None", first.get("AuthMethod"));
        assertEquals("None", said(wire.heard.get(1)).get("HeaderDigest"));
        assertEquals(0x81, wire.heard.get(0).header().u8(1), "from security to operational");
        assertEquals(0x87, wire.heard.get(1).header().u8(1), "from operational to full");
        assertEquals(0x80, wire.heard.get(0).header().u8(8), "a random name of the session");
    }

    @Test
    void carefulTermsHoldIfTheTargetSaysNothing() throws Exception {
        assertEquals(new Terms(8192, 65_536, 262_144, true, false), login(ScriptedWire.afterLogin("", (self, pdu) -> { })));
    }

    @Test
    void termsThatCannotBeAreRefused() {
        for (String terms : new String[] {"MaxBurstLength=511", "MaxBurstLength=16777216", "FirstBurstLength=x", "HeaderDigest=CRC32C", "DataDigest=CRC32C", "=x", "MaxBurstLength"}) {
            assertThrows(ProtocolException.class, () -> login(ScriptedWire.afterLogin(terms + "\0", (self, pdu) -> { })), terms);
        }
    }

    @Test
    void refusalsSayWhatWouldDo() {
        Map<Integer, String> reasons = Map.of(0x0201, "CHAP", 0x0202, "allow its name", 0x0203, "no target of this name", 0x0302, "no resources", 0x0209, "0209h");
        reasons.forEach((status, reason) -> {
            LoginRefused e = assertThrows(LoginRefused.class, () -> login(new ScriptedWire((wire, pdu) -> wire.say(ScriptedWire.loginResponse(0, status), new byte[0]))));
            assertTrue(e.getMessage().contains(reason), e.getMessage());
        });
        LoginRefused secret = assertThrows(LoginRefused.class, () -> login(new ScriptedWire((wire, pdu) ->
                wire.say(ScriptedWire.loginResponse(0, 0), text("AuthMethod=CHAP")))));
        assertTrue(secret.getMessage().contains("CHAP"), secret.getMessage());
        LoginRefused moved = assertThrows(LoginRefused.class, () -> login(new ScriptedWire((wire, pdu) ->
                wire.say(ScriptedWire.loginResponse(0, 0x0101), text("TargetAddress=10.0.0.9:3260,1")))));
        assertTrue(moved.getMessage().contains("10.0.0.9:3260,1"), moved.getMessage());
    }

    @Test
    void textsOfSeveralPartsAndQuestionsOfTheTargetAreFollowed() throws Exception {
        int[] round = {0};
        ScriptedWire wire = new ScriptedWire((self, pdu) -> {
            int flags = pdu.header().u8(1);
            switch (round[0]++) {
                // Its half of a text: the rest comes when it was asked for.
                case 0 -> self.say(ScriptedWire.loginResponse(0x40, 0), "TargetAlias=a li".getBytes(StandardCharsets.UTF_8));
                case 1 -> self.say(ScriptedWire.loginResponse(0x81, 0), text("brary"));
                case 2 -> self.say(ScriptedWire.loginResponse(0x04, 0), text("X-com.example.speed=high"));
                default -> self.say(ScriptedWire.loginResponse(flags, 0), new byte[0]);
            }
        });
        login(wire);
        assertEquals(4, wire.heard.size());
        assertEquals(0, wire.heard.get(1).data().length);
        assertEquals("NotUnderstood", said(wire.heard.get(3)).get("X-com.example.speed"));
    }

    @Test
    void aLoginThatDoesNotEndIsEnded() {
        assertThrows(ProtocolException.class, () -> login(new ScriptedWire((wire, pdu) -> wire.say(ScriptedWire.loginResponse(0, 0), new byte[0]))));
        assertThrows(ProtocolException.class, () -> login(new ScriptedWire((wire, pdu) -> wire.say(ScriptedWire.loginResponse(0x40, 0), new byte[8192]))));
        assertThrows(ProtocolException.class, () -> login(new ScriptedWire((wire, pdu) -> wire.say(ScriptedWire.loginResponse(0, 0), new byte[8193]))));
        assertThrows(ProtocolException.class, () -> login(new ScriptedWire((wire, pdu) -> wire.say(ScriptedWire.loginResponse(0x83, 0), new byte[0]))));
    }
}
