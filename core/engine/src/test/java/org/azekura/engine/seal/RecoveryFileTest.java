package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.engine.Golden;
import org.azekura.engine.Seeded;
import org.junit.jupiter.api.Test;

class RecoveryFileTest {

    private static final RecipientKey KEY = RecipientKey.generate(Seeded.notSecure(1));
    private static final KeyRing RING = KeyRing.create(KEY.publicKey(), Seeded.notSecure(2));
    private static final RecoveryFile FILE = new RecoveryFile(new PoolName("default"), KEY, RING.encoded());

    private static BackupException corrupt(String text) {
        BackupException e = assertThrows(BackupException.class, () -> RecoveryFile.parse(text));
        assertEquals("recovery.corrupt", e.failure().code());
        return e;
    }

    @Test
    void isReadAsItWasWritten() throws BackupException {
        assertEquals(FILE, RecoveryFile.parse(FILE.text()));
        assertEquals(1, KeyRing.parse(RecoveryFile.parse(FILE.text()).keyRing()).epoch());
    }

    @Test
    void isWrittenAsItAlwaysWas() throws BackupException {
        Golden.check("recovery.txt", FILE.text().getBytes(UTF_8));
        assertEquals(FILE, RecoveryFile.parse(new String(Golden.read("recovery.txt"), UTF_8)));
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
        String lines = FILE.text().replace("protection: none", "protection: argon2id");
        String found = corrupt(lines).failure().message();
        String expected = found.replaceAll(".*expected ([0-9a-f]{16}).*", "$1");
        String later = lines.replaceAll("checksum: [0-9a-f]{16}", "checksum: " + expected);
        assertTrue(corrupt(later).getMessage().contains("argon2id"));
    }
}
