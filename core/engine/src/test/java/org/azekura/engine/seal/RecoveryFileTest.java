package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.engine.Golden;
import org.azekura.engine.Seeded;
import org.junit.jupiter.api.Test;

class RecoveryFileTest {

    private static final RecipientKey KEY = RecipientKey.generate(Seeded.notSecure(1));
    private static final KeyRing RING = KeyRing.create(List.of(Recipient.of("appliance", KEY)), Seeded.notSecure(2));
    private static final RecoveryFile FILE = file();
    private static final Protection WEAK = new Protection.Argon2id(64, 1, 1, new byte[16]);

    private static RecoveryFile file() {
        try {
            return RecoveryFile.of(new PoolName("default"), KEY, RING);
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    private static BackupException corrupt(String text) {
        BackupException e = assertThrows(BackupException.class, () -> RecoveryFile.parse(text));
        assertEquals("recovery.corrupt", e.failure().code());
        return e;
    }

    @Test
    void isReadAsItWasWritten() throws BackupException {
        assertEquals(FILE, RecoveryFile.parse(FILE.text()));
        assertEquals(1, KeyRing.parse(RecoveryFile.parse(FILE.text()).keyRing()).epoch());
        assertEquals(KEY, RecoveryFile.parse(FILE.text()).key(null));
    }

    @Test
    void isWrittenAsItAlwaysWas() throws BackupException {
        Golden.check("recovery.txt", FILE.text().getBytes(UTF_8));
        assertEquals(FILE, RecoveryFile.parse(new String(Golden.read("recovery.txt"), UTF_8)));
    }

    @Test
    void aProtectedOneIsWrittenAsItAlwaysWas() throws BackupException {
        RecoveryFile made = FILE.protectedBy("word".toCharArray(), new Protection.Argon2id(64 << 10, 3, 4, new byte[16]));
        Golden.check("recovery-protected.txt", made.sheetLines().getBytes(UTF_8));
        RecoveryFile read = RecoveryFile.parse(new String(Golden.read("recovery-protected.txt"), UTF_8));
        assertEquals(KEY, read.key("word".toCharArray()));
    }

    @Test
    void survivesMailAndEditors() throws BackupException {
        assertEquals(FILE, RecoveryFile.parse(FILE.text().replace("\n", "\r\n")));
        assertEquals(FILE, RecoveryFile.parse("\n" + FILE.text().replace("\n", "  \n") + "\n\n"));
        assertEquals(FILE, RecoveryFile.parse(FILE.text().replace("\n\n", "\n")));
    }

    @Test
    void everyChangedCharacterIsFound() {
        String text = FILE.text();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!Character.isWhitespace(c)) {
                corrupt(text.substring(0, at) + (c == 'x' ? 'y' : 'x') + text.substring(at + 1));
            }
        }
    }

    @Test
    void everyTornFileIsRefused() {
        String text = FILE.text();
        for (int length = 0; length < text.length() - 1; length += 7) {
            corrupt(text.substring(0, length));
        }
        corrupt("x".repeat(RecoveryFile.MAX_CHARS + 1));
    }

    @Test
    void saysWhenItsProtectionIsOfALaterVersion() {
        String lines = FILE.text().replace("protection: none", "protection: scrypt");
        String found = corrupt(lines).failure().message();
        String expected = found.replaceAll(".*expected ([0-9a-f]{16}).*", "$1");
        String later = lines.replaceAll("checksum: [0-9a-f]{16}", "checksum: " + expected);
        assertTrue(corrupt(later).getMessage().contains("scrypt"));
    }

    @Test
    void aSheetHasAllButTheRing() throws BackupException {
        RecoveryFile sheet = RecoveryFile.parse(FILE.sheetLines());
        assertEquals(KEY, sheet.key(null));
        assertEquals(FILE.pool(), sheet.pool());
        assertEquals(RING.unlock(KEY).mark(), sheet.mark());
        assertNull(sheet.keyRing());
        String closed = FILE.protectedBy("x".toCharArray()).sheetLines();
        assertTrue(closed.lines().allMatch(line -> line.length() <= 80), closed);
        assertTrue(closed.length() < 400, "fits a QR code that a telephone reads");
    }

    @Test
    void anOwnersKeyBelongsToNoPool() throws BackupException {
        RecoveryFile owner = RecoveryFile.parse(RecoveryFile.owner(KEY).text());
        assertNull(owner.pool());
        assertEquals(KEY, owner.key(null));
        assertEquals(KEY, RecoveryFile.parse(owner.sheetLines()).key(null));
    }

    @Test
    void aPassphraseClosesTheKey() throws BackupException {
        // the same word typed with a letter of its own and with a combining mark
        RecoveryFile file = RecoveryFile.parse(FILE.protectedBy("b\u00fccher".toCharArray(), WEAK).text());
        assertTrue(file.isProtected());
        assertFalse(file.text().contains(KeyText.grouped(KEY.seed()).substring(0, 8)));
        assertEquals(KEY, file.key("bu\u0308cher".toCharArray()));
        assertEquals("key.passphrase", assertThrows(BackupException.class, () -> file.key("bucher".toCharArray())).failure().code());
        assertEquals("key.passphrase", assertThrows(BackupException.class, () -> file.key(null)).failure().code());
        assertThrows(IllegalStateException.class, () -> file.protectedBy("x".toCharArray()));
    }

    @Test
    void theUsualProtectionIsTheOneRfc9106Recommends() throws BackupException {
        RecoveryFile file = RecoveryFile.parse(FILE.protectedBy("word".toCharArray()).text());
        assertTrue(file.text().contains("\nprotection: argon2id m=65536 t=3 p=4 salt="));
        assertEquals(KEY, file.key("word".toCharArray()));
    }

    @Test
    void aProtectionThatWouldCostTooMuchIsRefused() {
        for (String costly : List.of("m=9999999 t=1 p=1", "m=64 t=99 p=1", "m=64 t=1 p=99",
                "m=1 t=1 p=1", "m=64 t=0 p=1")) {
            assertThrows(IllegalArgumentException.class, () -> Protection.parse("argon2id " + costly + " salt=" + "00".repeat(16)), costly);
        }
    }
}
