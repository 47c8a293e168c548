package org.azekura.api.device;

import java.util.List;
import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A robot that moves cartridges between the elements of a library: slots, mail slots, drives, and the picker itself. Its inventory is the truth about
 * where cartridges are: hands move them, too.
 *
 * <p><b>Failures</b> beside those named with the calls:
 * <pre>
 * device.closed      the service is gone
 * device.io          the changer does not answer, or the way to it broke; whether the cartridge was moved, the inventory tells
 * device.timeout     it took longer than this may take; as above
 * device.interrupted the thread was interrupted while it waited; as above
 * device.hardware    the changer says that it is broken (sense key 4)
 * device.reserved    somebody else has reserved it; nothing was done
 * device.unsupported this changer has no such thing, see {@link Capabilities}; nothing was done
 * changer.attention  the library was reset, opened, or fed through a mail slot, by somebody else (sense key 6): nothing was done; take the
 *                    inventory before the next move
 * changer.jam        a cartridge is stuck; the inventory tells where. A person may have to help
 * </pre>
 *
 * <p><b>Threads:</b> one at a time, on a platform thread under the caller's own time-out; {@link #location} and {@link #capabilities} any. A
 * move takes up to some minutes.
 */
@ConsumerType
public interface Changer {

    /** For people: where this is, like {@code /dev/sg3}. Holds no secret. */
    String location();

    /** Which one it is; as {@link Drive#identity}. */
    Drive.Identity identity() throws BackupException;

    /** What it can do beyond the rest. The contract test asserts the refusal of what is not there. */
    Capabilities capabilities() throws BackupException;

    /** Every element there is, by address; what the changer believes now (SMC-3, READ ELEMENT STATUS). Moves nothing. At most 65,536. */
    List<Element> inventory() throws BackupException;

    /**
     * Moves a cartridge (SMC-3, MOVE MEDIUM). One that lies in a drive must have been unloaded, by {@link Drive#unload}, also if
     * nobody has loaded it. It is not loaded by being put into one.
     *
     * @throws BackupException {@code changer.address} if there is no such element or both are the same, {@code changer.empty} if there is nothing at
     *                         {@code from}, {@code changer.taken} if there is something at {@code to}, {@code changer.held} if a
     *                         drive does not let go of it: nothing was moved. After anything else the inventory tells where it is
     */
    void move(ElementAddress from, ElementAddress to) throws BackupException;

    /**
     * Puts the cartridge from {@code from} in the place of that at {@code at}, which goes to {@code to}; {@code to} may be {@code from} (SMC-3, EXCHANGE
     * MEDIUM).
     *
     * @throws BackupException as {@link #move}
     */
    void exchange(ElementAddress from, ElementAddress at, ElementAddress to) throws BackupException;

    /** Has the robot look into every element anew, barcodes included (SMC-3, INITIALIZE ELEMENT STATUS). May take many minutes. */
    void initialise() throws BackupException;

    /** As {@link Library#selfTest}, for this changer. */
    default void selfTest() throws BackupException {
        identity();
        capabilities();
    }

    /**
     * @param exchange {@link Changer#exchange}
     * @param barcodes it reads labels; without, every cartridge is {@link Element.Unnamed}
     */
    record Capabilities(boolean exchange, boolean barcodes) {}
}
