package org.azekura.api.device;

import java.time.Duration;
import java.util.Locale;

/**
 * What use of a device takes, as far as its settings say: with it the nearest of several copies is chosen, what a month has cost is reckoned, and nothing is deleted that is paid for still.
 *
 * @param medium            what kind of thing keeps the blobs
 * @param firstByte         usual time from a read to its first byte
 * @param bytesPerSecond    usual rate of a read, -1 if unknown
 * @param microsPerGiB      cost of a GiB that leaves the device, in millionths of the currency that the settings are in; 0 if it costs nothing
 * @param microsPerThousand cost of a thousand reads
 * @param microsPerThousandWrites cost of a thousand requests that put or list
 * @param paidFor           a blob is paid for at least so long from its writing on, however soon it is deleted; zero if it is not
 * @param paidAbove         that holds for blobs that are longer than so many bytes
 */
public record Terms(Medium medium, Duration firstByte, long bytesPerSecond, long microsPerGiB, long microsPerThousand, long microsPerThousandWrites, Duration paidFor, long paidAbove) {

    /** Of a device on which nothing is paid for longer than it is there. */
    public Terms(Medium medium, Duration firstByte, long bytesPerSecond, long microsPerGiB, long microsPerThousand, long microsPerThousandWrites) {
        this(medium, firstByte, bytesPerSecond, microsPerGiB, microsPerThousand, microsPerThousandWrites, Duration.ZERO, 0);
    }

    /** Of a device to which writing costs nothing. */
    public Terms(Medium medium, Duration firstByte, long bytesPerSecond, long microsPerGiB, long microsPerThousand) {
        this(medium, firstByte, bytesPerSecond, microsPerGiB, microsPerThousand, 0);
    }

    /** Kinds of medium: what destroys one of them seldom destroys another. */
    public enum Medium {
        DISK, TAPE, CLOUD;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A disk in the node itself, of which nobody has said anything. */
    public static final Terms OF_A_DISK = new Terms(Medium.DISK, Duration.ZERO, -1, 0, 0);
}
