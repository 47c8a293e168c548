package org.azekura.api.message;

import java.util.List;
import java.util.Map;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;

/** About the devices of a storage node, and what lies in them. */
public sealed interface DeviceOrder extends NodeOrder {

    /**
     * Have this device: make or change its configuration and wait until its driver serves it. Answer: {@link Answer.Done}.
     *
     * @param settings by the names of the driver's metatype
     */
    record ConfigureDevice(DeviceName device, String driver, Map<String, String> settings) implements DeviceOrder {}

    /**
     * Change some settings of this device while its jobs pause. It must prove itself with them, and hold the volumes of its pools; else it has those
     * before again. Answer: {@link Answer.Done}, minutes later where much goes on. Fails with {@code device.unknown}, {@code setting.unknown}, {@code
     * device.paused} if it pauses already, or with what the device said.
     *
     * @param set   by the names of the driver's metatype
     * @param unset settings that get their default
     */
    record ChangeDevice(DeviceName device, Map<String, String> set, List<String> unset) implements DeviceOrder {}

    /** Forget this device; its media stay as they are. Answer: {@link Answer.Done}. */
    record RemoveDevice(DeviceName device) implements DeviceOrder {}

    /** Which devices are configured here, served or not? Answer: {@link DeviceAnswer.Devices}. */
    record ListDevices() implements DeviceOrder {}

    /**
     * What can be set of this driver's devices? Answer: {@link DeviceAnswer.Form}; fails with {@code driver.unknown}.
     *
     * @param language that people read, like {@code ja}; null for the driver's usual one
     */
    record DescribeDriver(String driver, String language) implements DeviceOrder {}

    /** What is set of this device? Answer: {@link DeviceAnswer.Settings}; fails with {@code device.unknown}. */
    record ReadSettings(DeviceName device) implements DeviceOrder {}

    /** Does this device work? Answer: {@link Answer.Done}; fails with what the device says, {@code device.unserved}. */
    record TestDevice(DeviceName device) implements DeviceOrder {}

    /**
     * What does the volume in this device say of itself? Nothing is written. Answer: {@link DeviceAnswer.LabelFound}.
     *
     * @param pool that is open: the medium that it lies on is looked at, in a library a cartridge; null: the device as a whole
     */
    record ReadLabel(DeviceName device, PoolName pool) implements DeviceOrder {

        /** Looks at the device as a whole. */
        public ReadLabel(DeviceName device) {
            this(device, null);
        }
    }

    /**
     * What does reading from this device take? Nothing is read. Answer: {@link DeviceAnswer.TermsFound}.
     *
     * @param pool that is open there: which of its volumes are in a drive is told as well; null: nobody wants to know
     */
    record ReadTerms(DeviceName device, PoolName pool) implements DeviceOrder {}

    /** What have the devices of this node carried this month, and the one before? Answer: {@link DeviceAnswer.UseFound}. */
    record ReadUse() implements DeviceOrder {}

    /** Which volumes of other pools lie in this device for copies? Nothing is written. Answer: {@link DeviceAnswer.CopyFolders}. */
    record ListCopies(DeviceName device) implements DeviceOrder {}
}
