package org.azekura.api.device;

import java.time.Duration;

/**
 * One way to have blobs brought from a device's archive.
 *
 * @param name          as {@link BlobStore#retrieve} takes it
 * @param waiting       longest time that the device names until the blob can be read
 * @param microsPerBlob cost in millionths of the currency that the device's settings are in, -1 if unknown
 * @param microsPerGiB  the same for each GiB
 */
public record RetrievalTier(String name, Duration waiting, long microsPerBlob, long microsPerGiB) {}
