package org.azekura.cli.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Labels for cartridges, to print and cut: the barcode as robots read it, and the same for people. The measures are those of labels for LTO cartridges: 78.7 by 15.9 mm, 17
 * mil a narrow bar, wide ones 2.75 times that.
 *
 * @param barcodes in their order
 */
public record BarcodeSheet(List<String> barcodes) {

    /** More are printed in several goes. */
    public static final int MOST = 2_000;

    /** With that the bars, and ten narrow ones of white, fill a label. */
    private static final int LONGEST = 8;
    private static final double MM = 72 / 25.4;
    private static final double WIDTH = 78.7 * MM;
    private static final double HEIGHT = 15.9 * MM;
    private static final double NARROW = 0.432 * MM;
    private static final double WIDE = 2.75 * NARROW;
    private static final double PITCH = 19 * MM;
    private static final double LEFT = 22 * MM;
    private static final double TOP = 280 * MM;
    private static final double GAP = 8 * MM;
    private static final double BAR = 10 * MM;
    private static final int FONT = 9;
    private static final double LETTER = 0.6 * FONT;
    private static final int ROWS = 13;
    private static final Pattern COUNTED = Pattern.compile("(.*?)(\\d+)([A-Z][A-Z0-9])?");

    public BarcodeSheet {
        barcodes = List.copyOf(barcodes);
        for (String barcode : barcodes) {
            if (!Code39.has(barcode) || barcode.length() > LONGEST) {
                throw new IllegalArgumentException("a label has up to 8 capital letters and digits, like \"A00001L8\"; not \"" + barcode + "\"");
            }
        }
        if (barcodes.isEmpty() || barcodes.size() > MOST) {
            throw new IllegalArgumentException("a sheet has 1 to " + MOST + " labels, not " + barcodes.size());
        }
    }

    /**
     * So many, each one higher than the one before: {@code A00009L8} is followed by {@code A00010L8}.
     *
     * @throws IllegalArgumentException if the first has no number in it, or the numbers run out
     */
    public static BarcodeSheet counted(String first, int count) {
        Matcher parts = COUNTED.matcher(first);
        if (!parts.matches() || parts.group(2).length() > 9) {
            throw new IllegalArgumentException("\"" + first + "\" has no number that could be counted on, like \"A00001L8\"");
        }
        int digits = parts.group(2).length();
        long number = Long.parseLong(parts.group(2));
        List<String> barcodes = new ArrayList<>();
        for (int i = 0; i < Math.min(count, MOST + 1); i++) {
            String text = String.format(Locale.ROOT, "%0" + digits + "d", number + i);
            if (text.length() > digits) {
                throw new IllegalArgumentException("there are no " + count + " barcodes from \"" + first + "\" on: its number has " + digits + " digits");
            }
            barcodes.add(parts.group(1) + text + (parts.group(3) == null ? "" : parts.group(3)));
        }
        return new BarcodeSheet(barcodes);
    }

    private static double width(String barcode) {
        double[] width = new double[1];
        Code39.each(barcode, (bar, wide) -> width[0] += wide ? WIDE : NARROW);
        return width[0];
    }

    /** What a PDF draws, a text for each page. */
    List<String> pages() {
        List<String> pages = new ArrayList<>();
        StringBuilder page = new StringBuilder();
        for (int i = 0; i < barcodes.size(); i++) {
            int at = i % (2 * ROWS);
            if (at == 0 && i > 0) {
                pages.add(page.toString());
                page.setLength(0);
            }
            label(page, barcodes.get(i), LEFT + at % 2 * (WIDTH + GAP), TOP - (at / 2 + 1) * PITCH);
        }
        pages.add(page.toString());
        return pages;
    }

    private static void label(StringBuilder to, String barcode, double left, double bottom) {
        add(to, "0.4 w 0.7 G %.3f %.3f %.3f %.3f re S\n", left, bottom, WIDTH, HEIGHT);
        double[] at = {left + (WIDTH - width(barcode)) / 2};
        Code39.each(barcode, (bar, wide) -> {
            double width = wide ? WIDE : NARROW;
            if (bar) {
                add(to, "%.3f %.3f %.3f %.3f re\n", at[0], bottom + 1.5 * MM, width, BAR);
            }
            at[0] += width;
        });
        String text = barcode.replaceAll("(?<=.)(?=.)", " ");
        add(to, "f\nBT /F " + FONT + " Tf %.3f %.3f Td (" + text + ") Tj ET\n", left + (WIDTH - text.length() * LETTER) / 2, bottom + HEIGHT - 3.4 * MM);
    }

    /** The language of PDF has points in its numbers, wherever it is written. */
    private static void add(StringBuilder to, String form, Object... values) {
        to.append(String.format(Locale.ROOT, form, values));
    }
}
