package org.azekura.image;

import static org.azekura.image.Appliance.is;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A medium that installs itself onto the disk of a machine without anybody there, and the machine from that disk alone. */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class InstallIT {

    private static final String PASSWORD = "the password of the set-up file";
    private static final String SETUP = "{\"hostname\": \"vault1\", \"password\": \"" + PASSWORD + "\", \"install\": \"auto\", \"erase\": true}\n";

    @Test
    void aMediumInstallsItselfAndTheDiskStartsAlone() throws Exception {
        Machine.assume();
        LastBuild.require();
        Path dir = Recipe.fresh("install");
        Path disk = dir.resolve("empty");
        try (var file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(5L << 30);
        }
        try (Machine machine = Machine.with(Versions.disk(), dir.resolve("medium"))) {
            Path setup = Files.writeString(dir.resolve("azekura-setup.json"), SETUP);
            Ran.of("mcopy", "-i", machine.disk() + "@@" + Recipe.place("esp"), setup.toString(), "::").ok();
            long begin = System.nanoTime();
            machine.start("-drive", "if=virtio,format=raw,cache=writethrough,file=" + disk).await("installed onto vdb: \\d+(\\.\\d)? GB", Appliance.START);
            machine.off();
            System.out.printf("image: started, installed onto another disk and off in %d s%n", Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        }
        try (Machine machine = Machine.with(disk, dir.resolve("installed"))) {
            var appliance = new Appliance(machine);
            machine.start().find("slot A +vault1\\b", Appliance.START);
            is(appliance.ready("from the disk"), Versions.FIRST, "A");
            appliance.remote.logIn(PASSWORD);
        }
    }
}
