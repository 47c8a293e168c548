package org.azekura.api;

/** Names a job; counted up from 1 by the catalog. */
public record JobId(long value) implements Comparable<JobId> {

    public JobId {
        if (value < 1) {
            throw new IllegalArgumentException("a job id counts from 1, not " + value);
        }
    }

    /** @throws IllegalArgumentException if the text is not a whole number from 1 */
    public static JobId parse(String text) {
        try {
            return new JobId(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a job id is a whole number, not \"" + text + "\"", e);
        }
    }

    @Override
    public int compareTo(JobId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
