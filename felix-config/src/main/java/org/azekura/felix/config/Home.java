package org.azekura.felix.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one folder that holds an appliance's state: mode 0700, one process at a time. */
final class Home implements AutoCloseable {

    private final Path folder;
    private final HomeLock lock;

    private Home(Path folder, HomeLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Makes the folder if it is not there, and locks it. A folder that holds other things is refused and stays as it is. */
    static Home open(Path folder) throws StartFailure {
        try {
            new HomeFolder(folder).take();
            var home = new Home(folder, HomeLock.take(folder.resolve("lock")));
            for (Path part : new Path[] {home.etc(), home.config(), home.log(), home.run(), home.temporary()}) {
                Files.createDirectories(part);
            }
            // its files are made with the umask, and one has the password of the console's key store
            Files.setPosixFilePermissions(home.config(), HomeFolder.OWNER_ONLY);
            return home;
        } catch (IOException e) {
            throw StartFailure.failed("home " + folder + " can't be used: " + e, e);
        }
    }

    Path folder() {
        return folder;
    }

    /** Configuration files of the operator, read at each start. */
    Path etc() {
        return folder.resolve("etc");
    }

    /** What ConfigurationAdmin keeps. */
    Path config() {
        return folder.resolve("config");
    }

    /** The port at which other hosts look for this one. */
    Path transportPort() {
        return config().resolve("transport.port");
    }

    Path log() {
        return folder.resolve("log");
    }

    /** Only of use to the running process: may be deleted while nothing runs. */
    Path run() {
        return folder.resolve("run");
    }

    Path temporary() {
        return run().resolve("tmp");
    }

    Path frameworkCache() {
        return run().resolve("framework");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
