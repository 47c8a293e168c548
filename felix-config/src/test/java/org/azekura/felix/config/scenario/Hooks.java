package org.azekura.felix.config.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs that a client's owner installs, for jobs to call by name. */
final class Hooks {

    private Hooks() {}

    /** In place of one that is there. */
    static Path install(Azekura client, String name, String script) throws IOException {
        Path hooks = client.home.resolve("hooks");
        if (!Files.exists(hooks)) {
            Files.createDirectory(hooks, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path hook = Files.writeString(hooks.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
        return hook;
    }
}
