package org.azekura.api.device;

/** Where something is in a library, by the changer's own numbers (SMC-3). */
public record ElementAddress(int value) implements Comparable<ElementAddress> {

    public ElementAddress {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException("an element's address is a number from 0 to 65535, not " + value);
        }
    }

    @Override
    public int compareTo(ElementAddress other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
