package org.azekura.cli.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.azekura.api.SaveSetName;
import org.junit.jupiter.api.Test;

class DefaultNameTest {

    @Test
    void namesASimplePathByItself() {
        assertEquals("srv-data", DefaultName.of(List.of("/srv/data")));
        assertEquals("root", DefaultName.of(List.of("/")));
        assertEquals("etc", DefaultName.of(List.of("/etc", "/etc")));
    }

    @Test
    void tellsSetsApartThatWouldBeCalledTheSame() {
        assertNotEquals(DefaultName.of(List.of("/srv/data")), DefaultName.of(List.of("/srv-data")));
        assertNotEquals(DefaultName.of(List.of("/root")), DefaultName.of(List.of("/")));
        assertNotEquals(DefaultName.of(List.of("/a", "/b")), DefaultName.of(List.of("/a", "/c")));
        assertNotEquals(DefaultName.of(List.of("/.a")), DefaultName.of(List.of("/a")));
    }

    @Test
    void doesNotDependOnTheOrder() {
        assertEquals(DefaultName.of(List.of("/b", "/a")), DefaultName.of(List.of("/a", "/b")));
        assertTrue(DefaultName.of(List.of("/a", "/b")).startsWith("a-"));
    }

    @Test
    void isAlwaysAValidName() {
        for (String path : List.of("/" + "long/".repeat(100) + "x", "/日本", "/%FF", "/-", "/ a", "/...", "/a b")) {
            assertEquals(path.length() > 0, !new SaveSetName(DefaultName.of(List.of(path))).value().isEmpty());
        }
    }
}
