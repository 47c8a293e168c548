package org.azekura.cli.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.azekura.cli.OnTheLine;
import org.junit.jupiter.api.Test;

/** What operators say of volumes, drives and the cartridges of a pool. */
class MediaOnTheLineTest extends OnTheLine {

    private static String volume(String state, String why) {
        return "{\"label\":\"tape-1\",\"barcode\":\"A00001L8\",\"pool\":\"tape\",\"state\":\"" + state + "\",\"location\":\"lib1, slot 1000\",\"used\":7,\"capacity\":100,\"number\":1,"
                + "\"why\":" + (why == null ? "null" : "\"" + why + "\"") + "}";
    }

    @Test
    void locksUnlocksAndAcceptsAVolume() {
        appliance.on("POST volumes/A00001L8/lock", 200, volume("locked", "evidence"));
        assertEquals(0, shell.run("volume", "lock", "A00001L8", "--why", "evidence"), shell.err);
        assertEquals("volume tape-1 is locked\n", shell.out);
        appliance.on("POST volumes/tape-1/unlock", 200, volume("full", null));
        assertEquals(0, shell.run("volume", "unlock", "tape-1"), shell.err);
        appliance.on("POST volumes/tape-1/accept", 200, volume("full", null));
        assertEquals(0, shell.run("volume", "accept", "tape-1", "--json"), shell.err);
        assertEquals(volume("full", null) + "\n", shell.out);
    }

    @Test
    void theListSaysWhy() {
        appliance.on("GET volumes", 200, "[" + volume("suspect", "errors in two drives; the last: block 7") + "]");
        assertEquals(0, shell.run("volume", "list"), shell.err);
        assertTrue(shell.out.contains("WHY") && shell.out.contains("errors in two drives; the last: block 7"), shell.out);
    }

    @Test
    void showsWhatDrivesCountedWithAVolumeAndWhatIsToBeLookedAt() {
        String use = "{\"life\":{\"mounts\":12,\"seen\":\"2026-01-01T00:00:00Z\",\"loads\":41,\"written\":7000000000,\"read\":3000000000,\"uncorrected\":2},\"mounts\":[{\"drive\":\"SN1\","
                + "\"loaded\":\"2026-01-01T00:00:00Z\",\"written\":2000000000,\"read\":0,\"writeCorrected\":500,\"readCorrected\":null,\"uncorrected\":0,\"held\":false}],"
                + "\"warnings\":[\"drive SN1 corrected 250 errors per GB while writing, 2.0 is usual there\"]}";
        String volume = volume("full", null);
        appliance.on("GET volumes/tape-1", 200, volume.substring(0, volume.length() - 1) + ",\"unread\":\"2026-02-03T12:00:00Z\",\"use\":" + use + "}");
        assertEquals(0, shell.run("volume", "show", "tape-1"), shell.err);
        for (String shown : new String[] {"all read since", "2026-02-03", "12; in all drives that it was in 41", "2 errors not corrected", "250.0 / -", "forgotten", "! drive SN1 corrected 250 errors per GB"}) {
            assertTrue(shell.out.contains(shown), () -> shown + " in " + shell.out);
        }
        appliance.on("GET volumes/tape-1", 200, volume("full", null));
        assertEquals(0, shell.run("volume", "show", "tape-1"), shell.err);
    }

    @Test
    void takesADriveOutAndIn() {
        appliance.on("POST libraries/lib1/drives/1?node=n1", 200, "{}");
        assertEquals(0, shell.run("library", "drive", "lib1", "1", "down", "--why", "at the workshop", "--node", "n1"), shell.err);
        assertEquals("drive 1 of library lib1 gets nothing more\n", shell.out);
        appliance.on("POST libraries/lib1/drives/1", 200, "{}");
        assertEquals(0, shell.run("library", "drive", "lib1", "1", "up"), shell.err);
        assertEquals(2, shell.run("library", "drive", "lib1", "1", "sideways"));
    }

    @Test
    void aDriveThatIsDownSaysSoInThePicture() {
        appliance.on("GET libraries/lib1", 200, "{\"name\":\"lib1\",\"driver\":\"simulator\",\"node\":\"n1\",\"location\":\"/srv/library\",\"changer\":true,\"elements\":[{\"address\":500,"
                + "\"kind\":\"drive\",\"content\":\"empty\",\"barcode\":null,\"volume\":null,\"pool\":null,\"state\":null,\"drive\":0,\"source\":null,\"accessible\":true,\"used\":false,"
                + "\"cleanings\":0,\"problem\":\"\",\"health\":\"down\",\"why\":\"TapeAlert 31: the drive is broken\","
                + "\"warnings\":[\"drive 0: it corrects many errors with A00001L8, A00002L8\"]}]}");
        assertEquals(0, shell.run("library", "show", "lib1"), shell.err);
        assertTrue(shell.out.contains("down │") && shell.out.contains("! drive 0 is down: TapeAlert 31: the drive is broken")
                && shell.out.contains("! drive 0: it corrects many errors with A00001L8, A00002L8"), shell.out);
    }

