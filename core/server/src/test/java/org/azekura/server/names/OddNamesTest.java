package org.azekura.server.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.names.NameChange;
import org.azekura.api.names.NameDay;
import org.azekura.api.names.NameQuery;
import org.azekura.api.names.NameState;
import org.azekura.api.names.NameType;
import org.azekura.api.server.Snapshots.Wanted;
import org.azekura.catalog.sqlite.SqliteNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the index chooses by trigrams is what a pattern means, whatever is in names and patterns. */
class OddNamesTest {

    /** As macOS writes it. */
    private static final String DECOMPOSED = "/\u304b\u3099\u305d\u3099\u3046.txt";
    private static final String HALF_WIDE = "/\uff83\uff9e\uff70\uff80.csv";
    private static final List<String> PATHS = List.of(DECOMPOSED, HALF_WIDE, "/a\"b\" OR c.txt", "/x", "/[a-z]+.(x|y)", "/" + "long".repeat(63), "/NEAR(a b).*");

    @TempDir
    private Path home;
    private SqliteNames names;

    @BeforeEach
    void fill() throws BackupException {
        names = new SqliteNames(home.resolve("names"));
        NameState state = new NameState(NameType.FILE, 1, Instant.EPOCH, 0);
        names.add(ManyNames.POOL, new NameDay(new ClientName("host"), new SaveSetName("files"), ManyNames.SNAPSHOT, new ChunkId(1, 1, 1, 1), null),
                PATHS.stream().map(path -> new NameChange(RawPath.of(path), false, state)).toList(), List.of());
    }

    @AfterEach
    void close() {
        names.close();
    }

    private List<String> found(String pattern) throws BackupException {
        NamePattern parsed = NamePattern.of(pattern, false);
        FoundVersions found = new FoundVersions(new Wanted(pattern, false, null), parsed, Set.of(ManyNames.SNAPSHOT), 100);
        assertEquals(null, names.search(ManyNames.POOL, new NameQuery(parsed.pieces(), null), found));
        return found.versions().stream().map(version -> version.path().toString()).toList();
    }

    private void assertFinds(String pattern, String... paths) throws BackupException {
        assertEquals(List.of(paths), found(pattern), pattern);
    }

    @Test
    void findsNamesInWhateverFormTheyAreTyped() throws BackupException {
        assertFinds("\u304c\u305e\u3046.txt", DECOMPOSED);
        assertFinds("*\u305e\u3046.*", DECOMPOSED);
        assertFinds("\u304b\u3099*", DECOMPOSED);
        assertFinds("\u30c7\u30fc\u30bf.csv", HALF_WIDE);
        assertFinds("*\u30fc\u30bf\uff0ecsv", HALF_WIDE);
        assertFinds("/\u30c7\u30fc\u30bf.csv", HALF_WIDE);
    }

    @Test
    void takesNoPieceOfAPatternForAWordOfTheDatabase() throws BackupException {
        assertFinds("*\"b\" OR*", "/a\"b\" OR c.txt");
        assertFinds("[a-z]+.(x|y)", "/[a-z]+.(x|y)");
        assertFinds("NEAR(a b).?", "/NEAR(a b).*");
        for (String nothing : List.of("abc\u0000def", "\u0000\u0000\u0000", "*\ud800abc*", "\ud800\udfff", "\"\"\"\"", "* AND NOT *")) {
            assertFinds(nothing);
        }
    }

    @Test
    void answersTheShortestAndTheLongest() throws BackupException {
        assertFinds("x", "/x");
        assertFinds("?", "/x");
        assertEquals(PATHS.size(), found("***").size());
        assertFinds("long".repeat(63), "/" + "long".repeat(63));
        assertFinds("long".repeat(2500));
        StringBuilder all = new StringBuilder();
        for (char c = 'a'; all.length() < 10_000; c++) {
            all.append(c).append((char) (c * 7));
        }
        assertFinds(all.toString());
    }
}
