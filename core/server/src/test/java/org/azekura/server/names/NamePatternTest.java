package org.azekura.server.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.azekura.api.RawPath;
import org.junit.jupiter.api.Test;

class NamePatternTest {

    @Test
    void ignoresCaseOnlyIfAsked() {
        RawPath path = RawPath.of("/x/Größe.TXT");
        byte[] name = path.names().getLast();
        assertTrue(NamePattern.of("grÖße.txt", true).matches(path, name));
        assertFalse(NamePattern.of("grÖße.txt", false).matches(path, name));
        assertTrue(NamePattern.of("/X/*", true).matches(path, name));
        assertFalse(NamePattern.of("[x]*", false).matches(path, name));
        assertThrows(IllegalArgumentException.class, () -> NamePattern.of("", false));
    }

    private static boolean finds(String pattern, String name) {
        RawPath path = RawPath.of("/x/" + name);
        return NamePattern.of(pattern, false).matches(path, path.names().getLast());
    }

    @Test
    void takesFormsOfACharacterForTheSame() {
        String composed = "\u304c\u305e\u3046.txt";
        String decomposed = "\u304b\u3099\u305d\u3099\u3046.txt";
        assertTrue(finds(composed, decomposed));
        assertTrue(finds(decomposed, composed));
        assertTrue(finds("*\u305e?.txt", decomposed));
        assertTrue(finds("re\u0301sume\u0301", "r\u00e9sum\u00e9"));
        assertTrue(finds("*\u30ac\u30be\u30a6", "\uff76\uff9e\uff7f\uff9e\uff73")); // half as wide
        assertTrue(finds("report\u300012", "\uff52\uff45\uff50\uff4f\uff52\uff54 \uff11\uff12")); // twice as wide
        assertFalse(finds("\u304b\u305d\u3046.txt", composed));
        assertFalse(finds("1", "\u2460"), "a one in a circle is another character");
    }

    @Test
    void takesWideWildcardsAndSlashesForCharacters() {
        assertTrue(finds("\u672c\u5f53\uff1f", "\u672c\u5f53\uff1f"));
        assertTrue(finds("\u672c\u5f53?", "\u672c\u5f53\uff1f"));
        assertFalse(finds("\uff0a", "abc"));
        assertTrue(finds("a\uff0fb", "a\uff0fb"));
        assertFalse(NamePattern.of("a\uff0fb", true).path());
    }

    @Test
    void takesWhatIsSpecialElsewhereAsItIs() {
        for (String name : new String[] {"[a-z]+.(x|y)", "\\Qa\\E", "a\\", "^$", "{1,2}", "%", "\ud800", "a\udc00b"}) {
            assertTrue(finds(name, name) || !new String(RawPath.of(name).bytes(), StandardCharsets.UTF_8).equals(name), name);
            assertFalse(finds(name, "abc"), name);
        }
    }

    /** To look back at each wildcard would take longer than the world is old. */
    @Test
    void comesToAnEndWhateverIsAsked() {
        String name = "a".repeat(255);
        assertFalse(finds("*a".repeat(5000) + "*b", name));
        assertFalse(finds("a?*".repeat(5000), name));
        assertTrue(finds("*a?".repeat(100) + "*", name));
        assertTrue(finds("*".repeat(10_000), name));
        assertFalse(finds("x".repeat(10_000), name));
        assertTrue(finds("*ab*ba", "abba"));
        assertFalse(finds("*ab*ba", "aba"));
        assertTrue(finds("a*b*c", "axbxbxc"));
    }
}
