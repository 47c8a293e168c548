package org.azekura.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void alignsColumns() {
        Table table = new Table("NAME", "SIZE>", "NOTE");
        table.row("a", "1", "");
        table.row("longer", "1000", "x");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        table.print(stream);
        assertEquals("NAME    SIZE  NOTE\na          1\nlonger  1000  x\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void alignsFullWidthCharactersAndAccents() {
        Table table = new Table("NAME", "NOTE");
        table.row("\u7d4c\u7406\u90e8\u30d5\u30a1\u30a4\u30eb", "a");
        table.row("cafe\u0301", "b");
        table.row("\uff76\uff85", "c");
        table.row("\ud83d\udcfc", "d");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        table.print(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertEquals("NAME            NOTE\n\u7d4c\u7406\u90e8\u30d5\u30a1\u30a4\u30eb  a\ncafe\u0301            b\n\uff76\uff85              c\n\ud83d\udcfc              d\n",
                out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void cutsWhatIsTooWide() {
        assertEquals("abc", Width.cut("abc", 3));
        assertEquals("ab…", Width.cut("abcd", 3));
        assertEquals("\u7d4c…", Width.cut("\u7d4c\u7406\u90e8", 4));
    }
}
