package org.azekura.cli.contact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.api.server.Drivers;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;

/** Files that are sent to the appliance whole. */
public final class Upload {

    private Upload() {}

    /** @throws CommandFailure {@link Exit#USAGE} if this can be no driver package, {@link Exit#REFUSED} if it is larger than one may be */
    public static Body driverPackage(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw none(file, Files.isDirectory(file) ? "it is a folder" : !Files.exists(file) ? "there is no such file"
                    : Files.isRegularFile(file) ? "permission to read it is denied" : "it is no file");
        }
        try {
            Body body = Body.of(file);
            if (body.length() > Drivers.MAX_PACKAGE) {
                throw new CommandFailure(Exit.REFUSED, file + ": the driver package is refused: it has " + body.length() + " bytes; at most "
                        + Drivers.MAX_PACKAGE + " are taken");
            }
            if (body.length() == 0) {
                throw none(file, "it is empty");
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

    private static CommandFailure none(Path file, String why) {
        return CommandFailure.usage(file + ": no driver package at all: " + why + "; \"azekura driver pack\" makes one");
    }
}
