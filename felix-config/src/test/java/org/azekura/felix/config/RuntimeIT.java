package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Bundles of all roles in one framework. */
@ExtendWith(FrameworkExtension.class)
class RuntimeIT {

    private static final long CONSOLE_MS = 60_000;

    @Test
    void everyBundleIsActive(BundleContext context) {
        assertEquals(List.of(), new Diagnosis(context, bundle -> null).bundles());
    }

    @Test
    void everyComponentIsSatisfiedOnceTheConsoleAnswers(BundleContext context) throws InterruptedException {
        var diagnosis = new Diagnosis(context, bundle -> null);
        var console = new ServiceTracker<>(context, Appliance.CONSOLE, null);
        // From all bundles: the class path of the tests has the API too, as another class.
        console.open(true);
        assertNotNull(console.waitForService(CONSOLE_MS), () -> "the console does not answer; lacking: " + diagnosis.components());
        assertEquals(List.of(), diagnosis.components());
    }
}
