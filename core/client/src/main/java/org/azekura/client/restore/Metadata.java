package org.azekura.client.restore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.RawPath;
import org.azekura.client.posix.Attribute;
import org.azekura.client.posix.Inode;
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

    /** @param inode of an open handle: what a name stands for can be changed by whoever may write the directory */
    void apply(Inode inode, Entry entry, RawPath path) {
        boolean owned = attempt("owner", path, () -> inode.chown(entry.uid(), entry.gid()));
        if (entry.type() != Entry.Type.SYMLINK) {
            // A set-id file that belongs to somebody else than it should would be a gift to him.
            int mode = owned ? entry.mode() : entry.mode() & ~SET_IDS;
            attempt("mode", path, () -> inode.chmod(mode));
        }
        if (inheritsAcl) {
            ACLS.stream().filter(acl -> entry.xattrs().stream().noneMatch(x -> Arrays.equals(x.name(), acl)))
                    .forEach(acl -> attempt(KindWarnings.kind(acl), path, () -> inode.remove(acl)));
        }
        for (Entry.Xattr xattr : entry.xattrs()) {
            attempt(KindWarnings.kind(xattr.name()), path, () -> inode.set(new Attribute(xattr.name(), xattr.value())));
        }
        if (entry.mtime() != null) {
            attempt("times", path, () -> inode.touch(entry.mtime().getEpochSecond(), entry.mtime().getNano()));
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
