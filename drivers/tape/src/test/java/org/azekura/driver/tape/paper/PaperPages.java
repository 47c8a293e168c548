package org.azekura.driver.tape.paper;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a drive on paper tells of itself and of the cartridge. */
final class PaperPages {

    private PaperPages() {}

    private static byte[] text(String text, int length) {
        return "%-32s".formatted(text).substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] inquiry() {
        return ByteBuffer.allocate(36).put((byte) 1).put((byte) 0x80).put((byte) 6).put((byte) 2).put((byte) 31).position(8).put(text("PAPER", 8))
                .put(text("ULTRIUM-HH8", 16)).put(text("0001", 4)).array();
    }

    static byte[] serial() {
        return ByteBuffer.allocate(16).put((byte) 1).put((byte) 0x80).put((byte) 0).put((byte) 12).put(text("  PAPER00001", 12)).array();
    }

    static byte[] names() {
        return ByteBuffer.allocate(16).put((byte) 1).put((byte) 0x83).put((byte) 0).put((byte) 12).put((byte) 1).put((byte) 3).put((byte) 0).put((byte) 8)
                .putLong(0x5000_1234_5678_9abcL).array();
    }

    /** READ with 2,000 seconds, ERASE without a time, and the others as they come. */
    static byte[] operations() {
        int[] plain = {0x00, 0x01, 0x0a, 0x10, 0x11, 0x19, 0x8d, 0x92};
        ByteBuffer all = ByteBuffer.allocate(4 + 8 * plain.length + 20).putInt(8 * plain.length + 20);
        for (int code : plain) {
            all.put((byte) code).put(new byte[7]);
        }
        return all.put((byte) 0x08).put(new byte[4]).put((byte) 2).putShort((short) 6).putShort((short) 10).putShort((short) 0).putInt(100).putInt(2000).array();
    }

    static Map<Integer, byte[]> memory(boolean writeOnce) {
        Map<Integer, byte[]> all = new TreeMap<>();
        all.put(0x0000, ByteBuffer.allocate(8).putLong(11_000_000).array());
        all.put(0x0001, ByteBuffer.allocate(8).putLong(11_444_224).array());
        all.put(0x0401, text("MEDIUM0815", 32));
        all.put(0x0408, new byte[] {(byte) (writeOnce ? 0x80 : 0)});
        return all;
    }

    static byte[] attributes(Map<Integer, byte[]> all) {
        ByteBuffer bytes = ByteBuffer.allocate(1024).position(4);
        all.forEach((id, value) -> bytes.putShort(id.shortValue()).put((byte) (id < 0x800 ? 0x80 : 0)).putShort((short) value.length).put(value));
        bytes.putInt(0, bytes.position() - 4);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    static byte[] densities() {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 52).putShort((short) 54).putShort((short) 0);
        bytes.put((byte) 0x5e).put((byte) 0x5e).put((byte) 0xa0).putShort((short) 0).put(new byte[7]).putInt(12_000_000).put(text("LTO-CVE", 8));
        return bytes.put(text("U-832", 8)).put(text("Ultrium 8/32T", 20)).array();
    }

    static byte[] alerts(boolean clean) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 64 * 5).put((byte) 0x2e).put((byte) 0).putShort((short) (64 * 5));
        for (int flag = 1; flag <= 64; flag++) {
            bytes.putShort((short) flag).put((byte) 0x60).put((byte) 1).put((byte) (clean && flag == 20 ? 1 : 0));
        }
        return bytes.array();
    }

    /** As Quantum's and HP's LTO drives have it: seven parameters of four bytes, 56 bytes in all. */
    static byte[] errors(int page, long corrected, long uncorrected) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 7 * 8).put((byte) page).put((byte) 0).putShort((short) 0x38);
        for (int code = 0; code <= 6; code++) {
            bytes.putShort((short) code).put((byte) 0x60).put((byte) 4).putInt((int) (code == 3 ? corrected : code == 6 ? uncorrected : 999));
        }
        return bytes.array();
    }

    /** Of the form of SSC-4, made by hand: 87,654 million bytes written, 43,210 million read; with parameters of other lengths, and one that is text. */
    static byte[] history(int loads, long uncorrected) {
        ByteBuffer bytes = ByteBuffer.allocate(256).put((byte) 0x17).put((byte) 0).putShort((short) 0);
        number(bytes, 0x0000, 1, 1);
        number(bytes, 0x0001, 4, loads);
        number(bytes, 0x0002, 8, 1234);
        number(bytes, 0x0003, 4, 77);
        number(bytes, 0x0004, 2, uncorrected);
        number(bytes, 0x0009, 2, 3);
        number(bytes, 0x0010, 8, 87_654);
        number(bytes, 0x0011, 8, 43_210);
        bytes.putShort((short) 0x0040).put((byte) 0x01).put((byte) 32).put(text("MEDIUM0815", 32));
        bytes.putShort(2, (short) (bytes.position() - 4));
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static void number(ByteBuffer bytes, int code, int length, long value) {
        bytes.putShort((short) code).put((byte) 0x03).put((byte) length);
        for (int i = length - 1; i >= 0; i--) {
            bytes.put((byte) (value >> 8 * i));
        }
    }

    static byte[] wraps(List<Long> last) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 12 * last.size()).putShort((short) (2 + 12 * last.size())).putShort((short) 0);
        for (int wrap = 0; wrap < last.size(); wrap++) {
            bytes.putShort((short) wrap).putShort((short) 0).putLong(last.get(wrap));
        }
        return bytes.array();
    }

    static byte[] encryption() {
        ByteBuffer bytes = ByteBuffer.allocate(20 + 24).putShort((short) 0x10).putShort((short) 40).position(20);
        return bytes.put((byte) 1).put((byte) 0).putShort((short) 20).put((byte) 0x8a).put(new byte[15]).putInt(0x0001_0014).array();
    }
}
