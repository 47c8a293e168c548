package org.azekura.cli.sheet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sheet as a PDF of A4 pages (ISO 32000-1): Courier, which every reader has, and codes as rectangles. Written by hand because that is a handful of objects; a PDF
 * library is larger than the whole command line.
 */
public final class PdfPage {

    private static final int WIDTH = 595;
    private static final int HEIGHT = 842;
    private static final int MARGIN = 50;
    private static final int LEADING = 14;
    private static final double CODE = 260;

    private PdfPage() {}

    public static byte[] of(RecoverySheet sheet) {
        return of(List.of(content(sheet)));
    }

    public static byte[] of(BarcodeSheet sheet) {
        return of(sheet.pages());
    }

    /** Each page is an object that names its content, which follows it. */
    private static byte[] of(List<String> pages) {
        List<String> objects = new ArrayList<>(List.of(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [" + IntStream.range(0, pages.size()).mapToObj(page -> 4 + 2 * page + " 0 R").collect(Collectors.joining(" ")) + "] /Count "
                        + pages.size() + " >>",
                "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"));
        for (String content : pages) {
            objects.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + WIDTH + " " + HEIGHT + "] /Contents " + (objects.size() + 2) + " 0 R"
                    + " /Resources << /Font << /F 3 0 R >> >> >>");
            objects.add("<< /Length " + content.getBytes(ISO_8859_1).length + " >>\nstream\n" + content + "\nendstream");
        }
        return document(objects);
    }

    private static byte[] document(List<String> objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> places = new ArrayList<>();
        out.writeBytes("%PDF-1.4\n".getBytes(ISO_8859_1));
        for (int i = 0; i < objects.size(); i++) {
            places.add(out.size());
            out.writeBytes(((i + 1) + " 0 obj\n" + objects.get(i) + "\nendobj\n").getBytes(ISO_8859_1));
        }
        int table = out.size();
        StringBuilder end = new StringBuilder("xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n");
        places.forEach(place -> end.append("%010d 00000 n \n".formatted(place)));
        end.append("trailer\n<< /Size ").append(objects.size() + 1).append(" /Root 1 0 R >>\nstartxref\n").append(table).append("\n%%EOF\n");
        out.writeBytes(end.toString().getBytes(ISO_8859_1));
        return out.toByteArray();
    }

    private static String content(RecoverySheet sheet) {
        StringBuilder to = new StringBuilder("BT /F 10 Tf " + LEADING + " TL " + MARGIN + " " + (HEIGHT - MARGIN - LEADING) + " Td\n");
        List<String> all = new ArrayList<>(sheet.text());
        all.add("");
        all.addAll(sheet.lines());
        all.forEach(line -> to.append('(').append(line.replaceAll("([\\\\()])", "\\\\$1")).append(") Tj T*\n"));
        to.append("ET\n");
        double module = CODE / sheet.qr().size;
        double top = HEIGHT - MARGIN - LEADING * (all.size() + 2);
        for (int y = 0; y < sheet.qr().size; y++) {
            for (int x = 0; x < sheet.qr().size; x++) {
                int from = x;
                while (sheet.qr().getModule(x, y)) {
                    x++;
                }
                if (x > from) {
                    to.append("%.3f %.3f %.3f %.3f re\n".formatted(MARGIN + from * module, top - (y + 1) * module, (x - from) * module, module));
                }
            }
        }
        return to.append("f").toString();
    }
}
