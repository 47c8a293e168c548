package org.azekura.felix.config.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.azekura.testkit.Daemon;
import org.azekura.testkit.image.ImageMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data disks of a dedicated appliance, from the console and the command line to the image's own door and program; disks are files, and what orders the kernel is
 * written down only. Arrays, volumes and mounts are tried in a machine ({@code DiskSetsIT} of the image).
 */
class DataDisksIT {

    private static final Path SCRIPTS = Path.of("../bundles/console/browser").toAbsolutePath().normalize();
    private static final Path IMAGE = Path.of("../appliance-image/root/files").toAbsolutePath().normalize();
    private static final String DISK = "{\"name\":\"%s\",\"type\":\"disk\",\"size\":4000000000000,\"model\":\"Model\",\"serial\":\"%s\",\"ro\":false,\"fstype\":null,\"pttype\":%s,\"uuid\":null,\"mountpoints\":[null]%s}";

    /** Names of sockets have to be short. */
    @TempDir
    Path dir;

    @Test
    void aSetIsMadeAndEachDiskTellsItsHealth() throws Exception {
        on((machine, azekura) -> {
            JsonNode state = azekura.json(0, "disks", "show");
            assertTrue(state.path("asked").isNull(), state::toString);
            assertEquals("the running system is on it", state.path("disks").path(0).path("hindrance").asText(), state::toString);
            String line = azekura.call("disks", "make", "pool1", "--level", "mirror", "--disk", "sdb", "--disk", "sdc").exits(4).oneErrorLine();
            assertTrue(line.contains("sdc is not empty (gpt); it is erased only if that is said"), line);
            azekura.call("disks", "make", "../x", "--level", "single", "--disk", "sdb").exits(2);
            azekura.call("disks", "make", "pool1", "--level", "mirror", "--disk", "sdb", "--disk", "sdc", "--erase", "sdc").exits(0);
            azekura.call("pool", "create", "vault", "--driver", "disk", "--set", "path=" + azekura.json(0, "disks", "show").path("sets").path(0).path("folder").asText() + "/vault").exits(0);
            assertPoolIsOnASet(azekura, 0);
            assertADiskThatFailsIsToldUntilItIsReplaced(machine, azekura);
            Files.createDirectories(dir.resolve("run/azekura-disks"));
            Files.writeString(dir.resolve("run/azekura-disks/sets"), "set\tpool1\tdegraded\tmirror\t1000\tsdb\t1\t/srv/pool1\n");
            String status = azekura.call("status").out();
            assertTrue(status.contains("disk set pool1 (mirror) works without 1 of its disks"), status);
            assertEquals(List.of("disk.set.degraded pool1"), alerts(azekura));
        });
    }

    @Test
    void inABrowserASetIsMadeBesideTheHealthOfItsDisks() throws Exception {
        Daemon.assume("data disks in the console", "/usr/bin/chromium", "chromium");
        Daemon.assume("data disks in the console", "/usr/share/fonts/opentype/noto", "fonts-noto-cjk");
        on((machine, azekura) -> {
            health(machine, "S1", "failing");
            Run.of(Duration.ofMinutes(5), SCRIPTS, Map.of(), List.of("node", "disks.mjs", azekura.home.toString(), Path.of("target/screenshots").toAbsolutePath().toString())).exits(0);
            assertPoolIsOnASet(azekura, 3);
        });
    }

    /** What is done with an appliance. */
    private interface Trial {
        void on(ImageMachine machine, Azekura azekura) throws Exception;
    }

    private void on(Trial trial) throws Exception {
        try (var workspace = new Workspace(DataDisksIT.class); var machine = new ImageMachine(dir, IMAGE); var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var azekura = Azekura.in(workspace.path("home")).from(machine).up()) {
            system();
            door.bind(UnixDomainSocketAddress.of(machine.systemDoor()));
            Thread.ofPlatform().daemon().start(() -> serve(door));
            trial.on(machine, azekura);
        }
    }

    private void assertPoolIsOnASet(Azekura azekura, int exit) throws IOException {
        JsonNode set = azekura.json(exit, "disks", "show").path("sets").path(0);
        assertEquals("pool1 whole mirror " + dir.resolve("srv/pool1"), set.path("name").asText() + " " + set.path("state").asText() + " " + set.path("level").asText() + " " + set.path("folder").asText());
        assertTrue(Files.readString(dir.resolve("ordered")).contains("mdadm --create " + dir.resolve("dev/md/azekura_pool1")), "the array was not ordered");
        assertTrue(Files.exists(dir.resolve("srv/pool1/vault")), "the pool has no folder");
    }

