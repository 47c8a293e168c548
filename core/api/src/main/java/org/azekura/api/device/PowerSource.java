package org.azekura.api.device;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What feeds a host with power and can tell how that stands, like an uninterruptible power supply on a serial line. Published as an OSGi service, one per
 * factory configuration; the part of {@code service.pid} after {@code ~} is the device's name.
 *
 * <p>A driver only tells. What is done about it is the house's: on battery, jobs are held; when it is low, the process ends as by {@code azekura down}.
 *
 * <p><b>Threads:</b> any number at once. <b>After close</b> (the service is gone) {@link #state} says {@link PowerState.Supply#UNKNOWN}, and {@link
 * #selfTest} throws {@code device.closed}.
 */
@ConsumerType
public interface PowerSource {

    /** For people: where this is, like {@code /dev/ttyS0}. Holds no secret. */
    String location();

    /**
     * What is known now; asked about once a second. Never blocks: the driver asks its device on a thread of its own. A driver says {@link
     * PowerState.Supply#BATTERY} and {@link PowerState.Supply#LOW} only when it has been told so twice running: one answer can be garbled.
     */
    PowerState state();

    /** How patient the operator wants the house to be with this source. Always the same. */
    Patience patience();

    /**
     * Tries whether the device answers; changes nothing about its output. It ends within a minute.
     *
     * @throws BackupException {@code device.io} if the way to it broke, {@code device.timeout} if it is silent, {@code device.garbled} if it says what
     *                         nobody understands, {@code device.closed}
     */
    void selfTest() throws BackupException;

    /**
     * @param battery how long it must run on battery before jobs are held
     * @param mains   how long the mains must be back before they go on
     */
    record Patience(Duration battery, Duration mains) {

        public Patience {
            if (battery.isNegative() || mains.isNegative()) {
                throw new IllegalArgumentException("patience is never negative: " + battery + ", " + mains);
            }
        }
    }
}
