package org.azekura.client.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Accounts;
import org.azekura.client.posix.Attribute;
import org.azekura.client.posix.Directories;
import org.azekura.client.posix.Directory;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do in the target while a restore is at work. */
class RestoreMakerTest {

    private static final int MODE = 04755;
    private static final Instant SAVED = Instant.ofEpochSecond(1_000_000);

    @TempDir
    Path dir;

    private final Problems problems = new Problems();
    private Target target;
    private Maker maker;
    private int group;

    @BeforeEach
    void open() throws Exception {
        target = Target.open(RawPath.of(dir.toAbsolutePath().toString()), true);
        group = (int) Files.getAttribute(dir, "unix:gid");
        use(Overwrite.ALWAYS);
    }

    @AfterEach
    void close() {
        maker.close();
        target.close();
    }

    private void use(Overwrite overwrite) {
        maker = new Maker(target, overwrite, Earlier.NONE, problems, new Tally(), new Metadata(new KindWarnings()));
    }

    private static TargetPath path(String path) {
        return TargetPath.of(RawPath.of(path));
    }

    private Entry entry(TargetPath path, Entry.Type type, int mode) {
        return new Entry(path.name(), type, mode, Accounts.self(), group, "", "", type == Entry.Type.FILE ? 5 : 0, SAVED, SAVED, 0,
                type == Entry.Type.SYMLINK ? "to".getBytes(UTF_8) : null, 0, 0, List.of(), new Entry.Content.None(), false);
    }

    /** A file that has its data and waits for its place. */
    private FileInMaking written(String at) {
        TargetPath path = path(at);
        FileInMaking file = maker.file(path, entry(path, Entry.Type.FILE, MODE));
        assertTrue(maker.mayMake(path, file.entry));
        maker.write(file, 0, "saved".getBytes(UTF_8), 0, 5);
        return file;
    }

    /** The same that comes in one piece and so has no name. */
    private FileInMaking unnamed(String at) throws Exception {
        TargetPath path = path(at);
        FileInMaking file = maker.file(path, entry(path, Entry.Type.FILE, MODE));
        assertTrue(maker.mayMake(path, file.entry));
        file.length = file.planned;
        file.pending = 1;
        maker.write(file, 0, "saved".getBytes(UTF_8), 0, 5);
        file.pending = 0;
        assertTrue(file.unnamed, "this file system gives every file a name: this proves nothing");
        assertFalse(Files.exists(temporary(file)));
        return file;
    }

    @Test
    void aFileWithoutANameFollowsThePolicyLikeOthers() throws Exception {
        use(Overwrite.NEVER);
        FileInMaking never = unnamed("/never");
        Files.writeString(dir.resolve("never"), "new");
        assertFalse(maker.finish(never));
        use(Overwrite.OLDER);
        FileInMaking older = unnamed("/older");
        Files.writeString(dir.resolve("older"), "old");
        Files.setLastModifiedTime(dir.resolve("older"), FileTime.from(SAVED.minusSeconds(1)));
        assertTrue(maker.finish(older));
        FileInMaking newer = unnamed("/newer");
        Files.writeString(dir.resolve("newer"), "new");
        assertFalse(maker.finish(newer));
        use(Overwrite.ALWAYS);
        FileInMaking always = unnamed("/always");
        Files.writeString(dir.resolve("always"), "new");
        assertTrue(maker.finish(always));
        FileInMaking link = unnamed("/link");
        Files.createSymbolicLink(dir.resolve("link"), dir.resolve("never"));
        assertTrue(maker.finish(link));
        FileInMaking directory = unnamed("/directory");
        Files.createDirectory(dir.resolve("directory"));
        assertFalse(maker.finish(directory));
        assertEquals(List.of("new", "saved", "new", "saved", "saved"), List.of(Files.readString(dir.resolve("never")), Files.readString(dir.resolve("older")),
                Files.readString(dir.resolve("newer")), Files.readString(dir.resolve("always")), Files.readString(dir.resolve("link"))));
        assertFalse(Files.isSymbolicLink(dir.resolve("link")));
        assertEquals(List.of("/never: exists, kept", "/newer: exists and is not older, kept", "/directory: a directory is in the way, kept"), told());
        assertEquals(List.of("always", "directory", "link", "never", "newer", "older"), names());
    }

    @Test
    void aFileWithoutANameLeavesNothingIfItIsNotFinished() throws Exception {
        FileInMaking file = unnamed("/file");
        maker.abandon(file);
        assertEquals(List.of(), names());
        assertEquals(List.of(), told());
    }

    private List<String> told() {
        return problems.list().stream().map(p -> p.path() + ": " + p.reason()).toList();
    }

