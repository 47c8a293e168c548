package org.azekura.driver.serialchanger;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Library;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A robot and the drives that it feeds as a device. Settings that will not do end its activation with a message that says why. */
@Component(name = "org.azekura.driver.serialchanger", service = Library.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SerialChangerDevice.Settings.class, factory = true)
public final class SerialChangerDevice implements Library {

    private final SerialChanger changer;
    private final BorrowedDrives borrowed;
    private final List<Drive> drives;

    @ObjectClassDefinition(name = "Serial changer", description = "A robot on a serial line, described by a profile, that feeds the drives of another device.")
    public @interface Settings {

        @AttributeDefinition(name = "Port", description = "Serial line, like /dev/ttyS1. Who runs this process must be allowed to use it.")
        String port();

        @AttributeDefinition(name = "Profile", description = "How the robot is spoken to: generic, rimage, or the absolute path of a profile.")
        String profile() default "generic";

        @AttributeDefinition(name = "Drives of", description = "Name of the device whose drives the robot feeds, in the order of the profile's.")
        String drives__of();

        @AttributeDefinition(name = "Notes", description = "Absolute path of a file where the driver notes which cartridge is where: the robot can't see.")
        String notes();

        @AttributeDefinition(name = "Cartridges", description = "What is where if there are no notes yet, like 10=A00001L8,11=A00002L8,12; all else is empty then."
                + " Without it, nobody knows what is where.")
        String cartridges() default "";
    }

    /** Nothing is opened here: the first call does. */
    @Activate
    public SerialChangerDevice(Settings settings, BundleContext context) throws BackupException {
        this(Setup.check(settings), setup -> use -> lend(context, setup.drives(), use));
    }

    SerialChangerDevice(Setup setup, Function<Setup, BorrowedDrives.Lender> lenders) {
        changer = new SerialChanger(setup.profile(), setup.port(), setup.notes(), setup.first());
        borrowed = new BorrowedDrives(setup.drives().value(), lenders.apply(setup));
        drives = borrowed.list(setup.profile().drives());
    }

    /** The service is kept by whoever else uses it; it is the same one at every call for as long as it is there. */
    private static Object lend(BundleContext context, DeviceName name, BorrowedDrives.Use use) throws Throwable {
        Collection<ServiceReference<Library>> found;
        try {
            found = context.getServiceReferences(Library.class, "(service.pid=*~" + name + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        for (ServiceReference<Library> reference : found) {
            Library library = context.getService(reference);
            if (library != null) {
                try {
                    return use.with(library);
                } finally {
                    context.ungetService(reference);
                }
            }
        }
        return null;
    }

    @Deactivate
    public void close() {
        borrowed.close();
        changer.close();
    }

    @Override
    public Optional<Changer> changer() {
        return Optional.of(changer);
    }

    @Override
    public List<Drive> drives() {
        return drives;
    }

    @Override
    public String location() {
        return changer.location();
    }

    /** The drives are tried by the device that has them. */
    @Override
    public void selfTest() throws BackupException {
        changer.selfTest();
    }
}
