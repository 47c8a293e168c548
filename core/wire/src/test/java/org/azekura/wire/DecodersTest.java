package org.azekura.wire;

import java.util.stream.Stream;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fuzz.Fuzzing;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What comes from the other side under some thousand inputs that are nearly right. */
class DecodersTest {

    private static final int RUNS = Seeds.slow() ? 50_000 : 500;

    @TestFactory
    Stream<DynamicTest> takeOrRefuseAnyBytes() {
        return WireTargets.all().stream().map(target -> DynamicTest.dynamicTest(target.name(), () -> Fuzzing.run(target, RUNS)));
    }
}