    private List<String> names() throws Exception {
        try (var names = Files.list(dir)) {
            return names.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private Path temporary(FileInMaking file) {
        return dir.resolve(new String(file.temporary, UTF_8));
    }

    /** Puts another file in the place of one in making. */
    private Path swap(FileInMaking file) throws Exception {
        Files.move(temporary(file), dir.resolve("stolen"));
        Files.writeString(temporary(file), "evil");
        Files.setPosixFilePermissions(temporary(file), PosixFilePermissions.fromString("rwxrwxrwx"));
        return temporary(file);
    }

    @Test
    void whatTookThePlaceOfAFileInMakingGetsNeitherItsAttributesNorItsName() throws Exception {
        FileInMaking file = written("/file");
        Path evil = swap(file);
        assertFalse(maker.finish(file));
        assertEquals(0777, (int) Files.getAttribute(evil, "unix:mode") & 07777);
        assertEquals("evil", Files.readString(evil));
        assertFalse(Files.exists(dir.resolve("file")));
        assertEquals(List.of("/file: cannot be restored: somebody else has replaced or removed what was being made"), told());
    }

    @Test
    void whatTookThePlaceOfAFileInMakingIsNotWritten() throws Exception {
        FileInMaking file = written("/file");
        List<FileInMaking> others = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            others.add(written("/other" + i));
        }
        Path evil = swap(file);
        maker.write(file, 0, "SAVED".getBytes(UTF_8), 0, 5);
        assertEquals("evil", Files.readString(evil));
        assertTrue(file.broken);
        others.forEach(other -> assertTrue(maker.finish(other)));
        assertEquals("saved", Files.readString(dir.resolve("other0")));
        assertEquals(MODE, (int) Files.getAttribute(dir.resolve("other0"), "unix:mode") & 07777);
        assertEquals(List.of("/file: cannot be restored: somebody else has replaced or removed what was being made"), told());
    }

    @Test
    void noTwoTemporaryNamesAreTheSame() {
        assertFalse(new String(written("/file").temporary, UTF_8).equals(new String(written("/file").temporary, UTF_8)));
    }

    @Test
    void whatAnotherRestoreHasInMakingIsNoLeftover() throws Exception {
        FileInMaking file = written("/file");
        Maker first = maker;
        use(Overwrite.ALWAYS);
        assertTrue(maker.finish(written("/second")));
        assertTrue(Files.exists(temporary(file)));
        first.close();
        maker.close();
        use(Overwrite.ALWAYS);
        assertTrue(maker.finish(written("/third")));
        assertEquals(List.of("second", "third"), names());
    }

    @Test
    void neverKeepsWhatAppearsMeanwhile() throws Exception {
        use(Overwrite.NEVER);
        FileInMaking file = written("/file");
        Files.writeString(dir.resolve("file"), "new");
        assertFalse(maker.finish(file));
        TargetPath link = path("/link");
        assertTrue(maker.makeSpecial(link, entry(link, Entry.Type.SYMLINK, 0777)));
        assertFalse(maker.makeSpecial(link, entry(link, Entry.Type.SYMLINK, 0777)));
        assertTrue(maker.link(link, path("/second")));
        Files.writeString(dir.resolve("third"), "new");
        assertFalse(maker.link(link, path("/third")));
        assertEquals("new", Files.readString(dir.resolve("file")));
        assertEquals("new", Files.readString(dir.resolve("third")));
        assertEquals(List.of("/file: exists, kept", "/link: exists, kept", "/third: exists, kept"), told());
        assertEquals(List.of("file", "link", "second", "third"), names());
    }

    @Test
    void olderKeepsWhatBecomesNewMeanwhile() throws Exception {
        use(Overwrite.OLDER);
        Files.writeString(dir.resolve("file"), "old");
        Files.writeString(dir.resolve("stays"), "old");
        for (String name : List.of("file", "stays")) {
            Files.setLastModifiedTime(dir.resolve(name), FileTime.from(SAVED.minusSeconds(1)));
        }
        FileInMaking file = written("/file");
        FileInMaking stays = written("/stays");
        Files.writeString(dir.resolve("file"), "new");
        assertFalse(maker.finish(file));
        assertTrue(maker.finish(stays));
        assertEquals("new", Files.readString(dir.resolve("file")));
        assertEquals("saved", Files.readString(dir.resolve("stays")));
        assertEquals(List.of("/file: exists and is not older, kept"), told());
        assertEquals(List.of("file", "stays"), names());
    }

    @Test
    void anAccessListThatADirectoryHandsDownIsTakenAway() throws Exception {
        Files.createDirectory(dir.resolve("sub"));
        ByteBuffer acl = ByteBuffer.allocate(4 + 5 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
        for (int[] e : new int[][] {{1, 7, -1}, {2, 7, 12345}, {4, 5, -1}, {16, 7, -1}, {32, 5, -1}}) {
            acl.putShort((short) e[0]).putShort((short) e[1]).putInt(e[2]);
        }
        try (Directory sub = Directories.open(dir.resolve("sub"))) {
            sub.attributes().set(new Attribute("system.posix_acl_default".getBytes(UTF_8), acl.array()));
            assertTrue(maker.finish(written("/sub/file")));
            TargetPath fifo = path("/sub/fifo");
            assertTrue(maker.makeSpecial(fifo, entry(fifo, Entry.Type.FIFO, 0640)));
            TargetPath below = path("/sub/below");
            assertTrue(maker.makeDirectory(below, entry(below, Entry.Type.DIRECTORY, 0750)));
            maker.finishDirectory(below, entry(below, Entry.Type.DIRECTORY, 0750));
            for (String name : List.of("file", "fifo", "below")) {
                assertEquals(List.of(), sub.attributes(name.getBytes(UTF_8)).list(), name);
            }
            assertEquals(MODE, sub.stat("file".getBytes(UTF_8)).mode());
            assertEquals(0640, sub.stat("fifo".getBytes(UTF_8)).mode());
            assertEquals(0750, sub.stat("below".getBytes(UTF_8)).mode());
        }
    }
}
