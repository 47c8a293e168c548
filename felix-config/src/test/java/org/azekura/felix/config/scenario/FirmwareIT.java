package org.azekura.felix.config.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.image.ImageMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dedicated appliance is updated: by the real updater, with slots that are files. */
class FirmwareIT {

    private static final Path SCRIPTS = Path.of("../bundles/console/browser").toAbsolutePath().normalize();
    private static final Path IMAGE = Path.of("../appliance-image/root/files");

    /** Names of sockets have to be short. */
    @TempDir
    Path dir;

    @Test
    void isUpdatedAndJobsGoOnBehindTheRestart() throws Exception {
        try (var workspace = new Workspace(FirmwareIT.class); var machine = new ImageMachine(dir, IMAGE);
                var azekura = Azekura.in(workspace.path("home")).from(machine).up()) {
            assertEquals("[{\"name\":\"A\",\"version\":\"2.0.0\",\"runs\":true,\"next\":true,\"good\":true},{\"name\":\"B\",\"version\":\"\",\"runs\":false,\"next\":false,\"good\":false}]",
                    azekura.json(0, "firmware", "show").path("slots").toString());
            assertWhatMayNotBeInstalledIsRefused(workspace, machine, azekura);
            assertDriversAreNamedBefore(workspace, machine, azekura);
            String offers = "Offers to drivers " + offers();
            Path update = machine.mountable("2.2.0", offers);
            assertEquals("[]", azekura.json(0, "firmware", "check", update.toString()).path("drivers").toString());
            assertEquals("installed", azekura.json(0, "firmware", "install", update.toString()).path("state").asText());
            assertArrayEquals(ImageMachine.content("2.2.0", "rootfs"), Arrays.copyOf(machine.read("rootfs_B"), 300_000));
            JsonNode other = azekura.json(0, "firmware", "show").path("slots").path(1);
            assertEquals("{\"name\":\"B\",\"version\":\"2.2.0\",\"runs\":false,\"next\":true,\"good\":true}", other.toString());
            assertJobsGoOn(workspace, machine, azekura);
            String audit = azekura.call("audit", "list").exits(0).out();
            assertTrue(audit.contains("POST firmware/updates") && audit.contains("firmware.refused") && audit.contains("POST appliance/restart"), audit);
        }
    }

    private static void assertWhatMayNotBeInstalledIsRefused(Workspace workspace, ImageMachine machine, Azekura azekura) throws Exception {
        Path tampered = machine.update("2.1.0");
        byte[] bytes = Files.readAllBytes(tampered);
        bytes[bytes.length / 2] ^= 1;
        Files.write(tampered, bytes);
        for (Path refused : List.of(tampered, machine.foreign("azekura-x86_64", "stranger"), machine.foreign("toaster", "firmware"), machine.update("1.9.9"))) {
            for (String command : List.of("check", "install")) {
                String line = azekura.call("firmware", command, refused.toString()).exits(4).oneErrorLine();
                assertTrue(line.contains(refused + ": the update is refused: "), line);
            }
        }
        azekura.call("firmware", "install", Files.writeString(workspace.path("none"), "no update").toString()).exits(2);
        assertTrue(azekura.json(0, "firmware", "show").path("update").isNull());
        assertFalse(Files.exists(azekura.home.resolve("firmware")), "something was kept");
        assertEquals(List.of(), List.of(azekura.home.resolve("run/uploads").toFile().list()));
    }

    /** A driver that somebody has installed, and an update that offers nothing that it could use. */
    private static void assertDriversAreNamedBefore(Workspace workspace, ImageMachine machine, Azekura azekura) throws Exception {
        var versions = new DiskVersions(workspace.directory("versions"));
        azekura.call("driver", "trust", "add", versions.certificate.toString()).exits(0);
        azekura.call("driver", "update", versions.good("7.0.0").toString()).exits(0);
        Path update = machine.mountable("2.1.0", "Offers to drivers org.azekura.api 9.0.0");
        JsonNode named = azekura.json(3, "firmware", "check", update.toString()).path("drivers");
        assertEquals(1, named.size(), named::toString);
        assertEquals("disk", named.path(0).path("name").asText());
        assertTrue(named.path(0).path("lacks").asText().contains("and there is 9.0.0"), named::toString);
        String line = azekura.call("firmware", "install", update.toString()).exits(4).oneErrorLine();
        assertTrue(line.contains("disk 7.0.0 needs org.azekura.api [") && line.contains("update them first"), line);
        assertArrayEquals(new byte[1 << 20], machine.read("rootfs_B"));
        assertTrue(azekura.json(0, "firmware", "show").path("update").isNull());
        install(azekura, update);
        assertEquals("2.1.0", azekura.json(0, "firmware", "show").path("slots").path(1).path("version").asText());
    }

