package org.azekura.storagenode.cartridge.drive;

import java.time.Instant;
import org.azekura.api.device.Drive;

/**
 * What a drive did with a cartridge since that was loaded, and what it counted. Told again it only grows.
 *
 * @param loaded  by this node's clock
 * @param written bytes of blocks
 * @param read    bytes of blocks
 * @param errors  that were told one by one
 * @param life    of the cartridge
 */
public record Mounted(Instant loaded, long written, long read, int errors, Drive.Counters counters, Drive.Life life) {}
