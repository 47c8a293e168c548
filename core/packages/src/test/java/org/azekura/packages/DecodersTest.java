package org.azekura.packages;

import java.util.stream.Stream;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fuzz.Fuzzing;
import org.azekura.testkit.fuzz.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecodersTest {

    static Stream<Target> targets() {
        return PackageTargets.all().stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void takesOrRefusesAnyBytes(Target target) {
        Fuzzing.run(target, Seeds.slow() ? 50_000 : 500);
    }
}
