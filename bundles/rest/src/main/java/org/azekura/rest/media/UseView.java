package org.azekura.rest.media;

import org.azekura.api.Money;
import org.azekura.api.server.Budget;
import org.azekura.api.server.MonthlyUse;
import org.azekura.rest.call.Json;

/**
 * What a device has carried in this month of UTC, and what of that it may.
 *
 * @param bytesIn  sent to it
 * @param bytesOut that came from it
 * @param requests that are usually billed: writes and reads
 * @param free     requests that are not
 * @param money    what it costs by the prices of its settings, thaws included, in their currency
 * @param budget   null if it has none
 * @param percent  of the budget that is used up, of that which is nearest to its end
 * @param spent    whether jobs that can wait do so
 * @param until    when the next month begins
 */
record UseView(String device, String node, String month, long bytesIn, long bytesOut, long requests, long writes, long reads, long free, double money, double thaws, BudgetBounds budget,
        long percent, boolean spent, String until) {

    static UseView of(MonthlyUse use) {
        return new UseView(use.device().value(), use.node().value(), use.month().toString(), use.carried().bytesIn(), use.carried().bytesOut(), use.carried().requests(),
                use.carried().writes(), use.carried().reads(), use.carried().free(), Money.amount(use.micros()), Money.amount(use.thaws()),
                use.budget().equals(Budget.NONE) ? null : BudgetBounds.of(use.budget()), use.percent(), use.isSpent(),
                Json.time(use.until()));
    }
}
