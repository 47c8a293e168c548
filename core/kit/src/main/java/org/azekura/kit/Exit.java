package org.azekura.kit;

import java.util.Set;
import org.azekura.api.BackupException;

/** What the exit code tells a script. */
final class Exit {

    static final int DONE = 0;
    static final int FAILED = 1;
    /** Nothing was done. */
    static final int USAGE = 2;
    static final int REFUSED = 4;

    private static final Set<String> USAGES = Set.of("package.invalid", "module.unbuilt", "module.name", "module.exists", "setting.unknown", "setting.missing");

    private Exit() {}

    static int of(BackupException failure) {
        String code = failure.failure().code();
        return code.equals("package.refused") ? REFUSED : USAGES.contains(code) ? USAGE : FAILED;
    }
}
