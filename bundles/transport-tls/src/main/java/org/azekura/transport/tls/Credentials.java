package org.azekura.transport.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.identity.Identity;

/** This host's identity as it is in the home just now: one that is made or renewed needs no restart. Safe for any number of threads. */
final class Credentials {

    private final Path home;
    private final Trust trust;
    private Stamp stamp;
    private Credential current;

    private record Stamp(FileTime time, long size, Object file) {}

    Credentials(Path home, Trust trust) {
        this.home = home;
        this.trust = trust;
    }

    /** @throws BackupException {@code transport.refused} if this host has none, {@code identity.corrupt} if it can't be read */
    synchronized Credential current() throws BackupException {
        try {
            BasicFileAttributes found = Files.readAttributes(Identity.file(home), BasicFileAttributes.class);
            Stamp now = new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
            if (!now.equals(stamp)) {
                current = new Credential(Identity.load(home).orElseThrow(() -> new NoSuchFileException(home.toString())), trust);
                stamp = now;
            }
            return current;
        } catch (NoSuchFileException e) {
            throw none(e);
        } catch (IOException | GeneralSecurityException e) {
            throw BackupException.device("identity.file", home.toString(), "this host's identity can't be used: " + e, e);
        }
    }

    private BackupException none(Exception cause) {
        return new BackupException(new Failure("transport.refused", Failure.Kind.OPERATOR, true, home.toString(),
                "this host has no certificate in " + home + "; \"azekura join URL CODE\" gets one"), cause);
    }
}
