package org.azekura.cli.sheet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.common.BitArray;
import com.google.zxing.oned.Code39Reader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is drawn is read again by another's reader of codes. */
class BarcodeSheetTest {

    private static final Pattern BAR = Pattern.compile("(?m)^([0-9.]+) [0-9.]+ ([0-9.]+) [0-9.]+ re$");
    private static final int DOTS = 8;

    /** The barcodes that a reader finds, label by label. */
    private static List<String> read(BarcodeSheet sheet) throws Exception {
        List<String> found = new ArrayList<>();
        for (String page : sheet.pages()) {
            for (String label : page.split("re S\n")) {
                Matcher bar = BAR.matcher(label);
                BitArray row = new BitArray(595 * DOTS);
                boolean any = false;
                while (bar.find()) {
                    any = true;
                    double left = Double.parseDouble(bar.group(1));
                    row.setRange((int) Math.round(left * DOTS), (int) Math.round((left + Double.parseDouble(bar.group(2))) * DOTS));
                }
                if (any) {
                    found.add(new Code39Reader().decodeRow(0, row, null).getText());
                }
            }
        }
        return found;
    }

    @Test
    void aRobotReadsWhatStandsThere() throws Exception {
        BarcodeSheet sheet = BarcodeSheet.counted("A00095L8", 60);
        assertEquals(60, sheet.barcodes().size());
        assertEquals("A00154L8", sheet.barcodes().getLast());
        assertEquals(3, sheet.pages().size());
        assertEquals(sheet.barcodes(), read(sheet));
        assertEquals(List.of("CLN001CU", "XYZ-12"), read(new BarcodeSheet(List.of("CLN001CU", "XYZ-12"))));
    }

    @Test
    void isAPdfWhoseObjectsAreWhereItSays() {
        String pdf = new String(PdfPage.of(BarcodeSheet.counted("A00001L8", 27)), ISO_8859_1);
        assertTrue(pdf.contains("/Count 2") && pdf.contains("(A 0 0 0 2 7 L 8) Tj"), pdf);
        Matcher places = Pattern.compile("(?m)^(\\d{10}) 00000 n $").matcher(pdf);
        int objects = 0;
        while (places.find()) {
            objects++;
            assertTrue(pdf.startsWith(objects + " 0 obj\n", Integer.parseInt(places.group(1))));
        }
        assertEquals(7, objects);
    }

    @Test
    void refusesWhatNoRobotReads() {
        for (List<String> wrong : List.of(List.<String>of(), List.of(""), List.of("a00001l8"), List.of("A*1"), List.of("A00001L8X"), Collections.nCopies(2_001, "A"))) {
            assertThrows(IllegalArgumentException.class, () -> new BarcodeSheet(wrong), wrong.toString());
        }
        assertThrows(IllegalArgumentException.class, () -> BarcodeSheet.counted("ABC", 2));
        assertThrows(IllegalArgumentException.class, () -> BarcodeSheet.counted("A99999L8", 2));
        assertThrows(IllegalArgumentException.class, () -> BarcodeSheet.counted("A00001L8", 2_001));
    }
}
