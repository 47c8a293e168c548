package org.azekura.storagenode.cartridge.blob;

import java.util.Optional;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Position;

/**
 * Where a blob lies on tape.
 *
 * @param barcode  of the volume's cartridge, if it has one that can be read
 * @param position in front of its first block
 */
public record BlobPlace(VolumeId volume, Optional<Barcode> barcode, Position position) {}
