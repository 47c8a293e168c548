package org.azekura.api.server;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.azekura.api.DeviceName;
import org.azekura.api.Money;
import org.azekura.api.NodeName;
import org.azekura.api.device.Traffic;

/**
 * What a device has carried in a month of UTC, as its storage node said last.
 *
 * @param micros what that costs by the prices of its settings, what was had from its archive included, in millionths of their currency
 * @param thaws  that part of it which was for the archive
 */
public record MonthlyUse(DeviceName device, NodeName node, YearMonth month, Traffic carried, long micros, long thaws, Budget budget) {

    private static final int WHOLE = 100;

    /** How much of its budget is used up, in percent, of that which is nearest to its end; 0 without a budget. */
    public long percent() {
        return Math.max(Math.max(percent(carried.bytes(), budget.bytes()), percent(carried.requests(), budget.requests())), percent(micros, budget.micros()));
    }

    /** Whether its budget is used up in anything. */
    public boolean isSpent() {
        return percent() >= WHOLE;
    }

    private static long percent(long used, long of) {
        return of == Budget.OPEN ? 0 : of == 0 ? WHOLE : (long) Math.floor(used * (double) WHOLE / of);
    }

    /** When the next month begins, and with it the whole budget is there again. */
    public Instant until() {
        return month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** For people: what of it is used up at least to this part, like {@code requests: 1040 of 1000}, with a comma between; empty if nothing. */
    public String words(long percent) {
        StringBuilder words = new StringBuilder();
        add(words, percent, "bytes", carried.bytes(), budget.bytes(), false);
        add(words, percent, "requests", carried.requests(), budget.requests(), false);
        add(words, percent, "money", micros, budget.micros(), true);
        return words.toString();
    }

    private static void add(StringBuilder words, long percent, String what, long used, long of, boolean money) {
        if (of != Budget.OPEN && percent(used, of) >= percent) {
            words.append(words.isEmpty() ? "" : ", ").append(what).append(": ").append(money ? Money.format(used) : used).append(" of ").append(money ? Money.format(of) : of);
        }
    }
}
