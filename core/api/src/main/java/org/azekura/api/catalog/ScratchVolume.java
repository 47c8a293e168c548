package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.VolumeId;

/**
 * A cartridge that nobody needs any more, with the label that it had.
 *
 * @param label   the name written on it
 * @param barcode what is glued to it
 * @param since   when it was given up
 * @param why     for people
 */
public record ScratchVolume(VolumeId volume, String label, String barcode, Instant since, String why) {}
