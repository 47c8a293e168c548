package org.azekura.extract;

import java.util.Set;
import org.azekura.api.BackupException;

/** What the exit code tells a script. */
final class Exit {

    static final int DONE = 0;
    static final int FAILED = 1;
    /** Nothing was done. */
    static final int USAGE = 2;
    /** Each warning was named. */
    static final int WARNED = 3;
    /** No key, or not one that opens this. */
    static final int REFUSED = 4;

    private static final Set<String> REFUSALS = Set.of("key.wrong", "key.epoch", "key.missing", "key.passphrase");

    private Exit() {}

    static int of(BackupException failure) {
        return REFUSALS.contains(failure.failure().code()) ? REFUSED : FAILED;
    }
}
