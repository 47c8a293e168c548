package org.azekura.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.azekura.testkit.Seeds;

/**
 * What goes wrong when. Rules are asked in the order in which they were added; the first that answers decides. A plan counts the steps
 * that it sees, so it serves one powered period. Thread-safe once a store uses it.
 */
public final class FaultPlan {

    private interface Rule {
        /** @return null if nothing goes wrong here */
        Fault at(long step, Call call, String key);
    }

    private final List<Rule> rules = new ArrayList<>();
    private final String description;
    private long step;

    private FaultPlan(String description) {
        this.description = description;
    }

    /** Nothing goes wrong. */
    public static FaultPlan none() {
        return new FaultPlan("no fault");
    }

    /** @param description what a failed test prints of the plan, its seed above all */
    public static FaultPlan of(String description) {
        return new FaultPlan(description);
    }

    /** The power goes at some step below this one. */
    public static FaultPlan powerLossWithin(long seed, int steps) {
        int at = Seeds.random(seed).nextInt(steps);
        return of("seed " + seed + ": power loss at step " + at).at(at, new Fault.PowerLoss());
    }

    /** At this step, whatever it is; the first has number 0. */
    public FaultPlan at(long number, Fault fault) {
        rules.add((now, call, key) -> now == number ? fault : null);
        return this;
    }

    /** At one call of this kind on a key with this prefix; {@code nth} counts from 0. */
    public FaultPlan on(Call kind, String prefix, int nth, Fault fault) {
        int[] seen = new int[1];
        rules.add((now, call, key) -> call == kind && key.startsWith(prefix) && seen[0]++ == nth ? fault : null);
        return this;
    }

    /** At every call of this kind on a key with this prefix. */
    public FaultPlan always(Call kind, String prefix, Fault fault) {
        rules.add((now, call, key) -> call == kind && key.startsWith(prefix) ? fault : null);
        return this;
    }

    /** One of these at one step in so many, at random. */
    public FaultPlan random(long seed, int oneIn, Fault... faults) {
        Random random = Seeds.random(seed);
        rules.add((now, call, key) -> random.nextInt(oneIn) == 0 ? faults[random.nextInt(faults.length)] : null);
        return this;
    }

    /** Counts a step. */
    synchronized Fault next(Call call, String key) {
        long now = step++;
        Fault first = null;
        for (Rule rule : rules) {
            // Every rule sees every step: it may count.
            Fault fault = rule.at(now, call, key);
            first = first == null ? fault : first;
        }
        return first;
    }

    /** How many steps there were. */
    public synchronized long steps() {
        return step;
    }

    @Override
    public String toString() {
        return description;
    }
}
