package org.azekura.driver.ups;

import org.azekura.api.BackupException;
import org.azekura.api.device.PowerSource;
import org.azekura.api.device.PowerState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A power supply as a device. Settings that will not do end its activation with a message that says why. */
@Component(name = "org.azekura.driver.ups", service = PowerSource.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = UpsDevice.Settings.class, factory = true)
public final class UpsDevice implements PowerSource {

    private final Ups ups;

    @ObjectClassDefinition(name = "Power supply (Megatec)", description = "An uninterruptible power supply on a serial line that speaks the Megatec or Q1"
            + " protocol. While it is on battery, jobs wait; when that is low, this process ends in order.")
    public @interface Settings {

        @AttributeDefinition(name = "Port", description = "Serial line, like /dev/ttyS0. Who runs this process must be allowed to use it.")
        String port();

        @AttributeDefinition(name = "Poll (ms)", min = "200", max = "60000", description = "Milliseconds between two questions, 200 to 60000.")
        int poll__ms() default 2000;

        @AttributeDefinition(name = "Silence (s)", min = "2", max = "3600", description = "Seconds without an answer after which a warning is given, 2 to 3600.")
        int silence__s() default 15;

        @AttributeDefinition(name = "Wait on battery (s)", min = "0", max = "3600", description = "Seconds on battery after which jobs are held, 0 to 3600: shorter failures of"
                + " the mains change nothing.")
        int batteryWait__s() default 5;

        @AttributeDefinition(name = "Wait on mains (s)", min = "0", max = "86400", description = "Seconds that the mains must be back before jobs go on, 0 to 86400.")
        int mainsWait__s() default 60;

        @AttributeDefinition(name = "Longest on battery (s)", min = "0", max = "86400", description = "Seconds on battery after which that counts as low, up to 86400; 0 for no bound.")
        int longest__s() default 0;

        @AttributeDefinition(name = "Low (percent)", min = "0", max = "99", description = "Charge of the battery at which it counts as low, 1 to 99; 0 for when the device says so.")
        int low__percent() default 0;

        @AttributeDefinition(name = "Voltage when empty (V)", description = "Battery voltage, as the device tells it, at which nothing is left, like 21.6;"
                + " 0 if the charge is not to be told.")
        double empty__V() default 0;

        @AttributeDefinition(name = "Voltage when full (V)", description = "Battery voltage, as the device tells it, of a full battery, like 27.2; 0 likewise.")
        double full__V() default 0;
    }

    /** Nothing is opened here: its own thread does. */
    @Activate
    public UpsDevice(Settings settings) throws BackupException {
        ups = new Ups(Setup.check(settings)).start();
    }

    @Deactivate
    void close() {
        ups.close();
    }

    @Override
    public String location() {
        return ups.location();
    }

    @Override
    public PowerState state() {
        return ups.state();
    }

    @Override
    public Patience patience() {
        return ups.patience();
    }

    @Override
    public void selfTest() throws BackupException {
        ups.selfTest();
    }
}
