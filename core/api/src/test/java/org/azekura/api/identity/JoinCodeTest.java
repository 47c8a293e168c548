package org.azekura.api.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JoinCodeTest {

    private static final String TEXT = "7K2M-01234-56789-ABCDE-FGHJK-MNPQR";

    @Test
    void isReadAsPeopleTypeIt() {
        JoinCode code = JoinCode.parse(TEXT);
        assertEquals("7K2M", code.id());
        assertEquals(TEXT, code.text());
        for (String typed : new String[] {TEXT.toLowerCase(java.util.Locale.ROOT), " 7k2m o1234 56789 abcde fghjk mnpqr\n", "7K2MOI23456789ABCDEFGHJKMNPQR",
            "7k2m-0l234-56789-abcde-fghjk-mnpqr"}) {
            assertEquals(code, JoinCode.parse(typed), typed);
        }
    }

    @Test
    void isRefusedWithoutBeingQuoted() {
        for (String wrong : new String[] {"", "7K2M", TEXT + "0", TEXT.substring(1), TEXT.replace('5', 'U'), TEXT.replace('5', '!'), TEXT.replace('5', '\u0665')}) {
            String message = assertThrows(IllegalArgumentException.class, () -> JoinCode.parse(wrong), wrong).getMessage();
            assertFalse(message.contains("GHJK"), message);
        }
    }

    @Test
    void tellsItsSecretToNobodyByItself() {
        assertEquals("code 7K2M", JoinCode.parse(TEXT).toString());
    }

    @Test
    void isAnotherOneEachTimeAndReadsItself() {
        SecureRandom random = new SecureRandom();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            JoinCode code = JoinCode.random(random);
            assertTrue(seen.add(code.secret()));
            assertEquals(code, JoinCode.parse(code.text()));
        }
    }
}
