package org.azekura.transport.tls;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.transport.tls.Greeting.Answer;
import org.junit.jupiter.api.Test;

/** The wire as it is documented, byte for byte. */
class UnitTest {

    private static final String ID = "00112233445566778899aabbccddeeff";

    static final Map<String, Unit> GOLDEN = new LinkedHashMap<>();

    static {
        GOLDEN.put("01 00000003 00000006 00000005 6869", new Unit.Frame(3, 5, ascii("hi")));
        GOLDEN.put("01 00000000 00000004 00000000", new Unit.Frame(0, 0, ascii("")));
        GOLDEN.put("02 00000003 00000003 796f75", new Unit.More(3, ascii("you")));
        GOLDEN.put("03 00000005 00000000", new Unit.Open(5));
        GOLDEN.put("04 00000003 00000000", new Unit.End(3));
        GOLDEN.put("05 7fffffff 00000000", new Unit.Reset(Integer.MAX_VALUE));
        GOLDEN.put("06 00000003 00000004 00010000", new Unit.Credit(3, 65_536));
        GOLDEN.put("07 00000000 00000008 0000000100000002", new Unit.Ack((1L << 32) + 2));
        GOLDEN.put("08 00000000 00000000", new Unit.Ping());
        GOLDEN.put("09 00000000 00000000", new Unit.Close());
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(Stranger.ascii(text));
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] written(Unit unit) {
        UnitWriter writer = new UnitWriter();
        writer.add(unit);
        long size = writer.bytes();
        ByteBuffer all = ByteBuffer.allocate((int) size);
        List.of(writer.take()).forEach(all::put);
        return all.array();
    }

    @Test
    void unitsAreWrittenAndReadAsDocumented() throws Exception {
        for (var golden : GOLDEN.entrySet()) {
            String hex = golden.getKey();
            assertEquals(hex.replace(" ", ""), HexFormat.of().formatHex(written(golden.getValue())));
            ByteBuffer in = ByteBuffer.wrap(bytes(hex));
            assertEquals(golden.getValue(), UnitReader.next(in));
            assertEquals(0, in.remaining());
        }
    }

    @Test
    void whatIsNotThereAsAWholeIsLeftAlone() throws Exception {
        for (String hex : GOLDEN.keySet()) {
            byte[] all = bytes(hex);
            for (int length = 0; length < all.length; length++) {
                ByteBuffer in = ByteBuffer.wrap(all, 0, length);
                assertNull(UnitReader.next(in), hex);
                assertEquals(0, in.position(), hex);
            }
        }
    }

    @Test
    void aUnitCanBeWrittenAgain() {
        Unit unit = new Unit.More(1, ascii("abc"));
        assertEquals(HexFormat.of().formatHex(written(unit)), HexFormat.of().formatHex(written(unit)));
    }

    @Test
    void greetingsAreWrittenAndReadAsDocumented() throws Exception {
        Greeting greeting = new Greeting(ID, true, 7, "server", "client/ä");
        String hex = "002a" + ID + "01" + "0000000000000007" + "06736572766572" + "09636c69656e742fc3a4";
        assertEquals(hex, HexFormat.of().formatHex(Bytes.of(greeting.encode())));
        assertEquals(greeting, Greeting.decode(ByteBuffer.wrap(bytes(hex)).position(2)));
        Answer answer = new Answer(Answer.Code.NOT_TRUSTED, 7, "no");
        assertEquals("000c" + "02" + "0000000000000007" + "026e6f", HexFormat.of().formatHex(Bytes.of(answer.encode())));
        assertEquals(answer, Answer.decode(answer.encode().position(2)));
    }

    @Test
    void aReasonThatIsTooLongIsCutBetweenLetters() throws Exception {
        Answer answer = new Answer(Answer.Code.BUSY, 0, "x" + "ä".repeat(200));
        assertEquals("x" + "ä".repeat(127), Answer.decode(answer.encode().position(2)).text());
    }

    @Test
    void greetingsThatAreNoneAreRefused() {
        for (String hex : List.of("", ID, ID + "02" + "0000000000000000" + "0161" + "0162", ID + "00" + "ffffffffffffffff" + "0161" + "0162",
                ID + "00" + "0000000000000000" + "0161" + "0362", ID + "00" + "0000000000000000" + "0161" + "01ff",
                ID + "00" + "0000000000000000" + "0161" + "016200")) {
            assertRefused("transport.malformed", () -> Greeting.decode(ByteBuffer.wrap(bytes(hex))));
        }
        for (String hex : List.of("", "00", "05" + "0000000000000000" + "0161", "00" + "0000000000000000" + "0261")) {
            assertRefused("transport.malformed", () -> Answer.decode(ByteBuffer.wrap(bytes(hex))));
        }
    }
}
