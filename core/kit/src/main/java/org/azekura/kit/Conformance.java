package org.azekura.kit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the contract that belongs to a device's shape, rule by rule. One run at a time in a process. */
final class Conformance {

    private static final Map<String, Class<?>> CONTRACTS = new LinkedHashMap<>(Map.of(BlobStore.class.getName(), BlobStoreTrial.class));
    /** JUnit makes the objects that run rules; they find the device here. */
    private static final AtomicReference<TrialDevice> UNDER_TEST = new AtomicReference<>();

    private Conformance() {}

    static TrialDevice device() {
        return UNDER_TEST.get();
    }

    /** @throws BackupException {@code driver.failed} if the device has no shape that there is a contract for, {@code device.used} if it is not empty */
    static Report run(TrialDevice device) throws BackupException {
        Class<?> contract = device.services().stream().filter(CONTRACTS::containsKey).findFirst().<Class<?>>map(CONTRACTS::get)
                .orElseThrow(() -> BackupException.device("driver.failed", "", "the driver serves with " + (device.services().isEmpty() ? "no device"
                        : String.join(", ", device.services())) + "; there are contracts for " + String.join(", ", CONTRACTS.keySet()), null));
        BlobStoreTrial.requireEmpty(device);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract))
                .configurationParameter("junit.jupiter.execution.timeout.default", "120 s")
                // A call that never returns costs its thread, and not the run.
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD").build();
        Report report = new Report();
        UNDER_TEST.set(device);
        try {
            LauncherFactory.create(LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build()).execute(request, report);
        } finally {
            UNDER_TEST.set(null);
        }
        if (report.isEmpty()) {
            throw BackupException.bug("conformance run", new IllegalStateException("no rule of " + contract.getName() + " was run"));
        }
        return report;
    }
}
