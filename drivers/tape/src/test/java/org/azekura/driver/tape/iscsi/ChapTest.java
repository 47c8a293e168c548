package org.azekura.driver.tape.iscsi;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs of who is who, with a target that is played here. */
class ChapTest {

    private static final String SECRET = "only-we-know-it";
    private static final String THEIRS = "only-it-knows-it";
    private static final ChapAccount ONE_WAY = new ChapAccount("us", SECRET, "", "");
    private static final ChapAccount BOTH = new ChapAccount("us", SECRET, "them", THEIRS);

    @TempDir
    Path dir;

    /** A target that wants to know who we are, and says who it is if it is asked. */
    private static final class Target implements ScriptedWire.Script {

        private final List<Map<String, String>> heard = new ArrayList<>();
        private final String own;
        private final String hash;
        private int step;

        Target(String own, String hash) {
            this.own = own;
            this.hash = hash;
        }

        @Override
        public void on(ScriptedWire wire, ScriptedWire.Heard pdu) {
            try {
                Map<String, String> said = Text.decode(ByteBuffer.wrap(pdu.data())).pairs();
                heard.add(said);
                switch (step++) {
                    case 0 -> wire.say(ScriptedWire.loginResponse(0, 0), text("AuthMethod=CHAP"));
                    case 1 -> wire.say(ScriptedWire.loginResponse(0, 0), text("CHAP_A=" + hash, "CHAP_I=7", "CHAP_C=0b" + "AAECAwQFBgcICQoLDA0ODw=="));
                    case 2 -> {
                        byte[] challenge = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
                        boolean right = said.get("CHAP_R").equals("0x" + proof(7, SECRET, challenge)) && said.get("CHAP_N").equals("us");
                        String[] proof = !said.containsKey("CHAP_C") ? new String[0] : new String[] {"CHAP_N=them",
                            "CHAP_R=0x" + proof(Integer.parseInt(said.get("CHAP_I")), own, HexFormat.of().parseHex(said.get("CHAP_C").substring(2)))};
                        wire.say(ScriptedWire.loginResponse(right ? 0x81 : 0, right ? 0 : 0x0201), text(proof));
                    }
                    default -> wire.say(ScriptedWire.loginResponse(pdu.header().u8(1), 0), new byte[0]);
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        private String proof(int number, String secret, byte[] challenge) throws Exception {
            MessageDigest digest = MessageDigest.getInstance(hash.equals("8") ? "SHA3-256" : "MD5");
            digest.update((byte) number);
            digest.update(secret.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(challenge));
        }
    }

    private static byte[] text(String... pairs) {
        return (String.join("\0", pairs) + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static ScriptedWire login(ScriptedWire.Script target, ChapAccount account) throws IOException {
        ScriptedWire wire = new ScriptedWire(target);
        Login.run(new Pdus(wire), new Counters(), "iqn.2026-11.test:us", "iqn.2026-11.test:them", account, System.nanoTime() + Long.MAX_VALUE / 2);
        return wire;
    }

    @Test
    void provesWhoWeAreByEitherHash() throws Exception {
        for (String hash : List.of("5", "8")) {
            Target target = new Target(THEIRS, hash);
            ScriptedWire wire = login(target, ONE_WAY);
            assertEquals("CHAP,None", target.heard.get(0).get("AuthMethod"));
            assertEquals(Map.of("CHAP_A", "8,5"), target.heard.get(1));
            assertFalse(target.heard.get(2).containsKey("CHAP_C"));
            assertEquals(0x81, wire.heard.get(0).header().u8(1));
            assertEquals(0x00, wire.heard.get(1).header().u8(1), "there is more to say");
            assertEquals(0x81, wire.heard.get(2).header().u8(1));
            assertEquals(0x87, wire.heard.get(3).header().u8(1));
        }
    }

    @Test
    void hasTheTargetProveItselfToo() throws Exception {
        Target target = new Target(THEIRS, "8");
        login(target, BOTH);
        assertEquals("CHAP", target.heard.get(0).get("AuthMethod"));
        IOException wrong = assertThrows(IOException.class, () -> login(new Target("another-secret", "8"), BOTH));
        assertTrue(wrong.getMessage().contains("has not proven that it is them"), wrong.getMessage());
        assertThrows(IOException.class, () -> login(new Target(THEIRS, "8"), new ChapAccount("us", SECRET, "others", THEIRS)));
        assertThrows(IOException.class, () -> login((wire, pdu) -> wire.say(ScriptedWire.loginResponse(pdu.header().u8(1), 0), text("AuthMethod=None")), BOTH),
                "one that lets anybody in has proven nothing");
    }

    @Test
    void aTargetThatAsksNobodyIsTakenIfItNeedNotProveItself() throws Exception {
        login((wire, pdu) -> wire.say(ScriptedWire.loginResponse(pdu.header().u8(1), 0), text("AuthMethod=None")), ONE_WAY);
    }

    @Test
    void aWrongSecretIsRefusedAndNobodySaysIt() {
        LoginRefused refused = assertThrows(LoginRefused.class, () -> login(new Target(THEIRS, "5"), new ChapAccount("us", "something-else", "", "")));
        assertTrue(refused.getMessage().contains("chapFile"), refused.getMessage());
        assertFalse(refused.getMessage().contains("something-else"));
        assertEquals("CHAP as us, target as them", BOTH.toString());
        assertFalse(new IscsiPath("i", "h", 1, "t", 0, "iscsi://h/t/0", BOTH).toString().contains(SECRET));
    }

    @Test
    void nonsenseOfATargetIsNotAnswered() {
        Chap asked = new Chap(BOTH, new SecureRandom());
        for (Map<String, String> said : List.of(Map.of("CHAP_A", "6", "CHAP_I", "1", "CHAP_C", "0x01"), Map.of("CHAP_A", "8", "CHAP_I", "256", "CHAP_C", "0x01"),
                Map.of("CHAP_A", "8", "CHAP_I", "1", "CHAP_C", "0x1"), Map.of("CHAP_A", "8", "CHAP_I", "1", "CHAP_C", "0x"), Map.of("CHAP_A", "8", "CHAP_I", "1"),
                Map.of("CHAP_A", "8", "CHAP_I", "1", "CHAP_C", "0x" + "00".repeat(1025)), Map.of("CHAP_A", "8", "CHAP_I", "x", "CHAP_C", "0x01"))) {
            assertThrows(ProtocolException.class, () -> asked.reply(said), said.toString());
        }
    }

    @Test
    void itsOwnQuestionSentBackIsNotAnswered() throws Exception {
        SecureRandom known = new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 3);
            }
        };
        Chap asked = new Chap(BOTH, known);
        assertThrows(ProtocolException.class, () -> asked.reply(Map.of("CHAP_A", "8", "CHAP_I", "1", "CHAP_C", "0x" + "03".repeat(32))));
    }

    private String file(String mode, String... lines) throws IOException {
        Path file = Files.write(dir.resolve("chap"), List.of(lines));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file.toString();
    }

    @Test
    void readsWhoIsWhoFromAFileThatNobodyElseReads() throws Exception {
        assertEquals(BOTH, ChapAccount.read(file("rw-------", "# to the library", "", "user = us", "secret=" + SECRET, "targetUser = them", " targetSecret = " + THEIRS)));
        assertEquals(ONE_WAY, ChapAccount.read(file("r--------", "user=us", "secret=" + SECRET)));
        assertRefused("setting.chapFile", () -> ChapAccount.read(file("rw-r-----", "user=us", "secret=" + SECRET)));
        assertRefused("setting.chapFile", () -> ChapAccount.read("chap"));
        assertRefused("setting.chapFile", () -> ChapAccount.read(dir.resolve("none").toString()));
        assertRefused("setting.chapFile", () -> ChapAccount.read(dir.toString()));
        for (String[] lines : new String[][] {{"user=us"}, {"user=us", "secret=short"}, {"user=us", "secret=" + SECRET, "targetUser=them"},
            {"user=us", "secret=" + SECRET, "targetUser=them", "targetSecret=" + SECRET}, {"user=us", "secret=" + SECRET, "secret=" + SECRET},
            {"user=us", "password=" + SECRET}, {SECRET}, {}}) {
            String why = assertRefused("setting.chapFile", () -> ChapAccount.read(file("rw-------", lines))).getMessage();
            assertFalse(why.contains(SECRET) || why.contains("short"), why);
        }
    }
}
