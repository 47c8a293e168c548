package org.azekura.api;

import java.util.Locale;

/** Amounts of whichever currency the settings of a device are in. They are reckoned with in whole millionths. */
public final class Money {

    private static final double MICROS = 1e6;

    private Money() {}

    /** Millionths, rounded. */
    public static long micros(double amount) {
        return Math.round(amount * MICROS);
    }

    public static double amount(long micros) {
        return micros / MICROS;
    }

    /** For people, like {@code 20.00}. */
    public static String format(long micros) {
        return String.format(Locale.ROOT, "%.2f", amount(micros));
    }
}
