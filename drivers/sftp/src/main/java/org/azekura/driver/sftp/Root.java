package org.azekura.driver.sftp;

import java.io.IOException;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.common.SftpException;
import org.azekura.api.BackupException;

/** The folder that the setting {@code path} names. */
final class Root {

    private Root() {}

    /**
     * Makes the folder if it is not there.
     *
     * @param wasThere whether it was found before, so that its lack means that something is not mounted, or was removed
     * @throws BackupException {@code setting.path} if it cannot be had or used; {@code device.missing}
     */
    static void make(Line line, Setup setup, Folders folders, boolean wasThere) throws IOException, BackupException {
        Attributes there = there(line, setup.path());
        if (there == null && wasThere) {
            throw BackupException.operator("device.missing", setup.location(), "there is no folder " + setup.path() + " at " + setup.location()
                    + " any more; look what became of it");
        }
        if (there == null) {
            try {
                line.run(Request.mkdir(setup.path()));
                folders.sync(line, setup.path().indexOf('/') < 0 ? "." : setup.path().lastIndexOf('/') == 0 ? "/" : Folders.above(setup.path()));
            } catch (SftpException e) {
                throw Setup.refused("path", setup.path(), "it is not there and cannot be made (" + e.getMessage() + "); make it, or the folder above it, on the server");
            }
        } else if (!there.isDirectory()) {
            throw Setup.refused("path", setup.path(), "it is no folder; name one, or a new name");
        }
    }

    /** It may be a link: where backups lie is the server's business. */
    private static Attributes there(Line line, String path) throws IOException {
        try {
            return line.stat(path);
        } catch (SftpException e) {
            if (SftpFault.absent(e)) {
                return null;
            }
            throw e;
        }
    }
}
