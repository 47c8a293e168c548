package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Data disks in a machine: kernel, root and units of a build, with this checkout's files over them, but neither boot loader nor appliance, so that a start takes a
 * minute. The door is asked by the program that a test of this machine brings ({@code resources/disks/trial}), which tells what it sees on the serial line.
 */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DiskSetsIT {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static Path dir;
    private static int done;

    @BeforeAll
    static void make() throws IOException {
        Qemu.assume("data disks of the appliance");
        LastBuild.require();
        dir = Recipe.fresh("disks");
        Ran.of("bash", "-c", """
                set -e
                mkdir -p "$1/stage/trial"
                cp -a "$2/root/files" "$1/stage/trial/files"
                cp "$2"/src/test/resources/disks/trial* "$1/stage/trial/"
                cp "$2/src/test/resources/disks/init" "$1/stage/trial-init"
                find "$3/root/lib/modules" -name overlay.ko -exec cp {} "$1/stage/trial/" ';'
                (cd "$1/stage" && find . -mindepth 1 | cpio --quiet -o -H newc -R 0:0) >"$1/initrd"
                cat "$3/initramfs.zst" >>"$1/initrd"
                """, "bash", dir.toString(), Recipe.HERE.toString(), Versions.TARGET.toString()).ok();
    }

    /** Each goes on where the one before has ended. */
    private static void after(int step) {
        assumeTrue(done >= step, "what comes before has failed");
    }

    /** Starts it with these disks behind its own, and returns what it tells, by line. */
    private static List<String> tells(String trial, String own, String... disks) throws IOException {
        Qemu qemu = new Qemu("q35", 1536, 256).with("-no-reboot", "-device", "virtio-rng-pci").kernel(LastBuild.part("kernel/vmlinuz"), dir.resolve("initrd"),
                "panic=5 rdinit=/trial-init systemd.unit=trial.service systemd.show_status=no trial=" + trial).disk(LastBuild.part("rootfs.img"), "format=raw,readonly=on,").disk(disk(own), "format=raw,");
        for (String disk : disks) {
            qemu.disk(disk(disk), "format=raw,");
        }
        long begin = System.nanoTime();
        String said;
        try (Running machine = qemu.start(dir)) {
            said = machine.console().all(LIMIT);
        }
        System.out.printf("disks: %s: %d s%n", trial, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        List<String> lines = said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        assertTrue(lines.contains("ended " + trial), said);
        return lines;
    }

    private static Path disk(String name) throws IOException {
        Path file = dir.resolve(name + ".img");
        if (!Files.exists(file)) {
            try (var disk = new RandomAccessFile(file.toFile(), "rw")) {
                disk.setLength(1100L << 20);
            }
        }
        return file;
    }

    private static void told(List<String> lines, String line) {
        assertTrue(lines.stream().anyMatch(one -> one.startsWith(line)), () -> "\"" + line + "\" is not among " + String.join("\n", lines));
    }

    @Test
    @Order(1)
    void setsAreMadeMountedAndSeenByTheAppliance() throws Exception {
        List<String> lines = tells("first", "own", "c", "d", "e", "f", "g", "h", "i");
        told(lines, "system refused vdb can't be taken: the running system is on it");
        told(lines, "full refused vdd is not empty (ext4)");
        told(lines, "made ok");
        told(lines, "mounted refused vdc can't be taken: it is in the disk set pool1");
        told(lines, "written /srv/pool1/early azekura");
        told(lines, "failed refused failed: the file system can't be made");
        for (String disk : List.of("vde", "vdf", "vdg", "vdh")) {
            told(lines, "undone disk|" + disk + "|||1153433600||");
        }
        assertEquals(1, lines.stream().filter(line -> line.startsWith("undone set|")).count(), "something of the set that failed is there");
        told(lines, "cut refused failed: ");
        told(lines, "cut disk|vde|||1153433600|LVM2_member, linux_raid_member|");
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("cut set|pool2|")), "a set without a file system is shown");
        told(lines, "six ok");
        told(lines, "single ok");
        told(lines, "look set|pool1|whole|mirror|");
        told(lines, "look set|pool2|whole|raid6|");
        told(lines, "look set|pool3|whole|single|");
        done = 1;
    }

    @Test
    @Order(2)
    void atTheNextStartTheyAreMounted() throws Exception {
        after(1);
        List<String> lines = tells("again", "own", "c", "d", "e", "f", "g", "h", "i");
        told(lines, "at /srv/pool1 /srv/pool2 /srv/pool3");
        told(lines, "kept x 1000000");
        done = 2;
    }

    @Test
    @Order(3)
    void disksThatAreNotThereStopNothing() throws Exception {
        after(2);
        List<String> lines = tells("again", "own", "d", "e", "f");
        told(lines, "at /srv/pool1");
        told(lines, "kept x 1000000");
        told(lines, "look set|pool1|degraded|mirror|");
        told(lines, "look set|pool2|missing|raid6|0||4|/srv/pool2");
        told(lines, "look set|pool3|missing|single|0||1|/srv/pool3");
        done = 3;
    }

    @Test
    @Order(4)
    void anotherApplianceAttachesThemWithWhatIsOnThem() throws Exception {
        after(1);
        List<String> lines = tells("fresh", "other", "i", "d", "c");
        told(lines, "found set|pool1|found|mirror|");
        told(lines, "at nothing");
        told(lines, "attached ok");
        told(lines, "twice refused there is a disk set pool1 already");
        told(lines, "written /srv/pool1/late azekura");
        told(lines, "kept x 1000000");
        told(lines, "owner 777");
        told(lines, "look set|pool1|");
        told(lines, "look set|pool3|found|single|");
    }
}
