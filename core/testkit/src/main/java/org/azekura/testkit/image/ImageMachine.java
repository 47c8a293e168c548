package org.azekura.testkit.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.azekura.testkit.Daemon;

/**
 * A machine that runs from an image, as far as the updater sees one: RAUC's service with the image's own settings and rule, on a bus of its own, its slots
 * being files. Version 2.0.0 runs, from slot A.
 */
public final class ImageMachine implements AutoCloseable {

    private static final Path IMAGE = Path.of("../../appliance-image/root/files");
    private static final String NOT_TESTED = "updates of the firmware";
    /** Without it no update of the image's own form can be mounted, and the other form takes its place. */
    private static final boolean DEVICE_MAPPER = hasDeviceMapper();

    /** In the place of the appliance's user, whom this machine need not have. */
    private static final String APPLIANCE = "nobody";
    /** As a system's bus is: nobody owns a name or calls anything but what is allowed. */
    private static final String BUS = """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>session</type>
              <listen>%s</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow user="*"/>
                <deny own="*"/>
                <deny send_type="method_call"/>
                <allow send_type="signal"/>
                <allow send_requested_reply="true" send_type="method_return"/>
                <allow send_requested_reply="true" send_type="error"/>
                <allow receive_type="method_call"/>
                <allow receive_type="method_return"/>
                <allow receive_type="error"/>
                <allow receive_type="signal"/>
                <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"/>
              </policy>
              <include>%s</include>
            </busconfig>
            """;

    private final Path root;
    private final Map<String, String> environment;
    private final Daemon bus;
    private final Daemon service;

    /** @param root an empty folder that stands for the machine's root */
    public ImageMachine(Path root) throws IOException, InterruptedException {
        this(root, IMAGE);
    }

