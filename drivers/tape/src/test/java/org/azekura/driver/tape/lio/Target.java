package org.azekura.driver.tape.lio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.ScsiPath;

/**
 * One drive that two hosts reach: each has a SCSI bus of its own ({@code tcm_loop}), and a {@code /dev/sgN} there. Stays as long as the kernel runs.
 */
public final class Target {

    private static final Path CONFIG = Path.of("/sys/kernel/config/target");
    private static final Path DRIVE = CONFIG.resolve("core/user_0/drive");
    private static final Path UIO = Path.of("/sys/class/uio/uio0/maps/map0/size");
    private static final int HOSTS = 2;

    private Target() {}

    /** @param drive answers all commands but those of reservation, which do not reach it */
    public static void make(ScsiPath drive) throws IOException, BackupException {
        Files.createDirectories(DRIVE);
        Files.writeString(DRIVE.resolve("control"), "dev_config=azekura/drive,dev_size=1048576");
        Files.writeString(DRIVE.resolve("enable"), "1");
        Ring ring = Ring.map("/dev/uio0", Long.decode(Files.readString(UIO).strip()));
        Thread.ofPlatform().daemon().name("drive behind the kernel's target").start(new Service(ring, drive.open()));
        for (int host = 1; host <= HOSTS; host++) {
            Path group = Files.createDirectories(CONFIG.resolve("loopback/naa.500140500000000" + host + "/tpgt_1"));
            Files.writeString(group.resolve("nexus"), "naa.500140510000000" + host);
            Files.createSymbolicLink(Files.createDirectory(group.resolve("lun/lun_0")).resolve("drive"), DRIVE);
        }
    }
}
