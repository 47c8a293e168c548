package org.azekura.access;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.SecondFactor;
import org.azekura.api.catalog.User;

/** Takes codes of second factors, each once. */
final class TakenCodes {

    private static final int DIGITS = 6;

    private final CatalogStore catalog;
    private final InstantSource machine;
    private final HomeKey key;

    /** @param machine the clock that telephones go by, too */
    TakenCodes(CatalogStore catalog, InstantSource machine, HomeKey key) {
        this.catalog = catalog;
        this.machine = machine;
        this.key = key;
    }

    /** Makes another factor of the one that is there. */
    interface Step {

        /** @return null if it can't */
        SecondFactor of(SecondFactor before) throws BackupException;
    }

    /** In one transaction. @return null if the step can't */
    User change(UserName name, Step step) throws BackupException {
        return catalog.write(edit -> {
            User before = UserDesk.require(edit, name);
            SecondFactor factor = step.of(before.factor());
            if (factor == null) {
                return null;
            }
            User after = before.with(factor);
            edit.putUser(after);
            return after;
        });
    }

    /** Takes a code, or a recovery code, which is used up by that: also if two show it at once, one gets in. */
    boolean take(UserName name, String code) throws BackupException {
        String typed = code.strip().toLowerCase(Locale.ROOT);
        return change(name, factor -> typed.length() != DIGITS ? byRecovery(name, factor, typed) : factor.secret() == null ? null : byTime(name, factor, typed)) != null;
    }

    private SecondFactor byTime(UserName name, SecondFactor factor, String typed) throws BackupException {
        OptionalLong step = Codes.step(key.open(factor.secret(), name.value()), typed, machine.instant(), factor.step());
        return step.isEmpty() ? null : factor.with(factor.secret(), step.getAsLong(), factor.recovery());
    }

    private SecondFactor byRecovery(UserName name, SecondFactor factor, String typed) {
        Set<String> left = new HashSet<>(factor.recovery());
        return left.remove(key.hash(typed, name.value())) ? factor.with(factor.secret(), factor.step(), left) : null;
    }
}