    /** All the same; in a browser where there is one. */
    private static void install(Azekura azekura, Path update) {
        if (!Files.isExecutable(Path.of("/usr/bin/chromium")) || !Files.isDirectory(Path.of("/usr/share/fonts/opentype/noto"))) {
            System.out.println("*** NOT TESTED: updates in the console: the Debian package chromium or fonts-noto-cjk is missing");
            azekura.call("firmware", "install", "--drivers-anyway", update.toString()).exits(0);
            return;
        }
        Run.of(Duration.ofMinutes(5), SCRIPTS, Map.of(), List.of("node", "firmware.mjs", azekura.home.toString(), Path.of("target/screenshots").toAbsolutePath().toString(), update.toString()))
                .exits(0);
    }

    /** What an appliance of this build has, as the build of an image reads it. */
    private static String offers() {
        String script = "target=$1; eval \"$(sed -n '/^offers()/,/^}/p' ../appliance-image/make/bundle)\"; offers";
        String home = Path.of("target/azekura").toAbsolutePath().toString();
        return Run.of(Duration.ofMinutes(2), "sh", "-c", "mkdir -p \"$2/root/usr/share\" && ln -sfn \"$1\" \"$2/root/usr/share/azekura\" && exec bash -c \"$3\" bash \"$2\"", "sh", home,
                Path.of("target/offers").toAbsolutePath().toString(), script).exits(0).out().strip();
    }

    /** The system tells the appliance to end, as an image's does, when it is asked to start the machine again. */
    private static void assertJobsGoOn(Workspace workspace, ImageMachine machine, Azekura azekura) throws Exception {
        Path source = workspace.path("source");
        Tree.bulk(source, 500, 90_000_000, 2);
        azekura.backup(source.resolve("dir-00000/file-0000001"));
        Path packs = azekura.home.resolve("pools/default/packs");
        try (var watch = packs.getFileSystem().newWatchService(); var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            door.bind(UnixDomainSocketAddress.of(machine.systemDoor()));
            packs.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process backup = azekura.begin("backup", source.toString());
            assertNotNull(watch.poll(120, TimeUnit.SECONDS), "no pack was begun");
            Process restart = azekura.begin("firmware", "install", "--restart", machine.mountable("2.3.0", "Offers to drivers " + offers()).toString());
            try (SocketChannel asked = door.accept()) {
                ByteBuffer line = ByteBuffer.allocate(7);
                while (line.hasRemaining()) {
                    asked.read(line);
                }
                assertEquals("reboot\n", new String(line.array(), UTF_8));
                asked.write(ByteBuffer.wrap("ok\n".getBytes(UTF_8)));
            }
            Run.await(restart, Duration.ofMinutes(2), List.of("firmware", "install")).exits(0);
            azekura.down();
            backup.destroy();
        }
        azekura.up();
        JsonNode job = azekura.json(0, "job", "list").valueStream().toList().getLast();
        azekura.call("job", "watch", job.path("id").asText()).exits(0);
        JsonNode snapshots = azekura.json(0, "snapshot", "list");
        assertEquals(2, snapshots.size(), snapshots::toString);
        assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshots.path(1).path("id").asText(), source, workspace.path("target"))));
    }

    @Test
    void whereThereIsNoImageEveryCommandSaysSo() throws Exception {
        try (var workspace = new Workspace(FirmwareIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            Path file = Files.writeString(workspace.path("azekura.raucb"), "an update");
            for (String[] command : new String[][] {{"firmware", "show"}, {"firmware", "check", file.toString()}, {"firmware", "install", file.toString()}}) {
                assertEquals("azekura: this appliance does not run from an image; update its Debian package with apt",
                        azekura.call(command).exits(4).oneErrorLine());
            }
        }
    }
}
