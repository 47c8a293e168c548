package org.azekura.catalog.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.BackupException;

/**
 * Where the catalog is, and how to get in.
 *
 * @param hosts        those that stand for each other
 * @param passwordFile need not be there: some servers let a user in without
 * @param certificates a PEM file; null for the public ones
 */
record Address(List<String> hosts, int port, String database, String user, Path passwordFile, Path certificates) {

    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    /** @throws BackupException {@code setting.*}: a setting will not do */
    static Address of(PostgresCatalog.Settings settings, Path home) throws BackupException {
        List<String> hosts = Stream.of(settings.host().split(",")).map(String::strip).filter(host -> !host.isEmpty()).toList();
        if (hosts.isEmpty()) {
            throw refused("host", "it is empty; give the server's name, like db.example.net");
        }
        if (settings.port() < 1 || settings.port() > 65535) {
            throw refused("port", settings.port() + " is no port; 5432 is the usual one");
        }
        if (settings.database().isBlank() || settings.user().isBlank()) {
            throw refused(settings.database().isBlank() ? "database" : "user", "it is empty; azekura is the usual one");
        }
        Path certificates = settings.rootCertificate().isEmpty() ? null : Path.of(settings.rootCertificate());
        if (certificates != null && !(certificates.isAbsolute() && Files.isReadable(certificates))) {
            throw refused("rootCertificate", certificates + " can't be read; give the absolute path of a PEM file");
        }
        return new Address(hosts, settings.port(), settings.database(), settings.user(), home.resolve(settings.passwordFile()), certificates);
    }

    private static BackupException refused(String setting, String why) {
        return BackupException.operator("setting." + setting, setting, "setting " + setting + " of org.azekura.catalog.postgresql: " + why);
    }

    /**
     * As it is now: it may be changed while all runs.
     *
     * @return null if there is none
     * @throws BackupException {@code setting.passwordFile}: it can't be read, or others can
     */
    String password() throws BackupException {
        try {
            if (Files.getPosixFilePermissions(passwordFile).stream().anyMatch(OF_OTHERS::contains)) {
                throw refused("passwordFile", passwordFile + " is open to others; say: chmod 600 " + passwordFile);
            }
            return Files.readString(passwordFile).strip();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw refused("passwordFile", passwordFile + " can't be read: " + e);
        }
    }

    /** For people; no secret. */
    String place() {
        return String.join(",", hosts) + ":" + port + "/" + database;
    }
}
