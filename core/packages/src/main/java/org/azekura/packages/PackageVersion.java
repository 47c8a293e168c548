package org.azekura.packages;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of three numbers, like {@code 1.4.0}. Later ones are greater. */
public record PackageVersion(int major, int minor, int micro) implements Comparable<PackageVersion> {

    static final String NUMBER = "(0|[1-9][0-9]{0,5})";
    private static final Pattern RULE = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER);
    private static final Pattern LOOSE = Pattern.compile("([0-9]{1,6})(?:\\.([0-9]{1,6})(?:\\.([0-9]{1,6})(?:\\.[A-Za-z0-9_-]+)?)?)?");
    private static final Comparator<PackageVersion> ORDER =
            Comparator.comparingInt(PackageVersion::major).thenComparingInt(PackageVersion::minor).thenComparingInt(PackageVersion::micro);

    /** @throws IllegalArgumentException if it is not three numbers joined by dots */
    public static PackageVersion parse(String text) {
        return of(RULE.matcher(text), text);
    }

    /**
     * A version as bundles have it: one to three numbers, and a qualifier that counts for nothing.
     *
     * @throws IllegalArgumentException if it is another text
     */
    public static PackageVersion loose(String text) {
        return of(LOOSE.matcher(text.strip()), text);
    }

    private static PackageVersion of(Matcher matcher, String text) {
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a version is three numbers, like 1.4.0; not \"" + text + "\"");
        }
        return new PackageVersion(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)));
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    @Override
    public int compareTo(PackageVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + micro;
    }
}
