package org.azekura.access;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.azekura.api.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private static final UserName ANN = new UserName("ann");

    private final Passwords passwords = new Passwords(new Passwords.Cost(64, 1, 1), new Random(1));

    /** From the tests of the reference implementation. */
    @Test
    void agreesWithTheReference() throws Exception {
        String known = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assertEquals(Optional.of(true), passwords.check(known, "password"));
        assertEquals(Optional.of(false), passwords.check(known, "Password"));
    }

    @Test
    void knowsAPasswordAgainAndNoOther() throws Exception {
        String kept = passwords.hash("pässwörd of ann");
        assertEquals(Optional.of(true), passwords.check(kept, "pässwörd of ann"));
        assertEquals(Optional.of(false), passwords.check(kept, "pässwörd of anm"));
        assertNotEquals(kept, passwords.hash("pässwörd of ann"), "each has a salt of its own");
    }

    @Test
    void asksForWhatOwaspAsksFor() throws Exception {
        String kept = new Passwords(Passwords.COST, new Random(1)).hash("a password");
        assertTrue(kept.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), kept);
    }

    @Test
    void nobodysPasswordIsNone() throws Exception {
        assertEquals(Optional.of(false), passwords.check(null, ""));
        assertEquals(Optional.of(false), passwords.check(null, "anything"));
    }

    @Test
    void namesWhatIsDamaged() {
        assertRefused("password.damaged", () -> passwords.check("admin", "admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "elevenchars", "aaaaaaaaaaaaaaaa", "abcabcabcabcabc", "my name is Ann!", "Password12345", "passwordpassword", "P@ssw0rd!2345678",
            "qwertyuiop123456", "1qaz2wsx3edc4rfv", "letmein1234567", "hunter2hunter2", "Azekura-Backup-1", "Welcome2welcome!", "987654321abcdefg", "!@#$%^&*()_+", "admin@azekura1"})
    void refusesWhatIsEasilyGuessed(String password) {
        assertRefused("password.invalid", () -> Passwords.require(ANN, password));
    }

    @Test
    void takesWhatIsLongAndInAnyScript() throws Exception {
        Passwords.require(ANN, "correct horse battery");
        Passwords.require(ANN, "a password of my own");
        Passwords.require(ANN, "k3wq9-x7mfp-2hzrt-vdn4b");
        Passwords.require(ANN, "}]{<>?~`|;:'");
        Passwords.require(ANN, "校倉造りの正倉院に千二百年");
        assertRefused("password.invalid", () -> Passwords.require(ANN, "abcdefgh".repeat(26)));
    }
}
