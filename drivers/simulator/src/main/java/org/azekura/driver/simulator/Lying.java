package org.azekura.driver.simulator;

import org.azekura.api.device.Barcode;
import org.azekura.api.device.ElementAddress;

/**
 * A cartridge and where it is.
 *
 * @param at           {@link Elements#OUTSIDE} if somebody took it out of the library
 * @param source       where it was taken from last
 * @param uses         how often it was loaded
 * @param writeProtect whether its tab is set
 */
record Lying(Barcode barcode, ElementAddress at, ElementAddress source, int uses, boolean writeProtect) {

    Lying movedTo(ElementAddress to) {
        return new Lying(barcode, to, at, uses, writeProtect);
    }

    Lying used() {
        return new Lying(barcode, at, source, uses + 1, writeProtect);
    }

    Lying writeProtect(boolean set) {
        return new Lying(barcode, at, source, uses, set);
    }
}
