package org.azekura.cli.contact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.api.server.Drivers;
import org.azekura.api.server.Firmware;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;

/** Files that are sent to the appliance whole. */
public final class Upload {

    private Upload() {}

    /** @throws CommandFailure {@link Exit#USAGE} if this can be no driver package, {@link Exit#REFUSED} if it is larger than one may be */
    public static Body driverPackage(Path file) {
        return bounded(file, Drivers.MAX_PACKAGE, "the driver package", "no driver package at all: ", "; \"azekura driver pack\" makes one");
    }

    /** @throws CommandFailure as {@link #driverPackage} */
    public static Body update(Path file) {
        return bounded(file, Firmware.MAX_UPDATE, "the update", "no update at all: ", "");
    }

    private static Body bounded(Path file, long most, String what, String none, String advice) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw CommandFailure.usage(file + ": " + none + (Files.isDirectory(file) ? "it is a folder" : !Files.exists(file) ? "there is no such file"
                    : Files.isRegularFile(file) ? "permission to read it is denied" : "it is no file") + advice);
        }
        try {
            Body body = Body.of(file);
            if (body.length() > most) {
                throw new CommandFailure(Exit.REFUSED, file + ": " + what + " is refused: it has " + body.length() + " bytes; at most " + most + " are taken");
            }
            if (body.length() == 0) {
                throw CommandFailure.usage(file + ": " + none + "it is empty" + advice);
            }
            return body;
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILED, "cannot read " + file + ": " + e, e);
        }
    }

    /** @throws CommandFailure if it can't be read */
    public static Body file(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw CommandFailure.failed(Files.exists(file) ? file + " is no file" : "there is no file " + file);
            }
            return Body.of(file);
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILED, "cannot read " + file + ": " + e, e);
        }
    }
}
