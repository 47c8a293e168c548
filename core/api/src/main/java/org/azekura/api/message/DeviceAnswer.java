package org.azekura.api.message;

import java.util.List;
import java.util.Map;
import org.azekura.api.DeviceName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Terms;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.SettingsForm;

/** To orders about devices and their drivers. */
public sealed interface DeviceAnswer extends Answer {

    /** By name. */
    record Devices(List<DeviceFound> devices) implements DeviceAnswer {}

    /**
     * A device that is configured.
     *
     * @param location for people; null if no driver serves it
     * @param problem  why it is not served, as far as that is known; null if it is, or nothing is known
     */
    record DeviceFound(DeviceName device, String driver, String location, String problem) {}

    /** To {@link DeviceOrder.DescribeDriver}. */
    record Form(SettingsForm form) implements DeviceAnswer {}

    /**
     * What is set of a device; all else has its default.
     *
     * @param values  by the names of the driver's metatype, without secrets
     * @param secrets names of those that are set and never told
     */
    record Settings(Map<String, String> values, List<String> secrets) implements DeviceAnswer {}

    /** A label as it was found, 4096 bytes; null if there is none. */
    record LabelFound(byte[] label) implements DeviceAnswer {}

    /**
     * To {@link DeviceOrder.ReadTerms}; as in {@link Terms}.
     *
     * @param firstByte milliseconds
     * @param paidFor_s seconds
     * @param loaded    volumes of the pool that are in a drive
     * @param tiers     of its archive, the cheapest first; none if it has none
     */
    record TermsFound(Terms.Medium medium, long firstByte, long bytesPerSecond, long microsPerGiB, long microsPerThousand, long paidFor_s, long paidAbove, List<VolumeId> loaded,
            List<TierFound> tiers) implements DeviceAnswer {}

    /**
     * As in {@link org.azekura.api.device.RetrievalTier}.
     *
     * @param waiting milliseconds
     */
    record TierFound(String name, long waiting, long microsPerBlob, long microsPerGiB) {}

    /** To {@link DeviceOrder.ReadUse}: of devices whose drivers count. */
    record UseFound(List<MonthFound> months) implements DeviceAnswer {}

    /**
     * What a device carried in a month, and what that costs now; as in {@link org.azekura.api.device.Traffic} and {@link Terms}.
     *
     * @param ledger of the node; another one has begun to count anew
     * @param month  of UTC, by the node's clock, like {@code 2026-11}
     */
    record MonthFound(DeviceName device, String ledger, String month, long bytesIn, long bytesOut, long writes, long reads, long free, long microsPerGiB, long microsPerThousand,
            long microsPerThousandWrites) {}

    /** The folders of volumes that lie in a device for copies, below it. */
    record CopyFolders(List<String> folders) implements DeviceAnswer {}

    /** By name. */
    record Drivers(List<InstalledDriver> drivers) implements DeviceAnswer {}

    /**
     * To {@link DriverOrder.ChangeDriver}.
     *
     * @param driver    as it runs now
     * @param backedOut what the new version did that had the one before run again, on one line; null: the new one runs
     */
    record DriverChanged(InstalledDriver driver, String backedOut) implements DeviceAnswer {}
}
