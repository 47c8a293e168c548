package org.azekura.driver.tape.sg;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.scsi.ScsiTransport;

/** A device of Linux's SCSI generic driver. @param device like {@code /dev/sg3}, or a link to it */
public record SgPath(Path device) implements ScsiPath {

    @Override
    public ScsiTransport open() throws BackupException {
        try {
            return opened();
        } catch (LinkageError e) {
            throw failed("the library for /dev/sg does not fit to this machine; build Azekura on a machine of its kind, or reach the device by iSCSI", e);
        }
    }

    private SgTransport opened() throws BackupException {
        int fd = SgNative.open(device.toString().getBytes(StandardCharsets.UTF_8));
        if (fd < 0) {
            throw failed(Linux.opening(-fd), null);
        }
        int event = SgNative.event();
        if (event < 0) {
            SgNative.close(fd);
            throw failed(Linux.named(-event), null);
        }
        return new SgTransport(fd, event);
    }

    @Override
    public String location() {
        return device.toString();
    }

    private BackupException failed(String why, Throwable cause) {
        return BackupException.device("device.io", location(), location() + ": cannot be opened: " + why, cause);
    }
}
