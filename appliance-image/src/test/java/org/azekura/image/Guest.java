package org.azekura.image;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A machine with the image's kernel and root, whose system starts what one test needs of this checkout's units and nothing else ({@code src/test/guest}):
 * no boot loader, no appliance, so it is up in half a minute where nothing else runs.
 */
final class Guest implements AutoCloseable {

    static final Duration START = Duration.ofMinutes(15);

    private final Running running;
    final Console console;

    private Guest(Running running) {
        this.running = running;
        this.console = running.console();
    }

    /** The image's root is taken as it was built last. */
    static void assume(String what) {
        Qemu.assume(what);
        LastBuild.require();
    }

    /**
     * @param dir      for its files
     * @param what     is done, see {@code guest/run}
     * @param hardware arguments of QEMU. Its chipset is one that has no watchdog
     */
    static Guest start(Path dir, String what, List<String> hardware) throws IOException {
        return start(dir, what, "pc", hardware);
    }

    /** The same with another chipset. */
    static Guest start(Path dir, String what, String chipset, List<String> hardware) throws IOException {
        Path first = dir.resolve("first.gz");
        Ran.of(Recipe.HERE.resolve("src/test/guest/make").toString(), Versions.TARGET.toString(), first.toString()).ok();
        return new Guest(new Qemu(chipset, 1024, 256).disk(LastBuild.part("rootfs.img"), "format=raw,readonly=on,")
                .kernel(LastBuild.part("kernel/vmlinuz"), first, "panic=0 lockdown=integrity mitigations=off systemd.gpt_auto=0 systemd.unit=guest.target guest.do=" + what)
                .with(hardware).start(dir));
    }

    /** Changes the hardware, in the words of QEMU's monitor. */
    void hardware(String order) throws IOException {
        running.hardware(order);
    }

    @Override
    public void close() {
        running.close();
    }
}