    @Test
    void whatLiesInADriveThatHandsFeedIsNamedByItsLabel() {
        String drive = "{\"address\":0,\"kind\":\"drive\",\"content\":\"unknown\",\"barcode\":null,\"volume\":%s,\"pool\":%s,\"state\":%s,\"drive\":0,\"source\":null,"
                + "\"accessible\":true,\"used\":false,\"cleanings\":0,\"problem\":\"\"}";
        String library = "{\"name\":\"desk\",\"driver\":\"tape\",\"node\":\"n1\",\"location\":\"/dev/sg2\",\"changer\":false,\"elements\":[" + drive + "]}";
        appliance.on("GET libraries/desk", 200, library.formatted("\"paper-2\"", "\"paper\"", "\"appendable\""));
        assertEquals(0, shell.run("library", "show", "desk"), shell.err);
        assertTrue(shell.out.contains("+ volume paper-2  pool paper  appendable"), shell.out);
        appliance.on("GET libraries/desk", 200, library.formatted("null", "null", "null"));
        assertEquals(0, shell.run("library", "show", "desk"), shell.err);
        assertTrue(shell.out.contains("nobody knows what is in it"), shell.out);
    }

    @Test
    void showsAndChangesTheRulesOfAPool() {
        String rules = "{\"blank\":false,\"scratch\":true,\"keep\":2592000,\"repack\":40,\"cutAfter\":604800,\"cutSize\":1099511627776,\"reserve\":2,\"setAfter\":0,\"setSize\":2048,\"encryption\":\"drive\",\"errorFactor\":12}";
        appliance.on("GET pools/tape/rules", 200, rules);
        assertEquals(0, shell.run("pool", "rules", "tape"), shell.err);
        assertTrue(shell.out.contains("no: takes only cartridges that were labelled for it") && shell.out.contains("30 d") && shell.out.contains("7 d after it was labelled, or with"),
                shell.out);
        assertTrue(shell.out.contains("the last 2 free cartridges are left for what is copied away"), shell.out);
        assertTrue(shell.out.contains("drives seal what they write, but for labels") && shell.out.contains("corrected 12 times as much as of others"), shell.out);
        assertTrue(shell.out.contains("a media set is closed with 2.00 KiB on it"), shell.out);
        appliance.on("GET pools/tape/coverage?days=1", 200, "[]");
        appliance.on("GET pools/tape", 200, "{\"name\":\"tape\",\"device\":\"lib1\",\"volumes\":[]}");
        assertEquals(0, shell.run("pool", "show", "tape"), shell.err);
        assertTrue(shell.out.contains("the last 2 free cartridges are left for what is copied away"), shell.out);
        appliance.on("GET pools/tape/rules", 200, rules.replace("}", ",\"warning\":\"not to be written by drive 0, which can't seal\"}"));
        assertEquals(0, shell.run("pool", "rules", "tape"), shell.err);
        assertTrue(shell.out.contains("not to be written by drive 0, which can't seal"), shell.out);
        appliance.on("POST pools/tape/rules", 200, rules);
        assertEquals(0, shell.run("pool", "rules", "tape", "--blank", "no", "--keep", "30d", "--cut-after", "7d", "--cut-size", "1TiB", "--repack", "40", "--reserve", "2",
                "--set-after", "7d", "--set-size", "20TiB", "--encryption", "drive", "--error-factor", "12"), shell.err);
        assertEquals(2, shell.run("pool", "rules", "tape", "--blank", "perhaps"));
        assertEquals(2, shell.run("pool", "rules", "tape", "--keep", "long"));
        assertEquals(2, shell.run("pool", "rules", "tape", "--cut-size", "large"));
        assertEquals(2, shell.run("pool", "rules", "tape", "--set-size", "large"));
        assertEquals(2, shell.run("pool", "rules", "tape", "--repack", "101"));
        assertEquals(2, shell.run("pool", "rules", "tape", "--reserve", "-1"));
        assertEquals(2, shell.run("pool", "rules", "tape", "--encryption", "yes"));
        assertEquals(2, shell.run("pool", "rules", "tape", "--error-factor", "-1"));
    }

    @Test
    void aMediaSetBeginsAndAWholeOneIsExported() {
        appliance.on("POST pools/tape/cut", 200, "{\"pool\":\"tape\",\"name\":\"tape.set2\",\"set\":2,\"volumes\":[]}");
        assertEquals(0, shell.run("pool", "cut", "tape"), shell.err);
        assertTrue(shell.out.contains("set 2 of pool tape is open, and called tape.set2"), shell.out);
        appliance.on("GET volumes?pool=tape", 200, "[{\"label\":\"tape-1\",\"barcode\":\"A1\",\"state\":\"full\",\"set\":1,\"number\":1},"
                + "{\"label\":\"tape-2\",\"barcode\":\"A2\",\"state\":\"missing\",\"set\":1,\"number\":2},"
                + "{\"label\":\"tape-3\",\"barcode\":\"A3\",\"state\":\"expired\",\"set\":1,\"number\":3},"
                + "{\"label\":\"copy of disk\",\"barcode\":\"A1\",\"state\":\"full\",\"set\":1,\"number\":1},"
                + "{\"label\":\"A4\",\"barcode\":\"A4\",\"state\":\"scratch\",\"set\":2,\"number\":0}]");
        appliance.job("export", "done", null, "{\"job\":1,\"cartridges\":[]}");
        assertEquals(0, shell.run("volume", "export", "--pool", "tape", "--set", "1", "--to", "vault"), shell.err);
        assertEquals("{\"kind\":\"export\",\"volumes\":[\"A1\"],\"to\":\"vault\"}", appliance.bodies.getLast().toString());
        assertEquals(1, shell.run("volume", "export", "--pool", "tape", "--set", "2"));
        assertTrue(shell.err.contains("no cartridge of set 2 of pool tape is in its library"), shell.err);
        assertEquals(2, shell.run("volume", "export", "--set", "2"));
        assertEquals(2, shell.run("volume", "export", "A1", "--pool", "tape", "--set", "1"));
        assertEquals(2, shell.run("volume", "export"));
    }
}
