package org.azekura.driver.serialchanger;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.testkit.fuzz.Fuzzing;
import org.azekura.testkit.fuzz.Target;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every decoder under a fuzzer that watches coverage, for a minute: run by {@code check --slow}. */
class DecodersFuzz {

    private static final List<Target> TARGETS = ChangerTargets.all();

    static Stream<Arguments> seeds() {
        return Fuzzing.seeds(TARGETS).stream().map(Arguments::of);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void takeOrRefuseAnyBytes(byte[] input) {
        Fuzzing.any(TARGETS, input == null ? new byte[0] : input);
    }
}
