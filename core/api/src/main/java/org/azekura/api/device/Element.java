package org.azekura.api.device;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A place for one cartridge.
 *
 * @param source     where the cartridge was taken from last, if the changer knows
 * @param drive      for a drive: its number in {@link Library#drives}, if the changer or the settings tell
 * @param accessible whether the picker can take from it and put into it now. Some changers never say so: try all the same
 * @param problem    what the changer says is wrong here; empty if nothing
 */
public record Element(ElementAddress address, Kind kind, Content content, Optional<ElementAddress> source, OptionalInt drive, boolean accessible,
        String problem) {

    public Element {
        Objects.requireNonNull(address);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(content);
        Objects.requireNonNull(source);
        Objects.requireNonNull(drive);
        Objects.requireNonNull(problem);
    }

    /** What an element is for (SMC-3: medium transport, storage, import/export, data transfer). */
    public enum Kind { PICKER, SLOT, MAIL_SLOT, DRIVE }

    /** What lies in an element, in one word. */
    public enum Filling {
        EMPTY, CARTRIDGE,
        /** The changer does not know. */
        UNKNOWN
    }

    /** What lies in an element. */
    public sealed interface Content {}

    /** Nothing. */
    public record Empty() implements Content {}

    /** A cartridge whose label was read. */
    public record Named(Barcode barcode) implements Content {}

    /** A cartridge whose label was not, or can't be, read. */
    public record Unnamed() implements Content {}

    /** The changer does not know: {@link Changer#initialise} has it look. */
    public record Unknown() implements Content {}

    /** The label, if there is a cartridge with one that was read. */
    public Optional<Barcode> barcode() {
        return content instanceof Named named ? Optional.of(named.barcode()) : Optional.empty();
    }

    /** The content in one word. */
    public Filling filling() {
        return switch (content) {
            case Empty empty -> Filling.EMPTY;
            case Named named -> Filling.CARTRIDGE;
            case Unnamed unnamed -> Filling.CARTRIDGE;
            case Unknown unknown -> Filling.UNKNOWN;
        };
    }
}
