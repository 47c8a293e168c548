package org.azekura.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.packages.DriverManifest.Kind;
import org.azekura.packages.DriverPackage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "test", description = {"Runs the public contract of its kind on a device of yours, rule by rule, each on a device made anew.",
        "The device must be empty; whatever a rule leaves on it is deleted. Of a tape library one cartridge is overwritten, the others are moved and brought back.",
        "Exits 0 if every rule holds."},
        footer = {"", "Example:", "  azekura driver test shelf-1.0.0.azd --set path=/mnt/scratch"})
final class TestCommand implements Callable<Integer> {

    private final Told told;

    @Parameters(paramLabel = "PACKAGE", description = "The driver package; its signature is not looked at.")
    private Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = {"A setting of the device; may be repeated. {rule} in a value becomes another number for each rule: for a device",
            "that deletes nothing."})
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--scratch", paramLabel = "BARCODE", description = "Of a tape library: the cartridge that may be overwritten.")
    private String scratch;

    @Option(names = "--bundles", paramLabel = "DIR", description = "Libraries that an appliance has (default: those of this distribution).")
    private Path libraries = Libraries.beside();

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this and an example.")
    private boolean help;

    TestCommand(Told told) {
        this.told = told;
    }

    @Override
    public Integer call() throws Exception {
        DriverPackage driver = DriverPackage.open(file);
        if (driver.manifest().kind() != Kind.DEVICE) {
            throw new IllegalArgumentException("what runs here are the contracts of devices; that of a " + driver.manifest().kind().name().toLowerCase(Locale.ROOT)
                    + " is run by a test of the module: see org.azekura.testkit");
        }
        driver.requireServed(TrialFramework.exported());
        Path folder = Files.createTempDirectory("azekura-driver-test");
        try (TrialFramework framework = TrialFramework.launch(folder.resolve("framework"))) {
            framework.addLibraries(libraries);
            driver.extractTo(folder.resolve("driver"));
            for (String bundle : driver.manifest().bundles()) {
                framework.start(folder.resolve("driver").resolve(bundle));
            }
            Report report = conform(framework, driver);
            if (json) {
                told.object(document -> report.write(driver.manifest(), document));
            } else {
                report.print(driver.manifest(), told.out());
            }
            return report.failed() == 0 ? Exit.DONE : Exit.FAILED;
        } finally {
            Folders.remove(folder);
        }
    }

    private Report conform(TrialFramework framework, DriverPackage driver) throws BackupException {
        TrialDevice device = new TrialDevice(framework, driver.manifest().name(), settings);
        device.requireSettings();
        return Conformance.run(device, Optional.ofNullable(scratch).map(Barcode::new));
    }
}
