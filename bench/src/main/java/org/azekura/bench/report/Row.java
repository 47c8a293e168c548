package org.azekura.bench.report;

/**
 * A goal and what was found.
 *
 * @param ours  our figure, in {@code unit}
 * @param other the peer's, or what the figure is held against
 * @param limit the goal: ours may be at most so many times the other
 */
record Row(String work, String unit, double ours, String against, double other, double limit) {

    double ratio() {
        return ours / other;
    }

    /** A tenth of a percent is no difference that a run can show. */
    String verdict() {
        double ratio = ratio();
        if (Double.isNaN(ratio)) {
            return "not measured";
        }
        return ratio <= limit * 1.001 ? "met" : "**missed**";
    }

    String line() {
        return "| %s | %s %s | %s: %s %s | %s | ≤ %s | %s |".formatted(work, Figures.plain(ours), unit, against, Figures.plain(other), unit,
                Figures.plain(ratio()), Figures.plain(limit), verdict());
    }
}