    /** Of what is called sdb; the system writes this file, as the image's smart.jq does. */
    private static void health(ImageMachine machine, String serial, String state) throws IOException {
        Path file = Files.createDirectories(machine.root().resolve("run/azekura/health")).resolve("disks");
        Path whole = Files.writeString(file.resolveSibling("disks.new"), "device\tprotocol\tmodel\tserial\tbytes\tstate\ttemperature\thot\thours\tpending\terrors\tgrown\tused\tspent\n"
                + "/dev/sdb\tata\tHARDDISK\t" + serial + "\t4000787030016\t" + state + "\t31\t0\t20000\t0\t0\t0\t\t0\n");
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> alerts(Azekura azekura) throws Exception {
        return Rest.get(azekura, "alerts").valueStream().map(alert -> alert.path("code").asText() + " " + alert.path("name").asText()).filter(alert -> alert.startsWith("disk.")).toList();
    }

    private static void assertADiskThatFailsIsToldUntilItIsReplaced(ImageMachine machine, Azekura azekura) throws Exception {
        health(machine, "S1", "failing");
        assertEquals(List.of("disk.failing S1"), alerts(azekura));
        JsonNode failing = azekura.json(3, "disks", "show").path("disks").path(1);
        assertEquals("sdb pool1 failing", failing.path("name").asText() + " " + failing.path("set").asText() + " " + failing.path("health").path("verdict").asText());
        assertTrue(azekura.call("status").exits(0).out().contains("disk /dev/sdb (HARDDISK, serial number S1) says that it is failing: replace it"));
        health(machine, "OTHER", "good");
        assertEquals(List.of(), alerts(azekura));
        JsonNode disks = azekura.json(0, "disks", "show").path("disks");
        assertTrue(disks.path(1).path("health").isNull(), () -> "what another disk says is not this one's: " + disks);
        assertEquals("/dev/sdb OTHER good", disks.path(3).path("name").asText() + " " + disks.path(3).path("serial").asText() + " " + disks.path(3).path("health").path("verdict").asText());
    }

    @Test
    void whereThereIsNoImageEachCommandSaysSo() throws Exception {
        try (var workspace = new Workspace(DataDisksIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            for (String[] command : new String[][] {{"disks", "show"}, {"disks", "make", "pool1", "--level", "single", "--disk", "sdb"}, {"disks", "attach", "pool1"}}) {
                assertTrue(azekura.call(command).exits(4).oneErrorLine().startsWith("azekura: this appliance does not run from an image; "));
            }
        }
    }

    /** What the image's program calls: which disks there are changes with what was mounted. */
    private void system() throws IOException {
        for (String folder : List.of("bin", "dev", "state/disks", "orders", "srv")) {
            Files.createDirectories(dir.resolve(folder));
        }
        for (String disk : List.of("sda", "sdb", "sdc")) {
            Files.write(dir.resolve("dev").resolve(disk), new byte[1 << 20]);
        }
        Files.createSymbolicLink(dir.resolve("run/azekura/disk/whole"), Path.of("/dev/sda"));
        String before = "{\"blockdevices\":[" + DISK.formatted("sda", "S0", "\"gpt\"", "") + "," + DISK.formatted("sdb", "S1", "null", "") + "," + DISK.formatted("sdc", "S2", "\"gpt\"", "") + "]}";
        String array = ",\"children\":[{\"name\":\"md127\",\"type\":\"raid1\",\"size\":1,\"fstype\":null,\"mountpoints\":[null],\"children\":[{\"name\":\"azekura_pool1-data\",\"type\":\"lvm\","
                + "\"size\":3900000000000,\"fstype\":\"ext4\",\"uuid\":\"UUID\",\"mountpoints\":[\"" + dir.resolve("srv/pool1") + "\"]}]}]";
        String after = "{\"blockdevices\":[" + DISK.formatted("sda", "S0", "\"gpt\"", "") + "," + DISK.formatted("sdb", "S1", "null", array) + "," + DISK.formatted("sdc", "S2", "null", array) + "]}";
        Files.writeString(dir.resolve("before"), before);
        Files.writeString(dir.resolve("after"), after);
        program("lsblk", "if [ -e " + dir + "/srv/pool1 ]; then sed \"s/UUID/$(cut -d ' ' -f 1 " + dir + "/state/disks/pool1)/\" " + dir + "/after; else cat " + dir + "/before; fi");
        for (String name : List.of("mdadm", "lvm", "mke2fs", "udevadm")) {
            program(name, "echo \"" + name + " $*\" >>" + dir + "/ordered");
        }
        program("systemctl", "case \"$*\" in 'start azekura-disks.service') exec " + IMAGE + "/usr/lib/azekura/disks work ;; 'start srv-pool1.mount') mkdir " + dir + "/srv/pool1 ;; esac");
    }

    private void program(String name, String text) throws IOException {
        Files.setPosixFilePermissions(Files.writeString(dir.resolve("bin").resolve(name), "#!/bin/bash\n" + text + "\n"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** One request a connection, as the socket unit gives it. */
    private void serve(ServerSocketChannel door) {
        while (door.isOpen()) {
            try (SocketChannel asking = door.accept()) {
                ProcessBuilder builder = new ProcessBuilder(IMAGE.resolve("usr/lib/azekura/system").toString(), "system").redirectError(dir.resolve("door.log").toFile());
                builder.environment().putAll(Map.of("AZEKURA_RUN", dir.resolve("run/azekura").toString(), "AZEKURA_DISKS_RUN", dir.resolve("orders").toString(), "AZEKURA_SYSTEM_STATE",
                        dir.resolve("state").toString(), "AZEKURA_DEV", dir.resolve("dev").toString(), "AZEKURA_SRV", dir.resolve("srv").toString(), "AZEKURA_SYS", dir.resolve("sys").toString(),
                        "AZEKURA_USER", "root", "PATH", dir.resolve("bin") + ":" + System.getenv("PATH")));
                Process program = builder.start();
                try (OutputStream in = program.getOutputStream()) {
                    byte[] line = new BufferedReader(Channels.newReader(asking, UTF_8)).readLine().getBytes(UTF_8);
                    in.write(line);
                    in.write('\n');
                }
                program.getInputStream().transferTo(Channels.newOutputStream(asking));
            } catch (IOException e) {
                return;
            }
        }
    }
}
