package org.azekura.driver.tape;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Library;
import org.azekura.driver.tape.iscsi.IscsiPath;
import org.azekura.driver.tape.scsi.ScsiAddress;
import org.azekura.driver.tape.scsi.ScsiPath;

/** Drives and a robot for a program that is no appliance. */
public final class PlainLibrary {

    private static final int LONGEST_BLOCK = 1 << 20;

    private PlainLibrary() {}

    /**
     * Nothing is connected before it is used. What it returns is {@link AutoCloseable}.
     *
     * @param changer address of the robot, null for none
     * @param drives  addresses, at least one, like {@code /dev/sg4} or {@code iscsi://HOST:3260/TARGET/LUN}
     * @param chapFile with an account for iSCSI targets, as the setting of that name has it; empty: none
     * @throws BackupException {@code setting.*}
     */
    public static Library open(String changer, List<String> drives, String chapFile) throws BackupException {
        List<ScsiPath> paths = new ArrayList<>();
        for (String url : new LinkedHashSet<>(drives)) {
            paths.add(IscsiPath.known(ScsiAddress.parse("drives", url), chapFile));
        }
        Optional<ScsiPath> robot = changer == null ? Optional.empty() : Optional.of(IscsiPath.known(ScsiAddress.parse("changer", changer), chapFile));
        return new TapeLibrary(new TapeLibrary.Setup(robot, paths, List.of(), LONGEST_BLOCK, true, HostKey.own()));
    }
}
