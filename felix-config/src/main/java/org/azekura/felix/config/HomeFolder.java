package org.azekura.felix.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.identity.Identity;

/** Decides whether a folder may be a home: somebody's other folder must not get our files, and less so our mode. */
record HomeFolder(Path folder) {

    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** What may lie in a folder before its first start: settings and hooks of the operator, and what a fresh file system brings along. */
    private static final Set<String> BEFORE_FIRST_START = Set.of("etc", "hooks", "lost+found");

    /** Makes the folder, or takes one that is empty or ours, as joining makes it; gives it mode 0700 if it is this user's. */
    void take() throws IOException, StartFailure {
        if (Files.isDirectory(folder)) {
            if (!holdsLock() && !Files.isRegularFile(Identity.file(folder)) && !unused()) {
                throw StartFailure.failed("home " + folder + " is not empty and no home of an appliance; choose an empty or new folder");
            }
            if (Files.getAttribute(folder, "unix:uid").equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
                Files.setPosixFilePermissions(folder, OWNER_ONLY);
            }
        } else {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
    }

    /** A lock file of ours has a pid in it, or nothing. */
    private boolean holdsLock() throws IOException {
        Path lock = folder.resolve("lock");
        return Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS) && Files.size(lock) <= HomeLock.PID_DIGITS
                && Files.readString(lock, StandardCharsets.ISO_8859_1).matches("\\d*\\n?");
    }

    private boolean unused() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            Set<String> names = entries.limit(BEFORE_FIRST_START.size() + 1L).map(entry -> entry.getFileName().toString())
                    .collect(Collectors.toSet());
            return BEFORE_FIRST_START.containsAll(names);
        }
    }
}
