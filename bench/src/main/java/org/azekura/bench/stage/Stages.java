package org.azekura.bench.stage;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benches of the stages, one after the other, each in a process of its own. */
public final class Stages {

    private Stages() {}

    /** @param names a regular expression for what is run */
    public static void run(String names) throws RunnerException {
        new Runner(new OptionsBuilder().include("org\\.azekura\\.bench\\.stage\\..*" + names).forks(1).warmupIterations(3)
                .warmupTime(TimeValue.seconds(2)).measurementIterations(5).measurementTime(TimeValue.seconds(2))
                .jvmArgs("-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow").build()).run();
    }
}
