package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a command says of a job that waits. */
final class Parked {

    private static final Pattern JOB = Pattern.compile("job (\\d+) parked: ");

    private Parked() {}

    /** Its number. */
    static String job(Run run) {
        Matcher found = JOB.matcher(run.err());
        assertTrue(found.find(), run::toString);
        return found.group(1);
    }
}
