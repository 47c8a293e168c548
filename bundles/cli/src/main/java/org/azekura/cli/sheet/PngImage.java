package org.azekura.cli.sheet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A sheet as a PNG (ISO/IEC 15948), black and white. Written by hand, with letters of its own: Java draws text only where fonts are installed,
 * which a server need not have.
 */
public final class PngImage {

    private static final int MARGIN = 40;
    private static final int DOT = 2;
    private static final int LINE = (Letter.HEIGHT + 3) * DOT;
    private static final int MODULE = 8;
    private static final int WIDTH = 2 * MARGIN + RecoverySheet.COLUMNS * (Letter.WIDTH + 1) * DOT;

    private final int height;
    private final byte[] rows;

    private PngImage(int height) {
        this.height = height;
        this.rows = new byte[height * rowBytes()];
    }

    private static int rowBytes() {
        return 1 + (WIDTH + 7) / 8;
    }

    public static byte[] of(RecoverySheet sheet) {
        List<String> all = new ArrayList<>(sheet.text());
        all.add("");
        all.addAll(sheet.lines());
        int code = MARGIN + LINE * (all.size() + 1);
        PngImage image = new PngImage(code + sheet.qr().size * MODULE + 2 * MARGIN);
        for (int i = 0; i < all.size(); i++) {
            image.text(all.get(i), MARGIN + i * LINE);
        }
        for (int y = 0; y < sheet.qr().size; y++) {
            for (int x = 0; x < sheet.qr().size; x++) {
                if (sheet.qr().getModule(x, y)) {
                    image.square(MARGIN + x * MODULE, code + y * MODULE, MODULE);
                }
            }
        }
        return image.encoded();
    }

    private void text(String line, int top) {
        for (int i = 0; i < line.length(); i++) {
            for (int y = 0; y < Letter.HEIGHT; y++) {
                for (int x = 0; x < Letter.WIDTH; x++) {
                    if (Letter.isInk(line.charAt(i), x, y)) {
                        square(MARGIN + (i * (Letter.WIDTH + 1) + x) * DOT, top + y * DOT, DOT);
                    }
                }
            }
        }
    }

    private void square(int left, int top, int side) {
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < Math.min(left + side, WIDTH); x++) {
                rows[y * rowBytes() + 1 + x / 8] |= (byte) (0x80 >> x % 8);
            }
        }
    }

    private byte[] encoded() {
        for (int y = 0; y < height; y++) {
            for (int i = 1; i < rowBytes(); i++) {
                rows[y * rowBytes() + i] ^= (byte) 0xff; // a set bit is white
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        // one bit of grey a pixel
        chunk(out, "IHDR", ByteBuffer.allocate(13).putInt(WIDTH).putInt(height).put((byte) 1).array());
        chunk(out, "IDAT", deflated(rows));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        byte[] named = ByteBuffer.allocate(4 + content.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(content).array();
        CRC32 crc = new CRC32();
        crc.update(named);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(named);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] part = new byte[8192];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
        }
        return out.toByteArray();
    }
}
