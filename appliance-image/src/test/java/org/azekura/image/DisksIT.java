package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Disks of another machine asked for their health, by the image's smartctl within its unit's sandbox. One of them becomes unreliable meanwhile. */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class DisksIT {

    @TempDir
    Path dir;

    @BeforeAll
    static void make() {
        Guest.assume("the health of disks");
    }

    private List<String> disk(String name, String device) throws Exception {
        Path file = Files.write(dir.resolve(name), new byte[1 << 20]);
        return List.of("-drive", "if=none,format=raw,id=" + name + ",file=" + file, "-device", device + ",drive=" + name);
    }

    private static String state(Guest guest, String serial) {
        return guest.console.find("GUEST /dev/\\w+\\|\\w+\\|[^|]*\\|" + serial + "\\|\\d*\\|(\\w+)\\|", Guest.START).group(1);
    }

    @Test
    void eachKindIsAskedAndOneThatBecomesUnreliableIsFailing() throws Exception {
        List<String> hardware = new ArrayList<>(List.of("-device", "ich9-ahci,id=ahci", "-device", "virtio-scsi-pci"));
        hardware.addAll(disk("n", "nvme,serial=N1,id=flash"));
        hardware.addAll(disk("a", "ide-hd,bus=ahci.0,serial=A1"));
        hardware.addAll(disk("s", "scsi-hd,serial=S1"));
        try (Guest guest = Guest.start(dir, "disks", hardware)) {
            assertEquals(List.of("good", "good", "unknown"), List.of(state(guest, "N1"), state(guest, "A1"), state(guest, "S1")));
            guest.console.await("GUEST asked", Guest.START);
            guest.hardware("qom-set /machine/peripheral/flash smart_critical_warning 4");
            guest.console.type("");
            assertEquals(List.of("failing", "good"), List.of(state(guest, "N1"), state(guest, "A1")));
        }
    }
}
