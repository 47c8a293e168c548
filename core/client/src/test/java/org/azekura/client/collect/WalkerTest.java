package org.azekura.client.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.JobId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.client.cache.CachedDirectory;
import org.azekura.client.cache.CachedEntry;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Attributes;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.DirectoryPath;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.PosixException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the walk makes of directories that change between being looked up, opened and listed. */
class WalkerTest {

    @TempDir
    Path dir;

    private final Problems problems = new Problems();
    private final List<String> found = new ArrayList<>();
    private Path root;

    @BeforeEach
    void make() throws Exception {
        root = Files.createDirectory(dir.resolve("root"));
        Files.createDirectory(root.resolve("sub"));
        Files.createFile(root.resolve("z"));
    }

    private final Harvest harvest = new Harvest() {
        @Override
        public void enter(PathBuffer path, byte[] name, FileStat stat, Attributes attributes, boolean saved, CachedEntry before, CachedDirectory parent) {
            if (saved) {
                found.add(new String(name, UTF_8) + " " + stat.type());
            }
        }

        @Override
        public void leave() {
            // The names tell enough.
        }

        @Override
        public void entry(Directory directory, PathBuffer path, byte[] name, FileStat stat, CachedEntry before, ReadFile ahead) {
            found.add(new String(name, UTF_8) + " " + stat.type());
        }
    };

    /** @return how many roots were there */
    private int walk(DirectoryPath.Opening opening) throws Exception {
        RootTree roots = RootTree.of(List.of(RawPath.of(root.toString())));
        Walker.Scope scope = new Walker.Scope(roots, new RuleSet(List.of()), false, Inodes.of(List.of()));
        Breaker breaker = new Breaker(new JobId(1));
        Meter meter = new Meter(new Readers(), System::nanoTime);
        Lookahead.Wish wish = new Lookahead.Wish(0, new RuleSet(List.of()));
        try (Lookahead ahead = new Lookahead(breaker, meter, wish, Lookahead.NO_BUDGET, AheadSource::of, System::nanoTime)) {
            return new Walker(breaker, scope, dir, harvest, problems, new Problems(), new Tally(), ahead, meter, opening).walk(null);
        }
    }

    private static boolean isSub(byte[] name) {
        return new String(name, UTF_8).equals("sub");
    }

    @Test
    void aDirectoryThatIsGoneWhenItIsOpenedIsNotThere() throws Exception {
        assertEquals(1, walk((parent, name) -> {
            if (isSub(name)) {
                parent.removeDirectory(name);
            }
            return parent.open(name);
        }));
        assertEquals(List.of("root DIRECTORY", "z FILE"), found);
        assertEquals(List.of(), problems.list());
    }

    @Test
    void aDirectoryThatHasBecomeSomethingElseIsSavedAsThat() throws Exception {
        walk((parent, name) -> {
            if (isSub(name)) {
                parent.removeDirectory(name);
                parent.makeSymlink(new byte[] {'x'}, name);
            }
            return parent.open(name);
        });
        assertEquals(List.of("root DIRECTORY", "sub SYMLINK", "z FILE"), found);
        assertEquals(List.of(), problems.list());
        found.clear();
        Files.delete(root.resolve("sub"));
        Files.createDirectory(root.resolve("sub"));
        walk((parent, name) -> {
            if (isSub(name)) {
                parent.removeDirectory(name);
                parent.makeNode(name, FileType.FIFO, 0600, 0, 0);
            }
            return parent.open(name);
        });
        assertEquals(List.of("root DIRECTORY", "sub FIFO", "z FILE"), found);
        assertEquals(List.of(), problems.list());
    }

    @Test
    void aDirectoryThatIsGoneWhenItIsListedIsEmpty() throws Exception {
        walk((parent, name) -> {
            Directory opened = parent.open(name);
            if (isSub(name)) {
                parent.removeDirectory(name);
            }
            return opened;
        });
        assertEquals(List.of("root DIRECTORY", "sub DIRECTORY", "z FILE"), found);
        assertEquals(List.of(), problems.list());
    }

    @Test
    void aDirectoryThatCannotBeOpenedIsSavedEmptyAndToldOf() throws Exception {
        walk((parent, name) -> isSub(name) ? refused(parent) : parent.open(name));
        assertEquals(List.of("root DIRECTORY", "sub DIRECTORY", "z FILE"), found);
        assertEquals(List.of(root.resolve("sub").toString()), problems.list().stream().map(PathProblem::path).map(RawPath::toString).toList());
    }

    /** Any error but those that say that it is gone. */
    private static Directory refused(Directory parent) throws PosixException {
        return parent.open("n".repeat(300).getBytes(UTF_8));
    }

    @Test
    void aRootThatIsGoneWhenItIsOpenedIsMissing() throws Exception {
        Files.delete(root.resolve("z"));
        Files.delete(root.resolve("sub"));
        assertEquals(0, walk((parent, name) -> {
            parent.removeDirectory(name);
            return parent.open(name);
        }));
        assertEquals(List.of(new PathProblem(RawPath.of(root.toString()), "does not exist")), problems.list());
    }
}
