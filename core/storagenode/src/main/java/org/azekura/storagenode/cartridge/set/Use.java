package org.azekura.storagenode.cartridge.set;

import org.azekura.api.VolumeId;

/**
 * How much of a cartridge counts.
 *
 * @param number  from 1
 * @param closed  whether others follow it and it is known what lies there, so that it can leave
 * @param suspect whether it does not end where it should, or has something that could not be read, so that it may have more than is known
 * @param packs   that count and lie there
 * @param live    bytes of all that counts and lies there
 * @param used    bytes up to its end
 */
public record Use(VolumeId volume, int number, boolean closed, boolean suspect, long packs, long live, long used) {}
