package org.azekura.api.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.SaveSetId;

/**
 * One run of a policy.
 *
 * @param number of the run, from 1 on, for each policy
 * @param byHand whether somebody ordered it
 * @param due    when it was to begin, by the schedule or by whom ordered it
 * @param ended  null while it goes on
 * @param why    one line, null if there is nothing to say
 * @param parts  one for each save set
 */
public record PolicyRun(PolicyName policy, long number, boolean byHand, Instant due, Instant ended, Outcome outcome, String why, List<Part> parts) {

    public PolicyRun {
        parts = List.copyOf(parts);
    }

    /** The same with these parts. */
    public PolicyRun with(List<Part> now) {
        return new PolicyRun(policy, number, byHand, due, ended, outcome, why, now);
    }

    /** The same at its end. */
    public PolicyRun ended(Instant at, Outcome how, String reason) {
        return new PolicyRun(policy, number, byHand, due, at, how, reason, parts);
    }

    /**
     * The backup of one save set.
     *
     * @param job      the last one that was begun for it; null if none was
     * @param attempts how many were begun, or could not be
     * @param outcome  {@link Outcome#RUNNING} until nothing more is done for it
     * @param failed   when the last attempt failed; null if none has, or another one was begun since
     * @param why      it failed; null if it did not
     */
    public record Part(SaveSetId saveSet, JobId job, int attempts, Outcome outcome, Instant failed, String why) {

        /** One that nothing was done for yet. */
        public static Part waiting(SaveSetId saveSet) {
            return new Part(saveSet, null, 0, Outcome.RUNNING, null, null);
        }

        /** Whether its turn has still to come, at first or again. */
        public boolean isWaiting() {
            return outcome == Outcome.RUNNING && (job == null || failed != null);
        }

        /** Whether a job of it has not ended. */
        public boolean isActive() {
            return outcome == Outcome.RUNNING && !isWaiting();
        }

        /** A job was begun for it. */
        public Part begun(JobId by) {
            return new Part(saveSet, by, attempts + 1, Outcome.RUNNING, null, null);
        }

        /** It could not be begun, or its job failed; it is tried again. */
        public Part failed(Instant at, String reason) {
            return new Part(saveSet, job, attempts, Outcome.RUNNING, at, reason);
        }

        /** Nothing more is done for it. */
        public Part ended(Outcome how, String reason) {
            return new Part(saveSet, job, attempts, how, failed, reason);
        }
    }

    /** How a run or a part of it stands; the later the worse, of those that have ended. */
    public enum Outcome {
        RUNNING, DONE, WARNED, CANCELLED, FAILED,
        /** It was not begun. */
        SKIPPED;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
