package org.azekura.api;

/** The name of a place that can burn down as a whole: a building, a data centre. 1 to 63 letters, digits, dots, underscores or hyphens. */
public record SiteName(String value) implements Comparable<SiteName> {

    public SiteName {
        Names.check("site", value);
    }

    @Override
    public int compareTo(SiteName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
