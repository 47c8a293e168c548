package org.azekura.image;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import org.azekura.testkit.Daemon;

/** A host as others have it, in a machine: Debian under its systemd, with Java and the packages of this build at {@code /mnt}. Root types at its serial line ({@code src/test/host}). */
final class Host implements AutoCloseable {

    /** Of a Java that starts without help of the processor, on a machine that does other things, too. */
    static final Duration LIMIT = Duration.ofMinutes(60);
    private static final Duration MAKE = Duration.ofMinutes(20);

    private static Path made;

    private final Running running;

    private Host(Running running) {
        this.running = running;
        running.console().await("HOST up", LIMIT);
    }

    static void assume(String what) {
        Qemu.assume(what);
        Daemon.assume(what, "/usr/bin/mmdebstrap", "mmdebstrap");
        Daemon.assume(what, "/usr/bin/fakeroot", "fakeroot");
    }

    /**
     * The folder with what all hosts begin with: the disk, the kernel, and the packages in two versions. With {@code -Dazekura.image.reuse=true} as an earlier run
     * has made it.
     */
    static Path made() throws IOException {
        if (made == null) {
            made = Recipe.HERE.resolve("target/host");
            if (!Boolean.getBoolean("azekura.image.reuse") || !Files.exists(made.resolve("packages.img"))) {
                make(Recipe.fresh("host"));
            }
        }
        return made;
    }

    private static void make(Path dir) throws IOException {
        make(Recipe.HERE.resolve("src/test/host/make").toString(), Versions.TARGET.toString(), dir.toString());
        Path packages = Files.createDirectories(dir.resolve("packages"));
        make(Recipe.PROJECT + "/felix-config/src/main/packaging/make", Recipe.PROJECT + "/azekura", Recipe.PROJECT + "/felix-config/target/azekura", packages.toString());
        for (String name : List.of("azekura", "azekura-client")) {
            make(Recipe.HERE.resolve("src/test/host/newer").toString(), packages.toString(), name);
        }
        make("/usr/sbin/mke2fs", "-q", "-t", "ext4", "-d", packages.toString(), dir.resolve("packages.img").toString(), "900M");
    }

    private static void make(String... command) {
        Ran.with(MAKE, Map.of("JAVA_HOME", System.getProperty("java.home")), command).ok();
    }

    /** A new one. @param dir where they were made */
    static Host start(Path dir, String name) throws IOException {
        Path disk = dir.resolve(name);
        make("cp", "--sparse=always", dir.resolve("disk").toString(), disk.toString());
        return new Host(new Qemu("q35", 1536, 512).with("-device", "virtio-rng-pci").disk(disk, "format=raw,cache=unsafe,").disk(dir.resolve("packages.img"), "format=raw,readonly=on,")
                .kernel(dir.resolve("vmlinuz"), dir.resolve("first.gz"), "mitigations=off systemd.show_status=no").start(Files.createDirectories(dir.resolve(name + ".log"))));
    }

    /** What root types, and what is said to it. */
    Ran run(String command) throws IOException {
        long begin = System.nanoTime();
        running.console().type(command);
        MatchResult end = running.console().await("(?s)^(.*?)\n?HOST end (\\d+)\n", LIMIT);
        var ran = new Ran(Integer.parseInt(end.group(2)), end.group(1));
        System.out.printf("host: %4d s: %s%n", Duration.ofNanos(System.nanoTime() - begin).toSeconds(), command);
        return ran;
    }

    /** A property of a unit, as systemd has it. */
    String shown(String unit, String property) throws IOException {
        return run("systemctl show -P " + property + " " + unit).ok().said().strip();
    }

    /** Waits until a service that was started says that it is ready. */
    void ready(String unit) throws IOException {
        run("until journalctl --quiet --output=cat _SYSTEMD_INVOCATION_ID=$(systemctl show -P InvocationID " + unit + ") | grep '^ready'; do systemctl --quiet is-active " + unit
                + " || { journalctl --no-pager --output=cat --unit=" + unit + "; exit 1; }; sleep 2; done").ok();
    }

    @Override
    public void close() {
        running.close();
    }
}
