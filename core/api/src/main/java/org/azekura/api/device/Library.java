package org.azekura.api.device;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One or more tape drives and the robot that feeds them; a single drive that is fed by hand is a library without a changer. Published as an OSGi
 * service, one per factory configuration; the part of {@code service.pid} after {@code ~} is the device's name.
 *
 * <p><b>Threads:</b> any number at once here; the changer and each drive have rules of their own, and do not wait for each other but where one
 * cartridge is concerned. <b>After close</b> (the service is gone) every call of every part that can fail throws {@code device.closed}, also one
 * that is waiting inside the device, as soon as the device lets go of it.
 */
@ConsumerType
public interface Library {

    /** The robot; always the same one, or none. Never blocks. */
    Optional<Changer> changer();

    /**
     * The drives, at least one; always the same ones in the same order. A drive's place in this list is its number, by which
     * {@link Element#drive()} refers to it. Never blocks: one that can't be reached is listed and says so when it is used.
     */
    List<Drive> drives();

    /** For people: where this is, like {@code /dev/sg3}. Holds no secret. */
    String location();

    /**
     * Tries whether all of it works, as far as that moves nothing and leaves no trace; called when a driver was installed or changed, and when an
     * operator asks. It ends within a minute.
     *
     * @throws BackupException {@code device.*} and what changer and drives throw
     */
    default void selfTest() throws BackupException {
        if (changer().isPresent()) {
            changer().get().selfTest();
        }
        for (Drive drive : drives()) {
            drive.selfTest();
        }
    }
}
