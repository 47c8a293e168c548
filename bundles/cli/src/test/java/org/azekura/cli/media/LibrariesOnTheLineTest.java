package org.azekura.cli.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.azekura.cli.FakeAppliance;
import org.azekura.cli.OnTheLine;
import org.azekura.cli.text.Json;
import org.junit.jupiter.api.Test;

class LibrariesOnTheLineTest extends OnTheLine {

    private static final String LIBRARY = "{\"name\":\"lib1\",\"driver\":\"simulator\",\"node\":\"n1\",\"location\":\"/srv/library\",\"changer\":true,\"elements\":[";

    private static String element(int address, String kind, String barcode, String volume, String state, Integer drive, boolean used) {
        return "{\"address\":" + address + ",\"kind\":\"" + kind + "\",\"content\":\"" + (barcode == null ? "empty" : "cartridge") + "\",\"barcode\":" + text(barcode)
                + ",\"volume\":" + text(volume) + ",\"pool\":" + (volume == null ? "null" : "\"a-pool-with-a-long-name\"") + ",\"state\":" + text(state) + ",\"drive\":" + drive
                + ",\"source\":null,\"accessible\":true,\"used\":" + used + ",\"cleanings\":" + (barcode != null && barcode.startsWith("CLN") ? 3 : 0) + ",\"problem\":\"\"}";
    }

    private static String text(String value) {
        return value == null ? "null" : "\"" + value + "\"";
    }

    private static String small() {
        return LIBRARY + String.join(",", element(1, "picker", null, null, null, null, false), element(10, "mail-slot", null, null, null, null, false),
                element(500, "drive", "A00001L8", "tape-1", "appendable", 0, true), element(501, "drive", null, null, null, 1, false),
                element(1000, "slot", null, null, null, null, false), element(1001, "slot", "A00002L8", "A00002L8", "scratch", null, false),
                element(1002, "slot", "A00003L8", null, null, null, false), element(1003, "slot", "A00004L8", "tape-2", "quarantined", null, false),
                element(1004, "slot", "CLN001CU", null, null, null, false)) + "]}";
    }

    @Test
    void drawsWhatIsWhere() {
        appliance.on("GET libraries/lib1", 200, small());
        assertEquals(0, shell.run("library", "show", "lib1"), shell.err);
        assertEquals("""
                library lib1, driver simulator, node n1
                /srv/library
                ┌─ drives, 1 of 2 used ────────────────────────────────────────────────────────┐
                │ no. 0    500  + A00001L8  volume tape-1  pool a-pool-with-a-long-na…  in use │
                │ no. 1    501  · empty                                                        │
                ├─ mail slots, 0 of 1 used ────────────────────────────────────────────────────┤
                │    10 ·                                                                      │
                ├─ slots, 4 of 5 used ─────────────────────────────────────────────────────────┤
                │  1000 ·                   1002 ? A00003L8          1004 c CLN001CU           │
                │  1001 o A00002L8 a-pool…  1003 ! A00004L8 a-pool…                            │
                └──────────────────────────────────────────────────────────────────────────────┘
                  · empty   + takes more   o labelled, unused   c cleaning
                  ? not in the catalog   ! look after it
                """, shell.out);
    }

    /** Its address would be that of the list of all, which is no library. */
    @Test
    void anEmptyNameIsWrongUsage() {
        appliance.on("GET libraries/", 200, "[]");
        for (List<String> command : List.of(List.of("library", "show", ""), List.of("volume", "show", ""), List.of("device", "test", ""), List.of("pool", "cut", ""))) {
            assertEquals(2, shell.run(command.toArray(String[]::new)), command + shell.out);
            assertTrue(shell.err.startsWith("azekura: a name must not be empty"), shell.err);
        }
    }

    @Test
    void aNameWithASlashIsWrongUsage() {
        assertEquals(2, shell.run("volume", "show", "a/b"), shell.out);
        assertTrue(shell.err.startsWith("azekura: a name has no \"/\""), shell.err);
    }

