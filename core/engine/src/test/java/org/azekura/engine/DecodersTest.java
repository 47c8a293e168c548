package org.azekura.engine;

import java.util.stream.Stream;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fuzz.Fuzzing;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every decoder under some thousand inputs that are nearly right. */
class DecodersTest {

    private static final int RUNS = Seeds.slow() ? 50_000 : 500;

    @TestFactory
    Stream<DynamicTest> takeOrRefuseAnyBytes() {
        return EngineTargets.all().stream().map(target -> DynamicTest.dynamicTest(target.name(), () -> Fuzzing.run(target, RUNS)));
    }
}
