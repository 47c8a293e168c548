package org.azekura.api.message;

import org.azekura.api.driver.PublisherTrust;

/** About the drivers of a storage node. */
public sealed interface DriverOrder extends NodeOrder {

    /** Which drivers are here? Answer: {@link DeviceAnswer.Drivers}. */
    record ListDrivers() implements DriverOrder {}

    /**
     * Which drivers are here when the changes are over that have been ordered? Answer: {@link DeviceAnswer.Drivers}, minutes later while one is under way. So
     * a server that has lost an answer learns what became of its order.
     */
    record SettleDrivers() implements DriverOrder {}

    /**
     * Install the driver whose package has come by {@link StreamOpening.BringPackage}, or put it in the place of the one that is here. Answer: {@link
     * DeviceAnswer.DriverChanged}, minutes later where jobs have to pause. The package is forgotten, however it ends. Fails as {@link
     * org.azekura.api.driver.DriverInstaller} does, with {@code package.missing} if it did not come whole, {@code driver.fixed} where drivers can't
     * be changed.
     *
     * @param update whether one of its name must be here, else none
     */
    record ChangeDriver(String upload, boolean update, PublisherTrust trust) implements DriverOrder {}

    /**
     * Stop and forget a driver. Answer: {@link Answer.Done}. Fails with {@code driver.unknown}, {@code driver.used}.
     *
     * @param park whether devices may be configured for it: they stay so, and their jobs park
     */
    record RemoveDriver(String name, boolean park) implements DriverOrder {}
}
