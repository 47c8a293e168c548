package org.azekura.bench.report;

import java.util.Locale;

/** Numbers as a reader wants them: three digits that count. */
final class Figures {

    private Figures() {}

    static String plain(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String form = size >= 99.95 || value == 0 ? "%.0f" : size >= 9.995 ? "%.1f" : size >= 0.9995 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, form, value);
    }

    static String mib(double bytes) {
        return plain(bytes / (1 << 20));
    }
}
