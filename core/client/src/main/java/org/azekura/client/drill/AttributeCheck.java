package org.azekura.client.drill;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.azekura.api.RawPath;
import org.azekura.client.posix.Attribute;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.PosixException;
import org.azekura.client.restore.KindWarnings;
import org.azekura.engine.tree.Entry;

/** Compares everything of an entry but its content with what was saved. What the restore could not set is not compared; that is told elsewhere. One thread. */
final class AttributeCheck {

    private static final int SET_IDS = 06000;

    private final Rehearsal.Findings findings;
    private final Ability ability;

    AttributeCheck(Rehearsal.Findings findings, Ability ability) {
        this.findings = findings;
        this.ability = ability;
    }

    /** @return whether it is of the kind that was saved, so that its content can be looked at */
    boolean compare(Expected expected, Directory above, FileStat there) throws PosixException {
        Entry saved = expected.entry;
        FileType kind = FileType.valueOf(saved.type().name());
        if (there.type() != kind) {
            differs(expected, "kind", kind, there.type());
            return false;
        }
        boolean owned = !expected.isUnset("owner");
        if (owned && (there.uid() != saved.uid() || there.gid() != saved.gid())) {
            differs(expected, "owner", owner(saved.uid(), saved.gid()), owner(there.uid(), there.gid()));
        }
        if (kind != FileType.SYMLINK) {
            mode(expected, owned ? saved.mode() : saved.mode() & ~SET_IDS, there.mode());
        }
        times(expected, there);
        attributes(expected, above.attributes(expected.path.name()).list());
        switch (saved.type()) {
            case FILE -> same(expected, "size", saved.size(), there.size());
            case SYMLINK -> same(expected, "target", new RawPath(saved.target()), new RawPath(above.readLink(expected.path.name())));
            case BLOCK, CHARACTER -> same(expected, "device", saved.major() + ":" + saved.minor(), there.major() + ":" + there.minor());
            case DIRECTORY, FIFO, SOCKET -> { }
        }
        if (kind != FileType.DIRECTORY) {
            names(expected, there);
        }
        return true;
    }

    private void mode(Expected expected, int saved, int there) {
        if (saved == there || expected.isUnset("mode")) {
            return;
        }
        if (ability.holdsMode(saved)) {
            differs(expected, "mode", Integer.toOctalString(saved), Integer.toOctalString(there));
        } else {
            findings.unheld.add(expected.path.saved(), "mode", "the scratch place keeps no mode " + Integer.toOctalString(saved));
        }
    }

    private void times(Expected expected, FileStat there) {
        if (expected.entry.mtime() == null || expected.isUnset("times") || there.mtime().equals(expected.entry.mtime())) {
            return;
        }
        if (ability.holds(expected.entry.mtime())) {
            differs(expected, "time of modification", expected.entry.mtime(), there.mtime());
        } else {
            findings.unheld.add(expected.path.saved(), "times", "the scratch place keeps no time " + expected.entry.mtime());
        }
    }

    private void attributes(Expected expected, List<Attribute> there) {
        for (Entry.Xattr saved : expected.entry.xattrs()) {
            if (!expected.isUnset(KindWarnings.kind(saved.name()))) {
                byte[] found = there.stream().filter(one -> Arrays.equals(one.name(), saved.name())).map(Attribute::value).findFirst().orElse(null);
                if (!Arrays.equals(found, saved.value())) {
                    tell(expected, "the extended attribute " + new RawPath(saved.name()) + (found == null ? " is not there" : " is not as it was saved"));
                }
            }
        }
        for (Attribute one : there) {
            String name = new String(one.name(), StandardCharsets.ISO_8859_1);
            if (isOurs(name) && expected.entry.xattrs().stream().noneMatch(saved -> Arrays.equals(saved.name(), one.name())) && !expected.isUnset(KindWarnings.kind(one.name()))) {
                tell(expected, "the extended attribute " + new RawPath(one.name()) + " is there, and was not saved");
            }
        }
    }

    /** Labels that a system gives by itself are not. */
    private static boolean isOurs(String name) {
        return name.startsWith("user.") || name.startsWith("trusted.") || name.startsWith("system.posix_acl_") || name.equals("security.capability");
    }

    private void names(Expected expected, FileStat there) {
        Expected first = expected.first == null ? expected : expected.first;
        if (first != expected && first.inode != there.inode()) {
            tell(expected, "is not the same file as " + first.path.saved() + ", of which it is another name");
        } else if (first == expected) {
            same(expected, "number of names", first.names, there.links());
        }
    }

    private void same(Expected expected, String what, Object saved, Object there) {
        if (!Objects.equals(saved, there)) {
            differs(expected, what, saved, there);
        }
    }

    private void differs(Expected expected, String what, Object saved, Object there) {
        tell(expected, what + " " + there + " is there, " + saved + " was saved");
    }

    private void tell(Expected expected, String what) {
        findings.differences.add(expected.path.saved(), what);
    }

    private static String owner(int uid, int gid) {
        return Integer.toUnsignedString(uid) + ":" + Integer.toUnsignedString(gid);
    }
}
