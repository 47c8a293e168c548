package org.azekura.storagenode.cartridge.set;

import java.util.Optional;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;

/**
 * One of the cartridges of a pool.
 *
 * @param number   from 1
 * @param name     as its label says
 * @param barcode  empty if it has none, or it was never read
 * @param location where it is, for people; null if it is not in the library
 * @param why      it is in its state, for people; null: nothing is to be said
 * @param used     bytes up to its end; -1 if that is not known
 * @param capacity in bytes; -1 if unknown, or it was not loaded since the library is served
 */
public record Member(int number, VolumeId volume, String name, Optional<Barcode> barcode, String location, Supply.State state, String why, long used,
        long capacity) {}
