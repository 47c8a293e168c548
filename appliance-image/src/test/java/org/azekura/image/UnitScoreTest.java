package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.Test;

/** How much of the system each of our units could reach, in the score of {@code systemd-analyze security}: from 0, nothing, to 10. */
class UnitScoreTest {

    private static final double PROMISED = 2.0;
    private static final String IMAGE = "appliance-image/root/files/usr/lib/systemd/system/";
    private static final String PACKAGES = "felix-config/src/main/systemd/";

    /** Units that can't keep what is promised of the others: the most that each may have, and why. */
    private static final Map<String, Bound> BOUNDS = Map.of(
            IMAGE + "rauc.service", new Bound(9.6, "writes the disk and mounts what is in an update"),
            IMAGE + "azekura-disks.service", new Bound(2.4, "makes arrays, volumes and file systems"),
            IMAGE + "azekura-health.service", new Bound(9.6, "writes the boot loader's variables and restarts the machine"),
            PACKAGES + "azekura-client.service", new Bound(4.6, "reads and restores all files of its host, as root (decision 0098)"),
            PACKAGES + "azekura.service", new Bound(2.6, "reads all files of its host, /usr/lib/modules among them"));

    record Bound(double most, String why) {
    }

    private static List<Path> units() {
        return Stream.of(IMAGE, PACKAGES).flatMap(folder -> Recipe.below(Recipe.PROJECT.resolve(folder)).stream())
                .filter(file -> file.toString().endsWith(".service")).toList();
    }

    /** Of the file alone: nothing of this machine's own system counts. */
    private static double score(Path unit) {
        Ran ran = Ran.of("/usr/bin/systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=100", unit.toString());
        Matcher matcher = Pattern.compile("Overall exposure level for .*: (\\d+\\.\\d)").matcher(ran.said());
        assertTrue(matcher.find(), ran.said());
        return Double.parseDouble(matcher.group(1));
    }

    @Test
    void noneReachesMoreThanItMust() {
        Daemon.assume("scores of units", "/usr/bin/systemd-analyze", "systemd");
        Map<String, String> tooMuch = new TreeMap<>();
        for (Path unit : units()) {
            Bound bound = BOUNDS.get(Recipe.PROJECT.relativize(unit).toString());
            double most = bound == null ? PROMISED : bound.most();
            double score = score(unit);
            if (score > most) {
                tooMuch.put(unit.toString(), score + ", but may have " + most);
            }
        }
        assertEquals(Map.of(), tooMuch);
    }

    /** What holds the process in, without devices, capabilities and comments. */
    private static List<String> sandbox(String unit) throws IOException {
        List<String> lines = Files.readAllLines(Recipe.PROJECT.resolve(unit));
        return lines.subList(lines.indexOf("NoNewPrivileges=yes"), lines.indexOf("[Install]")).stream().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }

    /** One text in three files, for systemd has no way to say it once. A line that a unit has otherwise is named here. */
    @Test
    void unitsOfThePackagesHaveTheSandboxOfTheImage() throws IOException {
        List<String> image = new ArrayList<>(sandbox(IMAGE + "azekura.service"));
        List<String> node = new ArrayList<>(image);
        node.set(node.indexOf("ProtectSystem=strict"), "ProtectSystem=full");
        node.remove("ReadWritePaths=-/var/lib/azekura -/srv");
        node.replaceAll(line -> line.replace("=adjtimex ", "="));
        node.add(node.indexOf("ProtectHostname=yes"), "ProtectClock=yes");
        assertEquals(node, sandbox(PACKAGES + "azekura-node.service"));
        image.set(image.indexOf("ReadWritePaths=-/var/lib/azekura -/srv"), "ReadWritePaths=-/srv -/mnt -/media");
        image.set(image.indexOf("ProtectHome=yes"), "ProtectHome=read-only");
        image.remove("ProtectKernelModules=yes");
        assertEquals(image, sandbox(PACKAGES + "azekura.service"));
    }

    @Test
    void theAppliancesUnitsAreAmongThem() {
        assertEquals(2, units().stream().filter(unit -> unit.endsWith("azekura.service")).count(), "of the image and of the packages");
    }
}
