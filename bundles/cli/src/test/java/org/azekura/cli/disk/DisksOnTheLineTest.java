package org.azekura.cli.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.azekura.cli.FakeAppliance;
import org.azekura.cli.OnTheLine;
import org.junit.jupiter.api.Test;

class DisksOnTheLineTest extends OnTheLine {

    private static final String SET = "{\"name\":\"pool1\",\"state\":\"whole\",\"level\":\"mirror\",\"bytes\":1048576,\"disks\":[\"sdb\",\"sdc\"],\"lacks\":0,\"folder\":\"/srv/pool1\"}";
    private static final String HEALTH = "{\"device\":\"/dev/sdd\",\"protocol\":\"ata\",\"verdict\":\"good\",\"temperature\":31,\"hot\":false,\"hours\":9,\"pending\":null,\"errors\":0,"
            + "\"grown\":0,\"erring\":false,\"used\":12,\"worn\":false}";
    private static final String STATE = "{\"asked\":\"2026-01-02T03:04:05Z\",\"disks\":["
            + "{\"name\":\"sda\",\"serial\":\"\",\"model\":\"\",\"bytes\":1048576,\"holds\":\"gpt\",\"hindrance\":\"the running system is on it\",\"set\":\"\",\"health\":null},"
            + "{\"name\":\"sdd\",\"serial\":\"S4\",\"model\":\"M\",\"bytes\":1048576,\"holds\":\"ext4\",\"hindrance\":\"\",\"set\":\"pool1\",\"health\":" + HEALTH + "}],\"sets\":[" + SET
            + "]}";

    @Test
    void showsWhatCanBeTakenHowItIsAndWhatIsThere() {
        appliance.on("GET appliance/disks", 200, STATE);
        assertEquals(0, shell.run("disks", "show"), shell.err);
        assertTrue(shell.out.lines().anyMatch(line -> line.matches("sda +1.* MiB +gpt +no: the running system is on it")), shell.out);
        assertTrue(shell.out.lines().anyMatch(line -> line.matches("sdd +1.* MiB +M +S4 +good +31 +9 +0 +12 % +pool1 +ext4 +if it is erased")), shell.out);
        assertTrue(shell.out.contains("sdb sdc"), shell.out);
        assertEquals(0, shell.run("disks", "show", "--json"), shell.err);
        assertEquals(STATE + "\n", shell.out);
    }

    @Test
    void warnsOfDisksAndSetsThatNeedALook() {
        appliance.on("GET appliance/disks", 200, STATE.replace("\"good\"", "\"failing\"").replace("\"worn\":false", "\"worn\":true"));
        assertEquals(3, shell.run("disks", "show"), shell.err);
        assertTrue(shell.out.contains(" failing, worn "), shell.out);
        assertEquals(3, shell.run("disks", "show", "--json"), shell.err);
        for (String state : new String[] {"degraded", "missing", "unmounted"}) {
            appliance.on("GET appliance/disks", 200, STATE.replace("\"whole\"", "\"" + state + "\""));
            assertEquals(3, shell.run("disks", "show"), state);
        }
        appliance.on("GET appliance/disks", 200, STATE.replace("\"whole\"", "\"found\""));
        assertEquals(0, shell.run("disks", "show"), shell.err);
    }

    @Test
    void makesOneAndAttachesOne() {
        appliance.on("POST appliance/disks", 201, SET);
        appliance.on("POST appliance/disks/pool1/attach", 200, SET);
        assertEquals(0, shell.run("disks", "make", "pool1", "--level", "mirror", "--disk", "sdb", "--disk", "sdc", "--erase", "sdc"), shell.err);
        assertEquals("{\"name\":\"pool1\",\"level\":\"mirror\",\"disks\":[\"sdb\",\"sdc\"],\"erase\":[\"sdc\"]}", appliance.bodies.getLast().toString());
        assertTrue(shell.out.startsWith("disk set pool1 (mirror, ") && shell.out.endsWith(") is mounted at /srv/pool1\n"), shell.out);
        assertEquals(0, shell.run("disks", "attach", "pool1"), shell.err);
    }

    @Test
    void saysWhatIsRefusedAndWhatFailed() {
        appliance.on("POST appliance/disks", 403, FakeAppliance.problem("disk.refused", "sdc is not empty (ext4); it is erased only if that is said"));
        assertEquals(4, shell.run("disks", "make", "pool1", "--level", "single", "--disk", "sdc"));
        assertTrue(shell.err.contains("sdc is not empty (ext4)"), shell.err);
        appliance.on("GET appliance/disks", 409, FakeAppliance.problem("disk.unsupported", "this appliance does not run from an image"));
        assertEquals(4, shell.run("disks", "show"));
        assertEquals(2, shell.run("disks", "make", "pool1", "--disk", "sdc"));
    }
}