    /** @param image files of the image's root in this checkout */
    public ImageMachine(Path root, Path image) throws IOException, InterruptedException {
        Daemon.assumeAsRoot(NOT_TESTED, "/usr/bin/rauc", "rauc");
        Daemon.assume(NOT_TESTED, "/usr/bin/mksquashfs", "squashfs-tools");
        Daemon.assume(NOT_TESTED, "/usr/sbin/veritysetup", "cryptsetup-bin");
        Daemon.assume(NOT_TESTED, "/usr/bin/grub-editenv", "grub-common");
        Daemon.assume(NOT_TESTED, "/usr/bin/dbus-daemon", "dbus-daemon");
        this.root = root;
        for (String folder : List.of("run/azekura/disk", "usr/lib/azekura", "etc/rauc", "var/lib/rauc", "keys", "updates")) {
            Files.createDirectories(root.resolve(folder));
        }
        key("firmware");
        for (String slot : List.of("rootfs_A", "kernel_A", "rootfs_B", "kernel_B")) {
            Files.write(slot(slot), new byte[1 << 20]);
        }
        String variables = file("run/azekura/disk/env");
        Daemon.run(Map.of(), "grub-editenv", variables, "create");
        Daemon.run(Map.of(), "grub-editenv", variables, "set", "ORDER=A B", "A_OK=1", "A_TRY=0", "B_OK=0", "B_TRY=0");
        Files.writeString(root.resolve("run/azekura/slot"), "SLOT=A\n");
        runs("2.0.0");
        for (String program : List.of("usr/lib/azekura/update-check", "usr/lib/azekura/update-begin")) {
            Files.copy(image.resolve(program), root.resolve(program), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(root.resolve("etc/rauc/system.conf"), settings(Files.readString(image.resolve("etc/rauc/system.conf"))));
        String address = "unix:path=" + file("run/bus");
        String policy = Files.readString(image.resolve("usr/share/dbus-1/system.d/azekura.conf")).replace("user=\"azekura\"", "user=\"" + APPLIANCE + "\"");
        Files.writeString(root.resolve("run/policy.conf"), policy);
        Files.writeString(root.resolve("run/bus.conf"), BUS.formatted(address, file("run/policy.conf")));
        bus = Daemon.start(root.resolve("run/bus.log"), Map.of(), List.of("dbus-daemon", "--config-file=" + file("run/bus.conf"), "--nofork", "--nopidfile"));
        bus.await(() -> Files.exists(root.resolve("run/bus")));
        environment = Map.of("DBUS_SESSION_BUS_ADDRESS", address, "DBUS_STARTER_BUS_TYPE", "session", "AZEKURA_OS_RELEASE", file("usr/lib/os-release"),
                "AZEKURA_RUN", file("run/azekura"), "SLOT", "A");
        List<String> rauc = List.of("rauc", "-c", file("etc/rauc/system.conf"));
        service = Daemon.start(root.resolve("run/rauc.log"), environment, Stream.concat(rauc.stream(), Stream.of("--override-boot-slot=A", "service")).toList());
        service.await(() -> answers(rauc));
    }

    private static boolean hasDeviceMapper() {
        try {
            return Files.readString(Path.of("/proc/misc")).contains("device-mapper");
        } catch (IOException e) {
            return false;
        }
    }

    private boolean answers(List<String> rauc) {
        try {
            return Daemon.attempt(environment, Stream.concat(rauc.stream(), Stream.of("status")).toArray(String[]::new)) == null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The image's, with the places of this machine. */
    private String settings(String text) {
        String here = text.replaceAll("(?m)^([a-z-]+)=/", "$1=" + root + "/");
        return DEVICE_MAPPER ? here : here.replace("bundle-formats=-plain\n", "");
    }

    private String file(String name) {
        return root.resolve(name).toString();
    }

    private Path slot(String name) {
        return root.resolve("run/azekura/disk").resolve(name);
    }

    private void key(String name) throws InterruptedException {
        String certificate = file(name.equals("firmware") ? "etc/rauc/keyring.pem" : "keys/" + name + ".pem");
        Daemon.run(Map.of(), "openssl", "req", "-x509", "-newkey", "rsa:2048", "-sha256", "-nodes", "-days", "30", "-subj", "/CN=" + name, "-keyout",
                file("keys/" + name + ".key"), "-out", certificate);
    }

    public Path root() {
        return root;
    }

    /** How this machine's updater is found, and what runs. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Has another version run. */
    public void runs(String version) throws IOException {
        Files.writeString(root.resolve("usr/lib/os-release"), "ID=azekura\nIMAGE_VERSION=" + version + "\n");
    }

    /** What a slot's part begins with after an update to this version. */
    public static byte[] content(String version, String part) {
        byte[] content = new byte[300_000];
        new Random((version + part).hashCode()).nextBytes(content);
        return content;
    }

    /** One that may be installed, in the form of the image's own. */
    public Path update(String version) throws IOException, InterruptedException {
        return update(version, "azekura-x86_64", "firmware", "verity", "");
    }

    /** The same in the form that can be mounted here. */
    public Path mountable(String version, String description) throws IOException, InterruptedException {
        return update(version, "azekura-x86_64", "firmware", DEVICE_MAPPER ? "verity" : "plain", description);
    }

    /** Of other machines, or signed by somebody else. */
    public Path foreign(String compatible, String signer) throws IOException, InterruptedException {
        if (!Files.exists(root.resolve("keys/" + signer + ".key"))) {
            key(signer);
        }
        return update("3.0.0", compatible, signer, "verity", "");
    }

    private Path update(String version, String compatible, String signer, String format, String description) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(root.resolve("updates"), version + "-");
        Files.write(folder.resolve("rootfs.img"), content(version, "rootfs"));
        Files.write(folder.resolve("kernel.img"), content(version, "kernel"));
        Files.writeString(folder.resolve("manifest.raucm"), "[update]\ncompatible=" + compatible + "\nversion=" + version + "\ndescription=" + description
                + "\n\n[bundle]\nformat=" + format + "\n\n[image.rootfs]\nfilename=rootfs.img\n\n[image.kernel]\nfilename=kernel.img\n");
        Path file = folder.resolveSibling(folder.getFileName() + ".raucb");
        String certificate = file(signer.equals("firmware") ? "etc/rauc/keyring.pem" : "keys/" + signer + ".pem");
        Daemon.run(Map.of(), "rauc", "bundle", "--cert", certificate, "--key", file("keys/" + signer + ".key"), folder.toString(), file.toString());
        return file;
    }

    /**
     * Has the appliance's user, who is not root, say something to the updater.
     *
     * @return null if it went well, else what was answered
     */
    public String asAppliance(String... words) throws IOException, InterruptedException {
        for (Path folder : List.of(root.getParent(), root)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        }
        List<String> rauc = List.of("setpriv", "--reuid=" + APPLIANCE, "--clear-groups", "rauc", "-c", file("etc/rauc/system.conf"));
        return Daemon.attempt(environment, Stream.concat(rauc.stream(), Stream.of(words)).toArray(String[]::new));
    }

    /** What lies in a part of a slot, like {@code rootfs_B}. */
    public byte[] read(String part) throws IOException {
        return Files.readAllBytes(slot(part));
    }

    /** Of who may ask the system for more than its user may. */
    public Path systemDoor() {
        return root.resolve("run/azekura/system.sock");
    }

    /** What the updater's service said. */
    public String said() {
        return service.said();
    }

    @Override
    public void close() {
        service.kill();
        bus.kill();
    }
}
