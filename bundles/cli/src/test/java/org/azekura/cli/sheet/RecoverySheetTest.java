package org.azekura.cli.sheet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import org.azekura.api.PoolName;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.RecoveryFile;
import org.junit.jupiter.api.Test;

/** What is drawn is read again by another's reader of codes. */
class RecoverySheetTest {

    private static final RecipientKey KEY = RecipientKey.generate();

    private static RecoveryFile file() throws Exception {
        KeyRing ring = KeyRing.create(List.of(Recipient.of("appliance", KEY)));
        return RecoveryFile.of(new PoolName("a-pool_with.a-long-name-so-that-its-line-is-long-too"), KEY, ring)
                .protectedBy("word".toCharArray());
    }

    private static RecoverySheet sheet(RecoveryFile file) {
        return RecoverySheet.of("pool \"" + file.pool() + "\"", file.sheetLines(), file.isProtected());
    }

    /** Dots of a page, 0 black and 255 white. */
    private record Page(int width, int height, byte[] grey) {

        static Page white(int width, int height) {
            byte[] grey = new byte[width * height];
            Arrays.fill(grey, (byte) 255);
            return new Page(width, height, grey);
        }

        String decoded() throws Exception {
            LuminanceSource source = new PlanarYUVLuminanceSource(grey, width, height, 0, 0, width, height, false);
            return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
        }
    }

    private interface Drawing {
        Page of(RecoverySheet sheet) throws Exception;
    }

    /** What the reader finds on the page is what was drawn. One code in fifty misleads its search, however large it is drawn: then another sheet must do. */
    private static String found(Drawing drawing) throws Exception {
        ReaderException misled = null;
        for (int sheets = 0; sheets < 4; sheets++) {
            RecoveryFile file = file();
            try {
                String text = drawing.of(sheet(file)).decoded();
                assertEquals(file.sheetLines(), text);
                return text;
            } catch (ReaderException e) {
                misled = e;
            }
        }
        throw misled;
    }

    @Test
    void theCodeInThePdfHasTheKey() throws Exception {
        String text = found(RecoverySheetTest::drawnPdf);
        assertEquals(KEY, RecoveryFile.parse(text).key("word".toCharArray()));
    }

    private static Page drawnPdf(RecoverySheet sheet) {
        String pdf = new String(PdfPage.of(sheet), ISO_8859_1);
        Page page = Page.white(595 * 2, 842 * 2);
        Matcher rectangle = Pattern.compile("([0-9.]+) ([0-9.]+) ([0-9.]+) ([0-9.]+) re\n").matcher(pdf);
        while (rectangle.find()) {
            double left = Double.parseDouble(rectangle.group(1)) * 2;
            double bottom = Double.parseDouble(rectangle.group(2)) * 2;
            double right = left + Double.parseDouble(rectangle.group(3)) * 2;
            double top = bottom + Double.parseDouble(rectangle.group(4)) * 2;
            for (int y = (int) Math.round(bottom); y < Math.round(top); y++) {
                Arrays.fill(page.grey, (page.height - 1 - y) * page.width + (int) Math.round(left),
                        (page.height - 1 - y) * page.width + (int) Math.round(right), (byte) 0);
            }
        }
        return page;
    }

    @Test
    void thePdfIsWellFormedAndHasTheLines() throws Exception {
        RecoveryFile file = file();
        String pdf = new String(PdfPage.of(sheet(file)), ISO_8859_1);
        Matcher entry = Pattern.compile("(\\d{10}) 00000 n ").matcher(pdf);
        int object = 0;
        while (entry.find()) {
            object++;
            assertTrue(pdf.startsWith(object + " 0 obj\n", Integer.parseInt(entry.group(1))), "object " + object);
        }
        assertEquals(5, object);
        int table = Integer.parseInt(pdf.replaceAll("(?s).*startxref\n(\\d+)\n%%EOF\n", "$1"));
        assertTrue(pdf.startsWith("xref\n0 6\n", table));
        int length = Integer.parseInt(pdf.replaceAll("(?s).*<< /Length (\\d+) >>.*", "$1"));
        int stream = pdf.indexOf("stream\n") + 7;
        assertTrue(pdf.startsWith("\nendstream", stream + length));
        file.sheetLines().lines().forEach(line -> assertTrue(pdf.contains("(" + line + ") Tj"), line));
    }

    @Test
    void theCodeInThePngHasTheKey() throws Exception {
        found(sheet -> page(PngImage.of(sheet)));
    }

    /** Takes a PNG apart as its standard says; the only filter is none. */
    private static Page page(byte[] png) throws Exception {
        ByteBuffer from = ByteBuffer.wrap(png);
        assertEquals(0x89504e470d0a1a0aL, from.getLong());
        Page page = null;
        for (String type = ""; !type.equals("IEND");) {
            int length = from.getInt();
            byte[] named = new byte[4 + length];
            from.get(named);
            CRC32 crc = new CRC32();
            crc.update(named);
            assertEquals((int) crc.getValue(), from.getInt());
            type = new String(named, 0, 4, ISO_8859_1);
            ByteBuffer content = ByteBuffer.wrap(named, 4, length);
            if (type.equals("IHDR")) {
                page = Page.white(content.getInt(), content.getInt());
                assertEquals(1, content.get(), "bits");
                assertEquals(0, content.getInt(), "grey, deflate, filters, not interlaced");
            } else if (type.equals("IDAT")) {
                fill(page, Arrays.copyOfRange(named, 4, 4 + length));
            }
        }
        assertFalse(from.hasRemaining());
        return page;
    }

    private static void fill(Page page, byte[] deflated) throws Exception {
        int row = 1 + (page.width + 7) / 8;
        byte[] rows = new byte[row * page.height];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(deflated);
            assertEquals(rows.length, inflater.inflate(rows));
        }
        for (int y = 0; y < page.height; y++) {
            assertEquals(0, rows[y * row], "filter");
            for (int x = 0; x < page.width; x++) {
                page.grey[y * page.width + x] = (byte) ((rows[y * row + 1 + x / 8] >> (7 - x % 8) & 1) * 255);
            }
        }
    }

    @Test
    void everyCharacterOfASheetHasALetterOfItsOwn() throws Exception {
        RecoverySheet sheet = sheet(file());
        String used = String.join("", sheet.text()) + String.join("", sheet.lines())
                + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        Set<String> shapes = new HashSet<>();
        used.chars().distinct().forEach(c -> {
            StringBuilder shape = new StringBuilder();
            for (int i = 0; i < Letter.WIDTH * Letter.HEIGHT; i++) {
                shape.append(Letter.isInk((char) c, i % Letter.WIDTH, i / Letter.WIDTH) ? '#' : '.');
            }
            assertTrue(shapes.add(shape.toString()), "the shape of " + (char) c + " is another's, too");
        });
        sheet.lines().forEach(line -> assertTrue(line.length() <= RecoverySheet.COLUMNS, line));
    }

    @Test
    void aPageWithoutACodeIsNotDecoded() {
        org.junit.jupiter.api.Assertions.assertThrows(NotFoundException.class, () -> Page.white(500, 500).decoded());
    }
}
