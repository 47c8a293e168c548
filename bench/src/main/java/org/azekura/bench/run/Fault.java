package org.azekura.bench.run;

/**
 * Something that failed; what it should have measured is missing.
 *
 * @param where round, corpus, work and tool, or a trial
 * @param what  the failure's own words, one line
 */
public record Fault(String where, String what) implements Line {

    public static Fault of(String where, Exception e) {
        return new Fault(where, String.valueOf(e.getMessage() == null ? e : e.getMessage()).replaceAll("\\s+", " "));
    }
}
