package org.azekura.driver.simulator;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Library;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** A simulated library as a device. Settings that will not do end its activation with a message that says why. */
@Component(name = "org.azekura.driver.simulator", service = Library.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SimulatorDevice.Settings.class, factory = true)
public final class SimulatorDevice implements Library {

    private final Simulator simulator;

    @ObjectClassDefinition(name = "Simulated tape library", description = "A tape library in files, with drives, a robot, mail slots, and faults by a script."
            + " For trials and tests: it is no place for backups that matter.")
    public @interface Settings {

        @AttributeDefinition(name = "Folder", description = "Absolute path of the folder that holds the library, like /srv/library."
                + " It is made if the folder above it exists. One process at a time can have it open.")
        String folder();

        @AttributeDefinition(name = "Drives", min = "1", max = "16", description = "Number of drives, 1 to 16.")
        int drives() default 1;

        @AttributeDefinition(name = "Slots", min = "1", max = "1000", description = "Number of slots, 1 to 1000.")
        int slots() default 8;

        @AttributeDefinition(name = "Mail slots", min = "0", max = "100", description = "Number of mail slots, 0 to 100. Without any, hands use the slots.")
        int mailSlots() default 1;

        @AttributeDefinition(name = "Cartridges", min = "0", description = "Number of cartridges that a new library has, beside those for cleaning;"
                + " 0 for as many as leave one slot free.")
        int cartridges() default 0;

        @AttributeDefinition(name = "Cleaning cartridges", min = "0", description = "Number of cleaning cartridges that a new library has.")
        int cleaning() default 1;

        @AttributeDefinition(name = "Generation", description = "Generation of the drives: LTO-5, LTO-6, LTO-7, LTO-8 or LTO-9.", options = {
                @Option(label = "LTO-5", value = "LTO-5"), @Option(label = "LTO-6", value = "LTO-6"), @Option(label = "LTO-7", value = "LTO-7"),
                @Option(label = "LTO-8", value = "LTO-8"), @Option(label = "LTO-9", value = "LTO-9")})
        String generation() default "LTO-8";

        @AttributeDefinition(name = "Capacity (MB)", min = "0", description = "Megabytes on a new cartridge; 0 for what the generation has.")
        long capacity__MB() default 0;

        @AttributeDefinition(name = "Early warning (MB)", min = "0", description = "Megabytes before the end of a cartridge from which on the drive warns;"
                + " 0 for a sixteenth of it, at most 512.")
        long earlyWarning__MB() default 0;

        @AttributeDefinition(name = "Buffer (MB)", min = "1", max = "1024", description = "Megabytes that a drive holds in memory before they are on the tape, 1 to 1024."
                + " They are lost when its power goes.")
        int buffer__MB() default 16;

        @AttributeDefinition(name = "Speed (MB/s)", min = "0", description = "Megabytes that a drive reads or writes in a second; 0 for what the generation has.")
        int speed__MBps() default 0;

        @AttributeDefinition(name = "Time scale", min = "0", max = "100", description = "Real seconds for each simulated one, 0 to 100: 1 is as slow as a real library, 0 waits"
                + " for nothing.")
        double timeScale() default 0;

        @AttributeDefinition(name = "Faults", description = "What shall go wrong, lines separated by semicolons, like"
                + " \"write block 120 of A00001L8: medium error; move of A00002L8: jam\". Lines can also be written to the file faults in the folder,"
                + " at any time.")
        String faults() default "";
    }

    @Activate
    public SimulatorDevice(Settings settings) throws BackupException {
        simulator = Simulator.of(new Setup.Raw(settings.folder(), settings.drives(), settings.slots(), settings.mailSlots(), settings.cartridges(),
                settings.cleaning(), settings.generation(), settings.capacity__MB(), settings.earlyWarning__MB(), settings.buffer__MB(),
                settings.speed__MBps(), settings.timeScale(), settings.faults()));
    }

    @Deactivate
    void close() {
        simulator.close();
    }

    @Override
    public Optional<Changer> changer() {
        return simulator.changer();
    }

    @Override
    public List<Drive> drives() {
        return simulator.drives();
    }

    @Override
    public String location() {
        return simulator.location();
    }
}
