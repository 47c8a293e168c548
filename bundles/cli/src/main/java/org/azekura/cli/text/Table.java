package org.azekura.cli.text;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Columns for people, also where full-width characters stand in them; those whose title ends with {@code >} are flush right. */
public final class Table {

    private final String[] titles;
    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    public Table(String... titles) {
        this.titles = new String[titles.length];
        this.right = new boolean[titles.length];
        for (int i = 0; i < titles.length; i++) {
            right[i] = titles[i].endsWith(">");
            this.titles[i] = right[i] ? titles[i].substring(0, titles[i].length() - 1) : titles[i];
        }
    }

    public void row(String... cells) {
        rows.add(cells);
    }

    public void print(PrintStream out) {
        int[] widths = new int[titles.length];
        List<String[]> all = new ArrayList<>(rows);
        all.addFirst(titles);
        for (String[] row : all) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], Width.of(row[i]));
            }
        }
        for (String[] row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String pad = " ".repeat(widths[i] - Width.of(row[i]));
                line.append(i == 0 ? "" : "  ").append(right[i] ? pad + row[i] : row[i] + pad);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