    @Test
    void fitsInto80ColumnsWhateverTheSizeWithAndWithoutColour() throws Exception {
        for (int slots : new int[] {0, 1, 2, 60, 61, 3000}) {
            String elements = IntStream.range(0, slots).mapToObj(i -> element(20_000 + i, "slot", i % 3 == 0 ? null : "A%05dL8".formatted(i), i % 3 == 1 ? "v" + i : null,
                    i % 3 == 1 ? "full" : null, null, false)).collect(Collectors.joining(","));
            JsonNode library = Json.read(LIBRARY + elements + "]}");
            List<String> plain = LibraryPicture.of(library, new Paint(false));
            List<String> coloured = LibraryPicture.of(library, new Paint(true));
            assertEquals(plain, coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).toList());
            assertEquals(List.of(), plain.stream().filter(line -> line.matches("[┌│├└].*") && line.length() != 80 || line.length() > 80).toList());
            assertEquals(slots > 1, String.join("", coloured).contains("\u001b[34m"));
        }
    }

    @Test
    void givesTheKeysPromised() throws Exception {
        appliance.on("GET libraries/lib1?node=n1", 200, small());
        assertEquals(0, shell.run("library", "show", "lib1", "--node", "n1", "--json"), shell.err);
        JsonNode drive = Json.read(shell.out).path("elements").path(2);
        assertEquals(List.of("500", "drive", "A00001L8", "tape-1"), List.of("address", "kind", "barcode", "volume").stream().map(key -> drive.path(key).asText()).toList());
        String row = "{\"name\":\"lib1\",\"driver\":\"tape\",\"node\":\"n1\",\"state\":\"failed\",\"location\":\"\",\"slots\":0,\"mailSlots\":0,\"drives\":0,\"cartridges\":0,"
                + "\"problem\":\"it does not answer\"}";
        appliance.on("GET libraries", 200, "[" + row + "]");
        assertEquals(0, shell.run("library", "list"), shell.err);
        assertTrue(shell.out.contains("failed") && shell.out.contains("it does not answer"), shell.out);
        assertEquals(0, shell.run("library", "list", "--json"), shell.err);
        assertEquals("[" + row + "]\n", shell.out);
    }

    private static String cartridge(String barcode, String state, boolean warns, String what) {
        return "{\"barcode\":\"" + barcode + "\",\"volume\":null,\"pool\":null,\"address\":1000,\"state\":\"" + state + "\",\"warns\":" + warns + ",\"what\":\"" + what + "\"}";
    }

    private void ends(String state, String error, String... cartridges) {
        appliance.job("label", state, error, "{\"job\":1,\"cartridges\":[" + String.join(",", cartridges) + "]}");
    }

    @Test
    void labelsAndTellsWhatBecameOfEach() {
        ends("done", null, cartridge("A00001L8", "labelled", false, "A00001L8 is labelled"), cartridge("CLN001CU", "cleaning", false, "CLN001CU was left alone"));
        assertEquals(0, shell.run("volume", "label", "--pool", "tape", "--all"), shell.err);
        assertEquals("A00001L8 is labelled\nCLN001CU was left alone\n", shell.out);
        assertEquals("{\"kind\":\"label\",\"pool\":\"tape\"}", appliance.bodies.getLast().toString());
        ends("warned", "A00002L8 is not blank", cartridge("A00002L8", "quarantined", true, "A00002L8 is not blank"));
        assertEquals(3, shell.run("volume", "label", "--pool", "tape", "--barcode", "A00002L8", "--barcode", "A00003L8", "--json"), shell.err);
        assertEquals("{\"job\":1,\"cartridges\":[{\"barcode\":\"A00002L8\",\"volume\":null,\"pool\":null,\"address\":1000,\"state\":\"quarantined\",\"what\":"
                + "\"A00002L8 is not blank\"}]}\n", shell.out);
        assertEquals("azekura: A00002L8 is not blank\n", shell.err);
        assertEquals("[\"A00002L8\",\"A00003L8\"]", appliance.bodies.getLast().path("barcodes").toString());
        ends("failed", "the drive is broken", cartridge("A00002L8", "failed", true, "the drive is broken"));
        assertEquals(1, shell.run("volume", "label", "--pool", "tape", "--all"));
        assertEquals("azekura: the drive is broken\n", shell.err);
        appliance.job("label", "failed", "the library is gone", null);
        assertEquals(1, shell.run("volume", "label", "--pool", "tape", "--all"));
        assertEquals("azekura: job 1 failed: the library is gone\n", shell.err);
    }

    private void orders(String order, String... args) {
        ends("done", null, cartridge("A00001L8", "moved", false, "A00001L8 was moved"));
        assertEquals(0, shell.run(args), shell.err);
        assertEquals(order, appliance.bodies.getLast().toString());
    }

    @Test
    void ordersWhatIsToBeDone() {
        orders("{\"kind\":\"inventory\",\"library\":\"lib1\",\"initialise\":false}", "library", "inventory", "lib1");
        orders("{\"kind\":\"inventory\",\"library\":\"lib1\",\"node\":\"n1\",\"initialise\":true}", "library", "inventory", "lib1", "--initialise", "--node", "n1");
        orders("{\"kind\":\"move\",\"library\":\"lib1\",\"from\":\"A00001L8\",\"to\":\"drive:0\"}", "library", "move", "lib1", "A00001L8", "drive:0");
        orders("{\"kind\":\"clean\",\"library\":\"lib1\",\"drive\":1}", "library", "clean", "lib1", "--drive", "1");
        orders("{\"kind\":\"scan\",\"volumes\":[\"tape-1\",\"A00002L8\"]}", "volume", "scan", "tape-1", "A00002L8");
        orders("{\"kind\":\"scan\",\"volumes\":[\"tape-1\"],\"deep\":true}", "volume", "scan", "--deep", "tape-1");
        orders("{\"kind\":\"export\",\"volumes\":[\"tape-1\"],\"to\":\"bank safe\"}", "volume", "export", "tape-1", "--to", "bank safe");
        orders("{\"kind\":\"export\",\"volumes\":[\"tape-1\"]}", "volume", "export", "tape-1");
        orders("{\"kind\":\"repack\",\"volumes\":[\"tape-1\",\"A00002L8\"]}", "volume", "repack", "tape-1", "A00002L8");
        orders("{\"kind\":\"forget\",\"volumes\":[\"tape-1\"],\"why\":\"burnt\",\"lost\":true}", "volume", "forget", "tape-1", "--why", "burnt", "--lost");
        orders("{\"kind\":\"import\",\"library\":\"lib1\"}", "volume", "import", "lib1");
    }

    @Test
    void takesInToTheOnlyLibrary() {
        ends("done", null);
        appliance.on("GET libraries", 200, "[{\"name\":\"lib1\"}]");
        assertEquals(0, shell.run("volume", "import"), shell.err);
        assertEquals("nothing lies in a mail slot of library lib1\n", shell.out);
        appliance.on("GET libraries", 200, "[{\"name\":\"lib1\"},{\"name\":\"lib2\"}]");
        assertEquals(2, shell.run("volume", "import"));
        assertTrue(shell.err.contains("lib1, lib2"), shell.err);
        appliance.on("GET libraries", 200, "[]");
        assertEquals(1, shell.run("volume", "import"));
    }

    @Test
    void showsAVolume() {
        String volume = "{\"label\":\"tape-1\",\"barcode\":\"A00001L8\",\"pool\":\"tape\",\"state\":\"appendable\",\"location\":\"lib1, drive 0\",\"used\":1048576,\"capacity\":-1,"
                + "\"id\":\"00\",\"node\":\"n1\",\"device\":\"lib1\",\"driver\":\"simulator\",\"packs\":3}";
        appliance.on("GET volumes/A00001L8", 200, volume);
        assertEquals(0, shell.run("volume", "show", "A00001L8"), shell.err);
        assertTrue(shell.out.contains("lib1, drive 0") && shell.out.contains("1.00 MiB"), shell.out);
        assertFalse(shell.out.contains("capacity"), shell.out);
        assertEquals(0, shell.run("volume", "show", "A00001L8", "--json"));
        assertEquals(volume + "\n", shell.out);
        appliance.on("GET volumes/nope", 404, FakeAppliance.problem("volume.unknown", "there is no volume nope"));
        assertEquals(1, shell.run("volume", "show", "nope"));
        assertEquals("azekura: there is no volume nope\n", shell.err);
    }
}
