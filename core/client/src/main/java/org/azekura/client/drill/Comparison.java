package org.azekura.client.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.DirectoryPath;
import org.azekura.client.posix.Errno;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.tree.Entry;

/** Reads one portion back from the scratch folder and compares it. One thread. */
final class Comparison {

    private final Path top;
    private final Portion portion;
    private final Rehearsal.Findings findings;
    private final Breaker breaker;
    private final Tally tally;

    Comparison(Path top, Portion portion, Rehearsal.Findings findings, Breaker breaker, Tally tally) {
        this.top = top;
        this.portion = portion;
        this.findings = findings;
        this.breaker = breaker;
        this.tally = tally;
    }

    /** @throws BackupException {@code scratch.unusable} if the folder itself can't be read */
    void run() throws BackupException {
        try (DirectoryPath path = new DirectoryPath(Walk.at(top)); Ability ability = new Ability(top)) {
            AttributeCheck attributes = new AttributeCheck(findings, ability);
            ContentCheck content = new ContentCheck(findings.differences, ability, breaker, tally);
            for (Expected expected : portion.entries()) {
                breaker.check();
                tally.step();
                compare(path, expected, attributes, content);
            }
            findUnexpected();
        } catch (IOException e) {
            throw BackupException.device("scratch.unusable", top.toString(), "what was restored to " + top + " can't be read back: " + e.getMessage(), e);
        }
    }

    private void compare(DirectoryPath path, Expected expected, AttributeCheck attributes, ContentCheck content) throws BackupException {
        RawPath saved = expected.path.saved();
        try {
            Directory above = go(path, expected.path.names());
            FileStat there = above == null ? null : above.find(expected.path.name());
            if (there == null) {
                missing(expected);
                return;
            }
            if (expected.problem != null) {
                findings.differences.add(expected.problem);
            }
            expected.inode = there.inode();
            if (attributes.compare(expected, above, there) && expected.entry.type() == Entry.Type.FILE && expected.first == null) {
                content.compare(expected, above);
            }
        } catch (PosixException e) {
            findings.differences.add(saved, "can't be read back: " + e.getMessage());
        }
        count(expected);
    }

    private void count(Expected expected) {
        if (expected.ends) {
            findings.entries++;
            if (expected.entry.type() != Entry.Type.DIRECTORY) {
                findings.files++;
                findings.bytes += expected.first == null ? expected.entry.size() : 0;
                tally.file();
            }
        }
    }

    /** Not everybody may make devices; everything else is to be there. */
    private void missing(Expected expected) {
        String why = expected.problem == null ? "is not there after the restore" : expected.problem.reason();
        boolean special = switch (expected.entry.type()) {
            case FIFO, SOCKET, BLOCK, CHARACTER -> expected.problem != null;
            case FILE, DIRECTORY, SYMLINK -> false;
        };
        (special ? findings.unmade : findings.differences).add(expected.path.saved(), why);
    }

    /** Null if it is not there. */
    private static Directory go(DirectoryPath path, List<byte[]> names) throws PosixException {
        List<byte[]> above = names.subList(0, names.size() - 1);
        try {
            path.upToward(above);
            for (byte[] name : above.subList(path.depth(), above.size())) {
                path.down(name, Directory::openBeneath);
            }
            return path.current();
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
                return null;
            }
            throw e;
        }
    }

    private void findUnexpected() throws IOException {
        Set<RawPath> ways = new HashSet<>();
        for (Expected expected : portion.entries()) {
            RawPath way = RawPath.of("/");
            for (byte[] name : expected.path.names()) {
                way = way.child(name);
                ways.add(way);
            }
        }
        Walk.run(top, new Walk.Visitor() {
            @Override
            public void entry(Walk.Found found) {
                if (!ways.contains(found.path())) {
                    findings.differences.add(found.path(), "is there after the restore, and was not saved");
                }
            }

            @Override
            public void directory(Walk.Found found) {
                entry(found);
            }
        });
    }
}
