package org.azekura.client.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Accounts;
import org.azekura.client.posix.Calls;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file costs in system calls, and that everything is as it was saved all the same. */
class RestoreCostTest {

    private static final int ROOT = 0;
    private static final Instant SAVED = Instant.ofEpochSecond(1_000_000);
    private static final int FILES = 50;
    /** Create without a name, write, set times, name, close. */
    private static final int CALLS = 5;
    /** Open, look at it, ask for its default list, a few to go there. */
    private static final int DIRECTORY_CALLS = 12;

    @TempDir
    Path dir;

    private final Problems problems = new Problems();
    private Target target;
    private Maker maker;
    private int group;

    @BeforeEach
    void open() throws Exception {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        target = Target.open(RawPath.of(dir.toAbsolutePath().toString()), true);
        group = (int) Files.getAttribute(dir, "unix:gid");
        maker = new Maker(target, Overwrite.ALWAYS, Earlier.NONE, problems, new Tally(), new Metadata(new KindWarnings()));
    }

    @AfterEach
    void close() {
        maker.close();
        target.close();
    }

    private static TargetPath path(String path) {
        return TargetPath.of(RawPath.of(path));
    }

    private Entry entry(TargetPath path, Entry.Type type, int mode, int uid, long size) {
        return new Entry(path.name(), type, mode, uid, group, "", "", size, SAVED, SAVED, 0, null, 0, 0, List.of(), new Entry.Content.None(), false);
    }

    private void directory(String at) {
        TargetPath path = path(at);
        assertTrue(maker.makeDirectory(path, entry(path, Entry.Type.DIRECTORY, 0755, Accounts.self(), 0)));
    }

    private Path file(String at, int mode, int uid, long size, String... parts) {
        TargetPath path = path(at);
        FileInMaking file = maker.file(path, entry(path, Entry.Type.FILE, mode, uid, size));
        assertTrue(maker.mayMake(path, file.entry));
        long end = 0;
        file.length = file.planned;
        file.pending = parts.length;
        for (String part : parts) {
            byte[] bytes = part.getBytes(UTF_8);
            maker.write(file, end, bytes, 0, bytes.length);
            end += bytes.length;
        }
        assertTrue(maker.finish(file));
        assertEquals(List.of(), problems.list());
        return dir.resolve(at.substring(1));
    }

    private long cost(String directory) {
        long before = Calls.made();
        for (int i = 0; i < FILES; i++) {
            file(directory + "/file" + i, 0644, Accounts.self(), 5, "saved");
        }
        return Calls.made() - before;
    }

    private static void is(Path path, int mode, int uid, int gid) throws Exception {
        Map<String, Object> found = Files.readAttributes(path, "unix:mode,uid,gid,lastModifiedTime");
        assertEquals(Integer.toOctalString(mode), Integer.toOctalString((int) found.get("mode") & 07777), path.toString());
        assertEquals(uid, found.get("uid"), path.toString());
        assertEquals(gid, found.get("gid"), path.toString());
        assertEquals(SAVED, Files.getLastModifiedTime(path).toInstant(), path.toString());
    }

    @Test
    void aSmallFileInADirectoryThatTheRestoreMadeCostsFiveCalls() throws Exception {
        directory("/new");
        long cost = cost("/new");
        assertTrue(cost <= FILES * CALLS + DIRECTORY_CALLS, cost + " calls for " + FILES + " files");
        is(dir.resolve("new/file7"), 0644, Accounts.self(), group);
    }

    @Test
    void whereSomethingMayBeAlreadyEachNameIsLookedUp() throws Exception {
        Files.createDirectory(dir.resolve("old"));
        long cost = cost("/old");
        assertTrue(cost >= FILES * (CALLS + 1) && cost <= FILES * (CALLS + 1) + DIRECTORY_CALLS, cost + " calls for " + FILES + " files");
    }

