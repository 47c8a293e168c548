package org.azekura.server.library;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.azekura.api.DeviceName;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryAnswer.ElementFound;
import org.azekura.server.host.ConnectedNode;

/** Where everything was in a library when it was asked. */
record Floor(ConnectedNode node, DeviceName device, String driver, LibraryAnswer.Elements found) {

    List<ElementFound> elements() {
        return found.elements();
    }

    /** Whether a pool lies in this library. */
    boolean isHomeOf(Pool pool) {
        return pool.device().equals(device) && pool.node().equals(node.name());
    }

    Optional<ElementFound> at(int address) {
        return elements().stream().filter(element -> element.address() == address).findFirst();
    }

    Optional<ElementFound> of(Barcode barcode) {
        return elements().stream().filter(element -> barcode.equals(element.barcode())).findFirst();
    }

    Optional<ElementFound> drive(int number) {
        return elements().stream().filter(element -> element.drive() == number).findFirst();
    }

    List<ElementFound> of(Element.Kind kind) {
        return elements().stream().filter(element -> element.kind() == kind).toList();
    }

    /** Empty elements of a kind, by address. */
    List<ElementFound> free(Element.Kind kind) {
        return of(kind).stream().filter(element -> element.filling() == Element.Filling.EMPTY).toList();
    }

    /** Where something is, for people: {@code lib1, slot 1003}. */
    String place(ElementFound element) {
        return device + ", " + word(element);
    }

    /** The same without the library. */
    static String word(ElementFound element) {
        return switch (element.kind()) {
            case PICKER -> "picker " + element.address();
            case SLOT -> "slot " + element.address();
            case MAIL_SLOT -> "mail slot " + element.address();
            case DRIVE -> "drive " + (element.drive() < 0 ? "in element " + element.address() : Integer.toString(element.drive()));
        };
    }

    /** What lies in the mail slots, for people. */
    String mail() {
        return of(Element.Kind.MAIL_SLOT).stream().map(element -> element.address() + " (" + (element.barcode() == null ? "a cartridge without a barcode"
                : element.barcode().value()) + ")").collect(Collectors.joining(", "));
    }
}
