package org.azekura.bench.report;

/** A goal and what was found. */
sealed interface Row {

    String NOT_MEASURED = "not measured";

    String work();

    /** Of the table. */
    String line();

    String verdict();

    /** A tenth of a percent is no difference that a run can show. */
    private static String verdict(double value, double limit) {
        return Double.isNaN(value) ? NOT_MEASURED : value <= limit * 1.001 ? "met" : "**missed**";
    }

    private static String line(String work, String ours, String against, String ratio, String goal, String verdict) {
        return "| %s | %s | %s | %s | %s | %s |".formatted(work, ours, against, ratio, goal, verdict);
    }

    /**
     * @param ours  our figure, in {@code unit}
     * @param other the peer's, or what the figure is held against
     * @param limit the goal: ours may be at most so many times the other
     */
    record Ratio(String work, String unit, double ours, String against, double other, double limit) implements Row {

        double ratio() {
            return ours / other;
        }

        @Override
        public String verdict() {
            return Row.verdict(ratio(), limit);
        }

        @Override
        public String line() {
            return Row.line(work, Figures.plain(ours) + " " + unit, against + ": " + Figures.plain(other) + " " + unit, Figures.plain(ratio()),
                    "≤ " + Figures.plain(limit), verdict());
        }
    }

    /** A figure that may be at most so large. */
    record Most(String work, String unit, double ours, double limit) implements Row {

        @Override
        public String verdict() {
            return Row.verdict(ours, limit);
        }

        @Override
        public String line() {
            return Row.line(work, Figures.plain(ours) + " " + unit, "", "", "≤ " + Figures.plain(limit) + " " + unit, verdict());
        }
    }

    /** A figure that must be at least so large. */
    record Least(String work, String unit, double ours, double limit) implements Row {

        @Override
        public String verdict() {
            return Double.isNaN(ours) ? NOT_MEASURED : Row.verdict(limit, ours);
        }

        @Override
        public String line() {
            return Row.line(work, Figures.plain(ours) + " " + unit, "", "", "≥ " + Figures.plain(limit) + " " + unit, verdict());
        }
    }

    /** A figure without a goal of its own. */
    record Seen(String work, String unit, double ours, String against) implements Row {

        @Override
        public String verdict() {
            return Double.isNaN(ours) ? NOT_MEASURED : "–";
        }

        @Override
        public String line() {
            return Row.line(work, Figures.plain(ours) + " " + unit, against, "", "", verdict());
        }
    }

    /** What no run of this kind measures. @param why or where it is shown instead */
    record Absent(String work, String goal, String why) implements Row {

        @Override
        public String verdict() {
            return NOT_MEASURED;
        }

        @Override
        public String line() {
            return Row.line(work, "–", why, "", goal, verdict());
        }
    }
}
