package org.azekura.storagenode.cartridge;

import java.util.Optional;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;

/**
 * One of the cartridges of a pool.
 *
 * @param number   from 1
 * @param name     as its label says
 * @param barcode  empty if it has none, or it was never read
 * @param used     bytes up to its end; -1 if that is not known
 * @param capacity in bytes; -1 if unknown, or it was not loaded since the library is served
 */
public record Member(int number, VolumeId volume, String name, Optional<Barcode> barcode, Supply.State state, long used, long capacity) {}
