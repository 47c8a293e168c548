package org.azekura.api.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes driver packages in, swaps and removes them: the only way by which a bundle comes into a running process. An OSGi service, one in each
 * process that runs drivers. Changes are made one after the other; any thread may ask.
 */
@ProviderType
public interface DriverInstaller {

    /** What there is, by name. */
    List<InstalledDriver> list();

    /**
     * Which drivers another edition of the appliance would not serve: those that came in packages and need another version of its SPI. Drivers that the
     * appliance brings are not among them, for another edition brings its own.
     *
     * @param offered versions of packages by their names, as the other edition's bundles export them
     */
    List<Unserved> unserved(Map<String, String> offered);

    /**
     * A driver that would not be served.
     *
     * @param lacks what it needs and would not get, for people
     */
    record Unserved(String name, String version, String lacks) {}

    /**
     * Installs and starts a driver that is not here yet.
     *
     * @param file the package; it is copied
     * @throws BackupException {@code package.invalid}: no driver package at all; {@code package.refused}: tampered, unsigned, expired, of a publisher
     *                         who is not trusted, made for another SPI version, unresolvable…; {@code driver.installed}: it is here, update
     *                         it; {@code driver.failed}: it did not start. Nothing of it stays
     */
    Outcome.Done install(Path file, PublisherTrust trust) throws BackupException;

    /**
     * Puts another version in a driver's place, while jobs wait at a pack boundary. A version that does not resolve, start, pass its self-test or
     * serve its devices in time is abandoned, and the one before runs again. For a transport nobody waits: connections are made anew. A catalog store
     * gives way only while no job is there.
     *
     * @param file the package; it is copied
     * @throws BackupException as {@link #install}; {@code driver.unknown}: there is none of this name; {@code package.refused} also for a version that
     *                         is not newer
     */
    Outcome update(Path file, PublisherTrust trust) throws BackupException;

    /**
     * Starts a driver anew that throws what nobody expects, while jobs wait as for {@link #update}. Each version is started anew once; if it fails, the
     * driver is {@code FAILED}.
     *
     * @param why what it did, for people
     * @throws BackupException {@code driver.unknown}; {@code driver.restarted}: it was started anew before, or does not run: it stays as it is
     */
    Outcome restart(String name, String why) throws BackupException;

    /**
     * Stops a driver and forgets it and its older versions. Its devices must have been removed before.
     *
     * @throws BackupException {@code driver.unknown}, {@code driver.used} if a device is configured for it, or if the appliance itself needs it
     */
    default void remove(String name) throws BackupException {
        remove(name, false);
    }

    /**
     * The same, also while it has devices.
     *
     * @param park whether it may have some: these stay configured, their jobs pause as for {@link #update} and then park until a driver of this name
     *             is installed again, or another pool takes them
     * @throws BackupException {@code driver.unknown}, {@code driver.used} if a device is configured for it and {@code park} is false
     */
    void remove(String name, boolean park) throws BackupException;
}
