package org.azekura.storagenode.cartridge.set;

import java.util.Optional;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;

/**
 * A volume that is none of its pool's any more.
 *
 * @param number  that it had in its set
 * @param name    as its label says; empty if that is not known
 * @param barcode of the cartridge that still has its label, if it was looked at since
 */
public record Left(int number, VolumeId volume, Optional<String> name, Optional<Barcode> barcode) {}
