package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 5: the exact list of what would be saved. */
@ExtendWith(Shared.class)
class RulesIT {

    private Workspace workspace;
    private Path source;

    @BeforeEach
    void makeTree() throws Exception {
        workspace = new Workspace(RulesIT.class);
        source = workspace.directory("source");
        for (String directory : List.of("sub/keep", "cache/deep", "build/out", "other")) {
            Files.createDirectories(source.resolve(directory));
        }
        for (String file : List.of("text", "a.tmp", "sub/b.tmp", "sub/keep/c.tmp", "sub/d.o", "cache/deep/x", "build/.nobackup", "build/out/y",
                "other/cache.txt", "other/z1.a", "other/z2.c", "small.bin")) {
            Files.writeString(source.resolve(file), "content");
        }
        Files.write(source.resolve("big.bin"), new byte[(1 << 20) + 1]);
        Files.write(source.resolve("just.bin"), new byte[1 << 20]);
    }

    @AfterEach
    void clean() {
        workspace.close();
    }

    @Test
    void withoutRulesEverythingIsSaved(Azekura azekura) {
        assertEquals(sorted("a.tmp", "big.bin", "build", "build/.nobackup", "build/out", "build/out/y", "cache", "cache/deep", "cache/deep/x",
                "just.bin", "other", "other/cache.txt", "other/z1.a", "other/z2.c", "small.bin", "sub", "sub/b.tmp", "sub/d.o", "sub/keep",
                "sub/keep/c.tmp", "text"), listed(azekura));
    }

    @Test
    void globRegexSizeAndMarkerLeaveOutExactlyWhatTheyName(Azekura azekura) {
        assertEquals(sorted("just.bin", "other", "other/cache.txt", "other/z2.c", "small.bin", "sub", "sub/keep", "sub/keep/c.tmp", "text"),
                listed(azekura, "--include", "re:/keep/.*\\.tmp$", "--exclude", "*.tmp", "--exclude", "re:/sub/[^/]*\\.o$", "--exclude", "cache",
                        "--exclude", "larger:1MiB", "--exclude", "marker:.nobackup", "--exclude", source + "/**/z?.[ab]"));
    }

    @Test
    void theFirstRuleThatMatchesWins(Azekura azekura) {
        Set<String> all = listed(azekura);
        all.removeAll(Set.of("a.tmp", "sub/b.tmp", "sub/keep/c.tmp"));
        assertEquals(all, listed(azekura, "--exclude", "*.tmp", "--include", "c.tmp"));
        all.add("sub/keep/c.tmp");
        assertEquals(all, listed(azekura, "--include", "c.tmp", "--exclude", "*.tmp"));
    }

    @Test
    void anotherFileSystemIsSavedAsAnEmptyDirectory(Azekura azekura) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(Tree.ROOT, "only root can mount");
        Set<String> all = listed(azekura);
        Path mounted = workspace.mount("tmpfs", "size=1m", "source/mounted");
        Files.writeString(mounted.resolve("inside"), "on another file system");
        all.add("mounted");
        assertEquals(all, listed(azekura, "--one-file-system"));
        all.add("mounted/inside");
        assertEquals(all, listed(azekura));
    }

    @Test
    void aDryRunChangesNothing(Azekura azekura) throws Exception {
        var volume = Azekura.files(azekura.home.resolve("pools/default"));
        JsonNode snapshots = azekura.json(0, "snapshot", "list");
        listed(azekura);
        assertEquals(volume, Azekura.files(azekura.home.resolve("pools/default")));
        assertEquals(snapshots, azekura.json(0, "snapshot", "list"));
    }

    @Test
    void whatTheRulesLeaveIsWhatIsRestored(Azekura azekura) {
        String[] rules = {"--exclude", "cache", "--exclude", "*.tmp"};
        Set<String> wanted = listed(azekura, rules);
        Path restored = azekura.restore(azekura.backup(source, rules), source, workspace.path("target"));
        Set<String> found = new TreeSet<>();
        Tree.list(restored).forEach(line -> found.add(Names.escaped(line.split(" ")[0])));
        found.remove(".");
        assertEquals(wanted, found);
    }

    /** What a dry run names below the source. */
    private Set<String> listed(Azekura azekura, String... rules) {
        List<String> command = new ArrayList<>(List.of("backup", "--dry-run"));
        command.addAll(Arrays.asList(rules));
        command.add(source.toString());
        Set<String> names = new TreeSet<>();
        for (JsonNode path : azekura.json(0, command.toArray(String[]::new)).get("listed")) {
            String name = Names.percent(path.asText());
            if (name.startsWith(source + "/")) {
                names.add(name.substring(source.toString().length() + 1));
            }
        }
        return names;
    }

    private static Set<String> sorted(String... names) {
        return new TreeSet<>(Arrays.asList(names));
    }
}
