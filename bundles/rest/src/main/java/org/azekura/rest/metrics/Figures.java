package org.azekura.rest.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One figure of many things, told apart by labels. Figures of the same labels add up. Used by one thread. */
final class Figures {

    private final String name;
    private final String help;
    private final List<String> labels;
    private final Map<String, Double> values = new TreeMap<>();
    private final Map<String, List<String>> words = new TreeMap<>();

    /** @param name with its unit, like {@code azekura_pool_used_bytes}; what only grows without the {@code _total} that is written */
    Figures(String name, String help, String... labels) {
        this.name = name;
        this.help = help;
        this.labels = List.of(labels);
    }

    Figures add(double value, String... of) {
        values.merge(keep(of), value, Double::sum);
        return this;
    }

    /** Keeps the largest. */
    Figures latest(double value, String... of) {
        values.merge(keep(of), value, Math::max);
        return this;
    }

    private String keep(String... of) {
        String key = String.join("\0", of);
        words.put(key, List.of(of));
        return key;
    }

    /** What is now. */
    MetricSnapshot gauge() {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((key, value) -> gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels(key)).value(value).build()));
        return gauge.build();
    }

    /** What only grows. */
    MetricSnapshot counter() {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        values.forEach((key, value) -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder().labels(labels(key)).value(value).build()));
        return counter.build();
    }

    private Labels labels(String key) {
        return labels.isEmpty() ? Labels.EMPTY : Labels.of(new ArrayList<>(labels), words.get(key));
    }
}
