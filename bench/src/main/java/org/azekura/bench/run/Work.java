package org.azekura.bench.run;

/** What every tool does with every corpus, in this order; and at first, with none, its start. */
public enum Work {
    START("start"), FIRST("first backup"), UNCHANGED("unchanged rescan"), NEXT_DAY("next-day backup"), RESTORE("restore all"),
    RESTORE_ONE("restore one file"), PRUNE("forget all but the newest, prune");

    private final String text;

    Work(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
