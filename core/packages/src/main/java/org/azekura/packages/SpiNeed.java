package org.azekura.packages;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package that a driver's bundles want from the host.
 *
 * @param name    like {@code org.azekura.api.device}
 * @param atLeast the lowest version that will do
 * @param below   the lowest that will not do any more
 */
public record SpiNeed(String name, PackageVersion atLeast, PackageVersion below) implements Comparable<SpiNeed> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
    private static final Pattern RULE = Pattern.compile("([^ ]{1,200}) \\[([0-9.]+),([0-9.]+)\\)");

    public SpiNeed {
        if (!NAME.matcher(name).matches() || atLeast.compareTo(below) >= 0) {
            throw new IllegalArgumentException("what a driver needs is a package and a range, like \"org.azekura.api.device [0.1.0,1.0.0)\"; not \"" + name
                    + " [" + atLeast + "," + below + ")\"");
        }
    }

    static SpiNeed parse(String text) {
        Matcher matcher = RULE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("what a driver needs is a package and a range, like \"org.azekura.api.device [0.1.0,1.0.0)\"; not \"" + text
                    + "\"");
        }
        return new SpiNeed(matcher.group(1), PackageVersion.parse(matcher.group(2)), PackageVersion.parse(matcher.group(3)));
    }

    boolean takes(PackageVersion version) {
        return version.compareTo(atLeast) >= 0 && version.compareTo(below) < 0;
    }

    @Override
    public int compareTo(SpiNeed other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name + " [" + atLeast + "," + below + ")";
    }
}
