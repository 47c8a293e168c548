package org.azekura.bench.report;

import java.util.List;
import org.azekura.bench.run.Fact;
import org.azekura.bench.trial.Figure;

/** What trials found. What was not measured is NaN. */
record Found(List<Fact> facts) {

    double value(Figure figure) {
        return facts.stream().filter(fact -> fact.name().equals(figure.name())).mapToDouble(Fact::value).findFirst().orElse(Double.NaN);
    }

    /** What was worked on. */
    String of(Figure figure) {
        return facts.stream().filter(fact -> fact.name().equals(figure.name())).map(Fact::of).findFirst().orElse("");
    }
}
