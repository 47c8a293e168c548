package org.azekura.server.scale;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalePageTest {

    private static final Path PAGE = Path.of("../../docs/scale.md");

    @Test
    void thePageHasTheTablesOfTheModel() throws Exception {
        String page = Files.readString(PAGE);
        for (String table : List.of(ScalePage.measured(), ScalePage.model())) {
            assertTrue(page.contains(table), () -> "docs/scale.md lacks this table as it is now:\n" + table);
        }
    }
}
