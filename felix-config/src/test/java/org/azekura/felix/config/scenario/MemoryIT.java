package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole appliance works within 256 MiB of heap, whatever it saves. */
@ExtendWith(Shared.class)
class MemoryIT {

    private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)m\0");

    @Test
    void aTreeLargerThanTheHeapComesBack(Azekura azekura) throws Exception {
        roundTrip(azekura, 5_000, 420_000_000);
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void threeGigabytesIn50000FilesComeBack(Azekura azekura) throws Exception {
        roundTrip(azekura, 50_000, 3_000_000_000L);
    }

    private static void roundTrip(Azekura azekura, int files, long bytes) throws Exception {
        Matcher heap = HEAP.matcher(Files.readString(Path.of("/proc/" + azekura.process().pid() + "/cmdline")));
        assertTrue(heap.find() && Integer.parseInt(heap.group(1)) <= 256, "the appliance's heap is not bounded to 256 MiB");
        try (var workspace = new Workspace(MemoryIT.class)) {
            Path source = workspace.path("source");
            azekura.call("pool", "create", "memory" + files, "--driver", "disk", "--set", "path=" + workspace.path("pool")).exits(0);
            Tree.bulk(source, files, bytes, 5);
            String snapshot = azekura.backup(source, "--pool", "memory" + files);
            assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("target"))));
        }
    }
}
