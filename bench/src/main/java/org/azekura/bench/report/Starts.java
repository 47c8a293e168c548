package org.azekura.bench.report;

import java.util.List;
import org.azekura.bench.meter.Cost;

/** What it costs to begin. */
public final class Starts {

    private Starts() {}

    /** A line of the table: medians. */
    public static String line(String what, List<Cost> costs) {
        return "| %s | %s | %s | %s |".formatted(what, Figures.plain(Median.of(costs.stream().mapToDouble(cost -> cost.wall().toNanos() / 1e9))),
                Figures.plain(Median.of(costs.stream().mapToDouble(cost -> cost.processor().toNanos() / 1e9))),
                Figures.mib(Median.of(costs.stream().mapToDouble(Cost::peakBytes))));
    }
}
