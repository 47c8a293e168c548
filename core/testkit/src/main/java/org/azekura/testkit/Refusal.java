package org.azekura.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.azekura.api.BackupException;
import org.junit.jupiter.api.function.Executable;

/** Asserts that a call is refused as it is documented. */
public final class Refusal {

    private Refusal() {}

    /** @return the refusal, for a look at its message */
    public static BackupException assertRefused(String code, Executable call) {
        BackupException refusal = assertThrows(BackupException.class, call);
        assertEquals(code, refusal.failure().code(), refusal.getMessage());
        return refusal;
    }
}
