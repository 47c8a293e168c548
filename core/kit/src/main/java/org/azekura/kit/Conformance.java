package org.azekura.kit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Library;
import org.azekura.api.device.PowerSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the contracts that belong to a device's shape, rule by rule. One run at a time in a process. */
final class Conformance {

    /** A tape that can be filled by a rule. */
    private static final long SMALL_TAPE = 256_000_000;

    /**
     * JUnit makes the objects that run rules; they find the device here.
     *
     * @param scratch null for a device that has none
     */
    private record UnderTest(TrialDevice device, ScratchCartridge scratch, List<Class<?>> contracts, Duration perRule) {}

    private static final AtomicReference<UnderTest> UNDER_TEST = new AtomicReference<>();

    private Conformance() {}

    static TrialDevice device() {
        return UNDER_TEST.get().device();
    }

    static ScratchCartridge scratch() {
        return UNDER_TEST.get().scratch();
    }

    /**
     * @param scratch of a library, the cartridge that may be overwritten
     * @throws BackupException {@code driver.failed} if the device has no shape that there is a contract for, {@code device.used} if it is not empty,
     *                         {@code setting.missing} if a cartridge must be named
     */
    static Report run(TrialDevice device, Optional<Barcode> scratch) throws BackupException {
        UnderTest now = prepared(device, scratch);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(now.contracts().stream().map(contract -> selectClass(contract)).toList())
                .configurationParameter("junit.jupiter.execution.timeout.default", now.perRule().toSeconds() + " s")
                // A call that never returns costs its thread, and not the run.
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD").build();
        Report report = new Report();
        UNDER_TEST.set(now);
        try {
            LauncherFactory.create(LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build()).execute(request, report);
        } finally {
            UNDER_TEST.set(null);
        }
        if (report.isEmpty()) {
            throw BackupException.bug("conformance run", new IllegalStateException("no rule of " + now.contracts() + " was run"));
        }
        return report;
    }

    private static UnderTest prepared(TrialDevice device, Optional<Barcode> scratch) throws BackupException {
        List<String> shapes = device.services();
        if (shapes.contains(BlobStore.class.getName())) {
            boolean locks = StoreTrial.requireEmpty(device);
            // What was locked stays for a minute, so each rule needs a place of its own.
            return new UnderTest(device, null, locks && device.isNumbered() ? List.of(BlobStoreTrial.class, BlobLockTrial.class) : List.of(BlobStoreTrial.class),
                    Duration.ofMinutes(2));
        }
        if (shapes.contains(Library.class.getName())) {
            ScratchCartridge cartridge = new ScratchCartridge(device, scratch.orElseThrow(() -> BackupException.operator("setting.missing", "",
                    "the device is a tape library; name a cartridge that may be overwritten: --scratch A00001L8")));
            List<Class<?>> contracts = new ArrayList<>(List.of(DriveTrial.class));
            long capacity = cartridge.capacity();
            if (capacity > 0 && capacity <= SMALL_TAPE) {
                contracts.add(FullTapeTrial.class);
            }
            if (cartridge.hasChanger()) {
                contracts.add(ChangerTrial.class);
            }
            return new UnderTest(device, cartridge, contracts, Duration.ofHours(3));
        }
        if (shapes.contains(PowerSource.class.getName())) {
            return new UnderTest(device, null, List.of(PowerTrial.class), Duration.ofMinutes(2));
        }
        throw BackupException.device("driver.failed", "", "the driver serves with " + (shapes.isEmpty() ? "no device" : String.join(", ", shapes))
                + "; there are contracts for " + BlobStore.class.getName() + ", " + Library.class.getName() + " and " + PowerSource.class.getName(), null);
    }
}