    @Test
    void inADirectoryOfSomebodyElseNothingIsTakenForGranted() throws Exception {
        assumeTrue(Accounts.self() == ROOT, "only root can give a directory away");
        Files.createDirectory(dir.resolve("theirs"));
        Files.setAttribute(dir.resolve("theirs"), "unix:uid", 12345);
        long cost = cost("/theirs");
        assertTrue(cost >= FILES * (CALLS + 3), "access lists and modes are set: " + cost + " calls for " + FILES + " files");
        is(dir.resolve("theirs/file7"), 0644, Accounts.self(), group);
    }

    @Test
    void oneThatComesInPiecesHasANameAndCostsTwoMore() throws Exception {
        directory("/new");
        long before = Calls.made();
        for (int i = 0; i < FILES; i++) {
            file("/new/file" + i, 0644, Accounts.self(), 9, "saved", "more");
        }
        // What was made is looked at, and whether it is still that; it is renamed instead of named.
        long cost = Calls.made() - before;
        assertTrue(cost >= FILES * (CALLS + 3) && cost <= FILES * (CALLS + 3) + DIRECTORY_CALLS, cost + " calls for " + FILES + " files");
    }

    @Test
    void everyModeComesBack() throws Exception {
        directory("/new");
        for (int mode : new int[] {0, 0400, 0444, 0600, 0644, 0666, 0777, 01644, 02755, 04755, 06777, 07777}) {
            is(file("/new/" + Integer.toOctalString(mode), mode, Accounts.self(), 5, "saved"), mode, Accounts.self(), group);
        }
    }

    @Test
    void filesOfOthersComeBackWithTheirSetIds() throws Exception {
        assumeTrue(Accounts.self() == ROOT, "only root can give files away");
        directory("/new");
        is(file("/new/theirs", 06755, 12345, 5, "saved"), 06755, 12345, group);
    }

    @Test
    void aDirectoryThatHandsItsGroupDownHandsNoneToTheSaved() throws Exception {
        assumeTrue(Accounts.self() == ROOT, "only root can give a directory away");
        Files.createDirectory(dir.resolve("shared"));
        Files.setAttribute(dir.resolve("shared"), "unix:gid", 12345);
        Files.setAttribute(dir.resolve("shared"), "unix:mode", 02775);
        is(file("/shared/file", 0664, Accounts.self(), 5, "saved"), 0664, Accounts.self(), group);
    }

    @Test
    void filesOfManyPartsThatAreReopenedComeBackReadOnly() throws Exception {
        directory("/new");
        TargetPath path = path("/new/readonly");
        FileInMaking first = maker.file(path, entry(path, Entry.Type.FILE, 0444, Accounts.self(), 10));
        maker.write(first, 0, "saved".getBytes(UTF_8), 0, 5);
        for (int i = 0; i < 70; i++) {
            TargetPath other = path("/new/other" + i);
            maker.write(maker.file(other, entry(other, Entry.Type.FILE, 0644, Accounts.self(), 9)), 0, "other".getBytes(UTF_8), 0, 5);
        }
        maker.write(first, 5, "again".getBytes(UTF_8), 0, 5);
        assertTrue(maker.finish(first));
        assertEquals("savedagain", Files.readString(dir.resolve("new/readonly")));
        is(dir.resolve("new/readonly"), 0444, Accounts.self(), group);
    }

    @Test
    void aFileHasItsSizeWhateverIsMissingAtItsEnd() throws Exception {
        directory("/new");
        assertEquals(0, Files.size(file("/new/empty", 0644, Accounts.self(), 0)));
        assertArrayEquals(new byte[100_000], Files.readAllBytes(file("/new/hole", 0644, Accounts.self(), 100_000)));
        assertEquals(100_000, Files.size(file("/new/end", 0644, Accounts.self(), 100_000, "saved")));
        assertEquals("saved", Files.readString(file("/new/longer", 0644, Accounts.self(), 5, "saved", "more")));
        assertEquals("savedmore", Files.readString(file("/new/whole", 0644, Accounts.self(), 9, "saved", "more")));
    }
}
