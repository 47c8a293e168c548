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
}
