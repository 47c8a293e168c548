package org.azekura.client.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetTest {

    private static FileStat stat(FileType type, long size) {
        return new FileStat(type, 0644, 0, 0, 1, 1, 1, size, size, 0, 0, 0, 0, 0);
    }

    private static boolean saves(String path, FileStat stat, Rule... rules) throws BackupException {
        byte[] name = path.substring(path.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8);
        return new RuleSet(List.of(rules)).saves(RawPath.of(path), name, stat, marker -> new String(marker, StandardCharsets.UTF_8).equals("there"));
    }

    @ParameterizedTest
    @CsvSource({
            "*.tmp,          /a/b.tmp,        true",
            "*.tmp,          /a/b.tmpx,       false",
            "*.tmp,          /a.tmp/b,        false",
            "b?c,            /a/b桜c,         true",
            "b?c,            /a/bc,           false",
            "[a-c]x,         /bx,             true",
            "[!a-c]x,        /bx,             false",
            "[!a-c]x,        /dx,             true",
            "/srv/*.o,       /srv/x.o,        true",
            "/srv/*.o,       /srv/y/x.o,      false",
            "/srv/**.o,      /srv/y/x.o,      true",
            "/srv/**/x,      /srv/x,          true",
            "/srv/**/x,      /srv/a/b/x,      true",
            "/srv/**/x,      /srv/abx,        false",
            "target/classes, /a/target/classes, true",
            "target/classes, /a/mytarget/classes, false",
            "target/classes, /target/classes, true",
            "a.b,            /axb,            false",
            "x\\*,           /x*,             true",
            "x\\*,           /xy,             false",
            "[x,             /[x,             true",
    })
    void globsMatchNamesOrPaths(String glob, String path, boolean matches) throws Exception {
        assertEquals(!matches, saves(path, stat(FileType.FILE, 1), new Rule(false, Rule.Kind.GLOB, glob)), glob + " against " + path);
    }

    @Test
    void theFirstMatchDecidesAndWithoutOneItIsSaved() throws Exception {
        Rule[] rules = {new Rule(true, Rule.Kind.GLOB, "keep*"), new Rule(false, Rule.Kind.GLOB, "*.tmp"), new Rule(true, Rule.Kind.GLOB, "a.tmp")};
        assertEquals(true, saves("/keep.tmp", stat(FileType.FILE, 1), rules));
        assertEquals(false, saves("/a.tmp", stat(FileType.FILE, 1), rules));
        assertEquals(true, saves("/a.txt", stat(FileType.FILE, 1), rules));
    }

    @Test
    void sizeIsOfFilesAndMarkersAreOfDirectories() throws Exception {
        Rule larger = new Rule(false, Rule.Kind.LARGER, "100");
        assertEquals(true, saves("/a", stat(FileType.FILE, 100), larger));
        assertEquals(false, saves("/a", stat(FileType.FILE, 101), larger));
        assertEquals(true, saves("/a", stat(FileType.DIRECTORY, 4096), larger));
        assertEquals(false, saves("/a", stat(FileType.DIRECTORY, 0), new Rule(false, Rule.Kind.MARKER, "there")));
        assertEquals(true, saves("/a", stat(FileType.DIRECTORY, 0), new Rule(false, Rule.Kind.MARKER, "not there")));
        assertEquals(true, saves("/a", stat(FileType.FILE, 0), new Rule(false, Rule.Kind.MARKER, "there")));
    }

    @Test
    void aSlashAtTheEndMeansADirectory() throws Exception {
        Rule rule = new Rule(false, Rule.Kind.GLOB, "cache/");
        assertEquals(false, saves("/a/cache", stat(FileType.DIRECTORY, 0), rule));
        assertEquals(true, saves("/a/cache", stat(FileType.FILE, 0), rule));
    }

    @Test
    void aRuleThatCannotBeReadIsRefused() {
        BackupException e = assertThrows(BackupException.class, () -> new RuleSet(List.of(new Rule(false, Rule.Kind.REGEX, "("))));
        assertEquals("rule.invalid", e.failure().code());
    }
}
