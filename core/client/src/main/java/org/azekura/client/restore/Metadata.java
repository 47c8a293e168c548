package org.azekura.client.restore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.RawPath;
import org.azekura.client.posix.Attribute;
import org.azekura.client.posix.Attributes;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.tree.Entry;

/**
 * Gives entries their saved attributes. The order matters: owner (which clears set-ids and capabilities), mode, extended attributes,
 * times.
 */
final class Metadata {

    private static final int SET_IDS = 06000;
    private static final List<byte[]> ACLS = List.of("system.posix_acl_access".getBytes(StandardCharsets.US_ASCII),
            "system.posix_acl_default".getBytes(StandardCharsets.US_ASCII));

    private final KindWarnings warnings;
    private final boolean inheritsAcl;

    /** @param inheritsAcl whether new entries may have access control lists that were not saved */
    Metadata(KindWarnings warnings, boolean inheritsAcl) {
        this.warnings = warnings;
        this.inheritsAcl = inheritsAcl;
    }

    /** @param name what it is called just now in {@code directory} */
    void apply(Directory directory, byte[] name, Entry entry, RawPath path) {
        boolean owned = attempt("owner", path, () -> directory.chown(name, entry.uid(), entry.gid()));
        if (entry.type() != Entry.Type.SYMLINK) {
            // A set-id file that belongs to somebody else than it should would be a gift to him.
            int mode = owned ? entry.mode() : entry.mode() & ~SET_IDS;
            attempt("mode", path, () -> directory.chmod(name, mode));
        }
        Attributes attributes = directory.attributes(name);
        if (inheritsAcl) {
            ACLS.stream().filter(acl -> entry.xattrs().stream().noneMatch(x -> Arrays.equals(x.name(), acl)))
                    .forEach(acl -> attempt(KindWarnings.kind(acl), path, () -> attributes.remove(acl)));
        }
        for (Entry.Xattr xattr : entry.xattrs()) {
            attempt(KindWarnings.kind(xattr.name()), path, () -> attributes.set(new Attribute(xattr.name(), xattr.value())));
        }
        if (entry.mtime() != null) {
            attempt("times", path, () -> directory.touch(name, entry.mtime().getEpochSecond(), entry.mtime().getNano()));
        }
    }

    private interface Step {
        void run() throws PosixException;
    }

    private boolean attempt(String kind, RawPath path, Step step) {
        try {
            step.run();
            return true;
        } catch (PosixException e) {
            warnings.add(kind, path, e.reason());
            return false;
        }
    }
}
