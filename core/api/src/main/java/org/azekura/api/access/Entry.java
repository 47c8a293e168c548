package org.azekura.api.access;

import java.time.Duration;

/** What comes of the wish to be let in: all of it is to be expected. */
public sealed interface Entry {

    /** @param secret what the session is found by; handed out this once */
    record Opened(Session session, String secret) implements Entry {}

    /** Nobody of that name, another password or code, or somebody who is kept out: which of these is not said. @param why a code, for the audit log and for nobody else */
    record Refused(String why) implements Entry {

        public Refused() {
            this("access.refused");
        }
    }

    /** The password is right, and a code is asked for as well. */
    record FactorMissing() implements Entry {}

    /** It was tried too often, or too many try just now. @param pause before it is worth another try */
    record TooOften(Duration pause) implements Entry {}
}
