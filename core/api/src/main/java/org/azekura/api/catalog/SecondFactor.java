package org.azekura.api.catalog;

import java.util.Set;

/**
 * What a user shows beside his password.
 *
 * @param required whether he has to have one
 * @param secret   that codes are made from, sealed, as text; null: he has none
 * @param step     of the last code that was taken, counted as RFC 6238 does; none at or before it is taken again
 * @param recovery what recovery codes that were not used yet are checked by, not the codes
 */
public record SecondFactor(boolean required, String secret, long step, Set<String> recovery) {

    public static final SecondFactor NONE = new SecondFactor(false, null, 0, Set.of());

    public SecondFactor {
        recovery = Set.copyOf(recovery);
    }

    /** The same with another secret. */
    public SecondFactor with(String newSecret, long newStep, Set<String> newRecovery) {
        return new SecondFactor(required, newSecret, newStep, newRecovery);
    }

    /** The same, asked for or not. */
    public SecondFactor required(boolean must) {
        return new SecondFactor(must, secret, step, recovery);
    }
}
