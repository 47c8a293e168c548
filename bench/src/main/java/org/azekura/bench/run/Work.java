package org.azekura.bench.run;

/** What every tool does with every corpus, in this order. */
public enum Work {
    FIRST("first backup"), UNCHANGED("unchanged rescan"), NEXT_DAY("next-day backup"), RESTORE("restore all"), RESTORE_ONE("restore one file");

    private final String text;

    Work(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
