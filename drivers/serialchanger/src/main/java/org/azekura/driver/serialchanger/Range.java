package org.azekura.driver.serialchanger;

import org.azekura.api.device.ElementAddress;

/** Addresses of elements, both ends included. */
record Range(int first, int last) {

    boolean has(ElementAddress address) {
        return address.value() >= first && address.value() <= last;
    }

    int size() {
        return last - first + 1;
    }

    boolean touches(Range other) {
        return first <= other.last && other.first <= last;
    }

    @Override
    public String toString() {
        return first == last ? "" + first : first + "-" + last;
    }
}
