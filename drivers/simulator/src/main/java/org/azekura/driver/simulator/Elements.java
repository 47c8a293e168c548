package org.azekura.driver.simulator;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.device.Element.Kind;
import org.azekura.api.device.ElementAddress;

/** The places of a library. Their addresses are those of a common make of libraries. */
record Elements(int drives, int slots, int mailSlots) {

    /** Where cartridges are that are not in the library. No element has this address. */
    static final ElementAddress OUTSIDE = new ElementAddress(0);
    static final ElementAddress PICKER = new ElementAddress(1);
    private static final int MAIL = 10;
    private static final int DRIVES = 500;
    private static final int SLOTS = 1000;

    static Elements of(Setup setup) {
        return new Elements(setup.drives(), setup.slots(), setup.mailSlots());
    }

    List<ElementAddress> all() {
        List<ElementAddress> all = new ArrayList<>();
        all.add(PICKER);
        add(all, MAIL, mailSlots);
        add(all, DRIVES, drives);
        add(all, SLOTS, slots);
        return all;
    }

    private static void add(List<ElementAddress> all, int first, int count) {
        for (int i = 0; i < count; i++) {
            all.add(new ElementAddress(first + i));
        }
    }

    boolean has(ElementAddress address) {
        int value = address.value();
        return address.equals(PICKER) || within(value, MAIL, mailSlots) || within(value, DRIVES, drives) || within(value, SLOTS, slots);
    }

    private static boolean within(int value, int first, int count) {
        return value >= first && value < first + count;
    }

    /** Of one that {@link #has}. */
    static Kind kind(ElementAddress address) {
        if (address.equals(PICKER)) {
            return Kind.PICKER;
        }
        return address.value() >= SLOTS ? Kind.SLOT : address.value() >= DRIVES ? Kind.DRIVE : Kind.MAIL_SLOT;
    }

    static ElementAddress slot(int number) {
        return new ElementAddress(SLOTS + number);
    }

    static ElementAddress drive(int number) {
        return new ElementAddress(DRIVES + number);
    }

    /** Which drive it is. */
    static int drive(ElementAddress address) {
        return address.value() - DRIVES;
    }
}
