package org.azekura.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.api.RawPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathFormTest {

    @TempDir
    Path folder;

    @Test
    void makesPathsAbsoluteAndPlain() {
        assertEquals("/srv/here/x", absolute("x"));
        assertEquals("/srv/here", absolute("."));
        assertEquals("/srv/here/x", absolute("./x/"));
        assertEquals("/srv/a", absolute("//srv/./a//"));
        assertEquals("/", absolute("/"));
        assertEquals("/", absolute("/../.."));
        assertEquals("/srv/a...b", absolute("/srv/a...b"));
    }

    @Test
    void goesUpFromWhereALinkLeads() throws Exception {
        Path real = folder.toRealPath();
        Files.createDirectories(real.resolve("deep/er"));
        Files.createSymbolicLink(real.resolve("link"), real.resolve("deep/er"));
        assertEquals(real + "/deep/x", PathForm.absolute(RawPath.of(real + "/link/../x"), real).toString());
    }

    @Test
    void keepsBytesThatAreNotUtf8() {
        assertEquals("/srv/caf%E9", PathForm.PERCENT.absolute("/srv/caf%E9"));
        assertEquals("/srv/100%25", PathForm.PLAIN.absolute("/srv/100%"));
        assertEquals("/srv/100%", PathForm.PLAIN.exact("/srv/100%25"));
        assertEquals("/srv/100%25", PathForm.PERCENT.exact("/srv/100%25"));
        assertEquals("/a\nb", PathForm.PLAIN.exact("/a%0Ab"));
        assertEquals("/a%0Ab", PathForm.PLAIN.shown("/a%0Ab"));
        assertEquals("/%FF", PathForm.PLAIN.exact("/%FF"));
    }

    @Test
    void refusesWhatTheTerminalGarbled() {
        assertEquals(Exit.USAGE, assertThrows(CommandFailure.class, () -> PathForm.PLAIN.typed("/caf\ufffd")).exit());
        assertThrows(CommandFailure.class, () -> PathForm.PLAIN.typed(""));
        assertThrows(CommandFailure.class, () -> PathForm.PERCENT.typed("/x%"));
    }

    private static String absolute(String path) {
        return PathForm.absolute(RawPath.of(path), Path.of("/srv/here")).toString();
    }
}
