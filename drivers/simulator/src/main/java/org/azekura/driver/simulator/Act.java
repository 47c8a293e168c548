package org.azekura.driver.simulator;

import org.azekura.api.device.Barcode;

/** What a hand does to a library, once. */
sealed interface Act {

    /** Puts a cartridge, a new one or one that was taken out, into a mail slot. */
    record Insert(Barcode cartridge) implements Act {}

    /** Takes a cartridge out of the library, from a slot or mail slot. */
    record Take(Barcode cartridge) implements Act {}

    /** Sets the tab of a cartridge, or sets it back. */
    record Protect(Barcode cartridge, boolean set) implements Act {}

    /** Takes the power from a drive and gives it back. */
    record PowerOff(int drive) implements Act {}
}
