package org.azekura.api.catalog;

import java.time.Instant;

/**
 * What went wrong with one cartridge in one drive, all of it together.
 *
 * @param drive   as its node names it: node, device and number, or the serial number if it has one
 * @param barcode of the cartridge
 * @param errors  that were not recovered
 * @param last    when the last of them came
 * @param what    the last of them, for people
 */
public record DriveErrors(String drive, String barcode, int errors, Instant last, String what) {}
