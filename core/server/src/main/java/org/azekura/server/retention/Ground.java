package org.azekura.server.retention;

import java.util.Locale;
import org.azekura.api.PolicyName;

/**
 * Why a snapshot stays.
 *
 * @param detail which day and the like; empty if there is no more to say
 * @param policy whose rule it is; null if it is none's
 */
record Ground(Kind kind, String detail, PolicyName policy) {

    /** What has it stay. */
    enum Kind {
        LAST, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY, WITHIN,
        /** The newest of a save set stays whatever the rules say. */
        NEWEST,
        /** A policy without rules. */
        ALL("kept, for nothing expires by"),
        /** It is new, or nobody can know how old it is. */
        FRESH("not known to be old"),
        /** No policy names its save set and its pool. */
        FREE("of no policy"),
        PINNED, LOCKED,
        /** A job that has not ended needs it. */
        USED("used by");

        private final String spoken;

        Kind(String spoken) {
            this.spoken = spoken;
        }

        Kind() {
            this.spoken = word();
        }

        /** The single word that programs see. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Ground(Kind kind, String detail) {
        this(kind, detail, null);
    }

    /** For people and programs: {@code daily 2026-11-24}, {@code pinned until 2027-11-26T00:00:00Z}. */
    String text() {
        return detail.isEmpty() ? kind.spoken : kind.spoken + " " + detail;
    }
}
