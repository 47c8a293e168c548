package org.azekura.driver.tape.paper;

/** The Reed-Solomon code of the standard, as on paper: a division of polynomials over the field of 256, coefficient by coefficient. */
final class PaperField {

    private static final int[] LOGARITHMS = new int[256];
    private static final int[] POWERS = new int[255];

    static {
        for (int i = 0, power = 1; i < POWERS.length; i++, power = power << 1 ^ (power > 127 ? 0x11d : 0)) {
            POWERS[i] = power;
            LOGARITHMS[power] = i;
        }
    }

    private PaperField() {}

    private static int times(int one, int other) {
        return one == 0 || other == 0 ? 0 : POWERS[(LOGARITHMS[one] + LOGARITHMS[other]) % 255];
    }

    /** (y - α¹²⁶) … (y - α¹²⁹), the highest coefficient first. */
    private static int[] divisor() {
        int[] product = {1};
        for (int root = 126; root < 130; root++) {
            int[] next = new int[product.length + 1];
            for (int i = 0; i < product.length; i++) {
                next[i] ^= product[i];
                next[i + 1] ^= times(product[i], POWERS[root]);
            }
            product = next;
        }
        return product;
    }

    /** What is left of these bytes and four of zero behind them. */
    static int left(byte[] bytes, int length) {
        int[] divisor = divisor();
        int[] all = new int[length + 4];
        for (int i = 0; i < length; i++) {
            all[i] = bytes[i] & 0xff;
        }
        for (int i = 0; i < length; i++) {
            int times = all[i];
            for (int j = 0; j < divisor.length; j++) {
                all[i + j] ^= times(times, divisor[j]);
            }
        }
        return all[length] << 24 | all[length + 1] << 16 | all[length + 2] << 8 | all[length + 3];
    }
}
