package org.azekura.server.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.testkit.Daemon;

/** A machine that runs from an image, as far as the updater sees one: RAUC's service with the image's own settings, on a bus of its own, its slots being files. */
final class ImageBench implements AutoCloseable {

    private static final Path IMAGE = Path.of("../../appliance-image/root/files").toAbsolutePath().normalize();
    private static final String NOT_TESTED = "updates of the firmware";
    private static final String RUNS = "2.0.0";
    /** Without it no update of the image's own form can be mounted, and the other form takes its place. */
    private static final boolean DEVICE_MAPPER = hasDeviceMapper();

    final Places places;
    private final Path dir;
    private final Daemon bus;
    private final Daemon service;

    ImageBench(Path dir) throws Exception {
        Daemon.assumeAsRoot(NOT_TESTED, "/usr/bin/rauc", "rauc");
        Daemon.assume(NOT_TESTED, "/usr/bin/mksquashfs", "squashfs-tools");
        Daemon.assume(NOT_TESTED, "/usr/sbin/veritysetup", "cryptsetup-bin");
        Daemon.assume(NOT_TESTED, "/usr/bin/grub-editenv", "grub-common");
        Daemon.assume(NOT_TESTED, "/usr/bin/dbus-daemon", "dbus");
        this.dir = dir;
        key("firmware");
        for (String slot : List.of("rootfs_A", "kernel_A", "rootfs_B", "kernel_B")) {
            Files.write(dir.resolve(slot), new byte[1 << 20]);
        }
        Daemon.run(Map.of(), "grub-editenv", file("env"), "create");
        Daemon.run(Map.of(), "grub-editenv", file("env"), "set", "ORDER=A B", "A_OK=1", "A_TRY=0", "B_OK=0", "B_TRY=0");
        Files.writeString(dir.resolve("slot"), "SLOT=A\n");
        Files.writeString(dir.resolve("release"), "ID=azekura\nIMAGE_VERSION=" + RUNS + "\n");
        Files.createDirectory(dir.resolve("data"));
        Files.writeString(dir.resolve("system.conf"), settings());
        String address = "unix:path=" + file("bus");
        bus = Daemon.start(dir.resolve("bus.log"), Map.of(), List.of("dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=" + address));
        bus.await(() -> Files.exists(dir.resolve("bus")));
        Map<String, String> environment = Map.of("DBUS_SESSION_BUS_ADDRESS", address, "DBUS_STARTER_BUS_TYPE", "session", "AZEKURA_RELEASE", file("release"));
        service = Daemon.start(dir.resolve("rauc.log"), environment, List.of("rauc", "-c", file("system.conf"), "--override-boot-slot=A", "service"));
        places = new Places(dir.resolve("slot"), dir.resolve("release"), dir.resolve("system.conf"), IMAGE.resolve("usr/lib/azekura/update-check"), dir.resolve("door"),
                dir.resolve("home/firmware"), environment);
        Rauc rauc = new Rauc(places.updater(), environment);
        service.await(() -> answers(rauc));
    }

    private static boolean hasDeviceMapper() {
        try {
            return Files.readString(Path.of("/proc/misc")).contains("device-mapper");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean answers(Rauc rauc) {
        try {
            return rauc.status() != null;
        } catch (BackupException e) {
            return false;
        }
    }

    /** The image's, with other places. */
    private String settings() throws IOException {
        String text = Files.readString(IMAGE.resolve("etc/rauc/system.conf")).replace("/run/azekura/disk", dir.toString()).replace("/var/lib/rauc", file("data"))
                .replace("/run/rauc", file("mounted")).replace("/etc/rauc/keyring.pem", file("firmware.pem")).replace("/usr/lib/azekura", IMAGE + "/usr/lib/azekura");
        return DEVICE_MAPPER ? text : text.replace("bundle-formats=-plain\n", "");
    }

    private String file(String name) {
        return dir.resolve(name).toString();
    }

    private void key(String name) throws InterruptedException {
        Daemon.run(Map.of(), "openssl", "req", "-x509", "-newkey", "rsa:2048", "-sha256", "-nodes", "-days", "30", "-subj", "/CN=" + name, "-keyout", file(name + ".key"), "-out",
                file(name + ".pem"));
    }

    /** What a slot holds after an update to this version. */
    static byte[] content(String version, String part) {
        byte[] content = new byte[300_000];
        new Random((version + part).hashCode()).nextBytes(content);
        return content;
    }

    /** One that may be installed, in the form of the image's own. */
    Path update(String version) throws Exception {
        return update(version, "azekura-x86_64", "firmware", "verity", "");
    }

    /** The same in the form that can be mounted here. */
    Path mountable(String version, String description) throws Exception {
        return update(version, "azekura-x86_64", "firmware", DEVICE_MAPPER ? "verity" : "plain", description);
    }

    /** Of other machines, or signed by somebody else. */
    Path foreign(String compatible, String signer) throws Exception {
        if (!Files.exists(dir.resolve(signer + ".pem"))) {
            key(signer);
        }
        return update("3.0.0", compatible, signer, "verity", "");
    }

    private Path update(String version, String compatible, String signer, String format, String description) throws Exception {
        Path folder = Files.createTempDirectory(dir, "content");
        Files.write(folder.resolve("rootfs.img"), content(version, "rootfs"));
        Files.write(folder.resolve("kernel.img"), content(version, "kernel"));
        Files.writeString(folder.resolve("manifest.raucm"), "[update]\ncompatible=" + compatible + "\nversion=" + version + "\ndescription=" + description
                + "\n\n[bundle]\nformat=" + format + "\n\n[image.rootfs]\nfilename=rootfs.img\n\n[image.kernel]\nfilename=kernel.img\n");
        Path file = folder.resolveSibling(folder.getFileName() + ".raucb");
        Daemon.run(Map.of(), "rauc", "bundle", "--cert", file(signer + ".pem"), "--key", file(signer + ".key"), folder.toString(), file.toString());
        return file;
    }

    /** As a browser or the command line sends it. */
    Path sent(Path update) throws IOException {
        return Files.copy(update, dir.resolve("sent"), StandardCopyOption.REPLACE_EXISTING);
    }

    byte[] slot(String name) throws IOException {
        return Files.readAllBytes(dir.resolve(name));
    }

    String said() {
        return service.said();
    }

    @Override
    public void close() {
        service.kill();
        bus.kill();
    }
}
