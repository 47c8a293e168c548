package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;

/** Bundles of all roles in one framework. */
@ExtendWith(FrameworkExtension.class)
class RuntimeIT {

    private static final Duration CONSOLE = Duration.ofSeconds(60);

    @Test
    void everyBundleIsActive(BundleContext context) {
        assertEquals(List.of(), new Diagnosis(context, bundle -> null).bundles());
    }

    @Test
    void everyComponentIsSatisfiedOnceTheConsoleAnswers(BundleContext context) throws InterruptedException {
        var diagnosis = new Diagnosis(context, bundle -> null);
        assertInstanceOf(Outcome.Answers.class, Outcome.await(context, CONSOLE), () -> "lacking: " + diagnosis.components());
        assertEquals(List.of(), diagnosis.components());
    }
}
