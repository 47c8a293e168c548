package org.azekura.rest.media;

import org.azekura.api.Money;
import org.azekura.api.server.Budget;

/**
 * A budget as callers write and read it. Each is null where nothing is bounded.
 *
 * @param bytes both ways
 * @param money in the currency that the prices of the device are in
 */
record BudgetBounds(Long bytes, Long requests, Double money) {

    private static final BudgetBounds NONE = new BudgetBounds(null, null, null);

    static BudgetBounds of(Budget budget) {
        return new BudgetBounds(given(budget.bytes()), given(budget.requests()), budget.micros() == Budget.OPEN ? null : Money.amount(budget.micros()));
    }

    private static Long given(long bound) {
        return bound == Budget.OPEN ? null : bound;
    }

    boolean boundsNothing() {
        return equals(NONE);
    }
}
