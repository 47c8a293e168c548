package org.azekura.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.azekura.cli.text.Json;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    @Test
    void drawsProgressWithItsFigures() throws Exception {
        assertEquals("collecting  1,234 files  2.00 MiB  1.00 MiB/s  reduction 4.0:1", ProgressLine.text(
                Json.read("{\"phase\":\"collecting\",\"state\":\"running\",\"files\":1234,\"bytes\":2097152,\"stored\":524288}"), 0, 2));
    }
}
