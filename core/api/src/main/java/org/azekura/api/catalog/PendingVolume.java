package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;

/**
 * A volume that a node was told to make and that nobody has heard of since. It becomes one only when its label was read back.
 *
 * @param set        the first of the volumes that it will belong with; its own id if it is to be that one
 * @param number     within its set, from 1
 * @param label      the name that is to be written on it
 * @param barcode    of the cartridge that was chosen; null: any blank one
 * @param made       what its label says
 * @param overwrites the volume that is given up for it; null if none is
 */
public record PendingVolume(PoolName pool, int number, VolumeId volume, VolumeId set, String label, String barcode, Instant made, VolumeId overwrites) {}
