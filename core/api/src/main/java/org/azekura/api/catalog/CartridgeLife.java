package org.azekura.api.catalog;

import java.time.Instant;

/**
 * What is known of a cartridge from its beginning on. What drives tell of it comes from its own memory, and counts what others did with it, too: -1 if no drive told.
 *
 * @param mounts      times that something was read or written on it here, from a load to the unload
 * @param seen        when that was last
 * @param loads       into any drive
 * @param written     bytes
 * @param read        bytes
 * @param uncorrected errors
 */
public record CartridgeLife(String barcode, int mounts, Instant seen, long loads, long written, long read, long uncorrected) {}
