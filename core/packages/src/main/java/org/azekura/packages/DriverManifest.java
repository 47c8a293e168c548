package org.azekura.packages;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * What a package says of itself. Its form stands in the description of this package.
 *
 * @param name      of the driver, and of the family of its devices, like {@code disk}
 * @param publisher who made it; who vouches for it says the signature
 * @param licence   like {@code Apache-2.0}
 * @param needs     of the host, by package name
 * @param bundles   entries, in the order in which they start
 * @param families  of devices, for people
 * @param notes     for people
 */
public record DriverManifest(String name, PackageVersion version, Kind kind, String publisher, String licence, List<SpiNeed> needs, List<String> bundles,
        List<String> families, List<String> notes) {

    static final int MAX_BUNDLES = 32;
    static final int MAX_LINE = 400;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern TEXT = Pattern.compile("(?! )[^\\p{Cc}\\u2028\\u2029]+(?<! )");

    /** What the driver serves with. */
    public enum Kind {
        /** Backup devices. */
        DEVICE,
        /** A wire between hosts. */
        TRANSPORT,
        /** A place for the catalog. */
        CATALOG
    }

    /** @throws IllegalArgumentException with what is wrong */
    public DriverManifest {
        needs = needs.stream().sorted().toList();
        bundles = List.copyOf(bundles);
        families = List.copyOf(families);
        notes = List.copyOf(notes);
        require(NAME.matcher(name).matches(), "the name of a driver is a small letter, then small letters, digits and hyphens, up to 32, like \"disk\"; not \"" + name
                + "\"");
        require(needs.stream().map(SpiNeed::name).distinct().count() == needs.size(), "a package is needed in one range");
        require(!bundles.isEmpty() && bundles.size() <= MAX_BUNDLES && bundles.stream().distinct().count() == bundles.size(),
                "a driver has 1 to " + MAX_BUNDLES + " bundles, each named once");
        text("publisher", publisher);
        text("licence", licence);
        families.forEach(family -> text("family", family));
        notes.forEach(note -> text("note", note));
        for (String bundle : bundles) {
            require(bundle.startsWith(EntryName.BUNDLES), "a bundle lies in " + EntryName.BUNDLES + "; not " + bundle);
        }
    }

    private static void text(String what, String text) {
        require(text.length() <= MAX_LINE - 20 && TEXT.matcher(text).matches() && isWhole(text),
                "the " + what + " is one line of up to " + (MAX_LINE - 20) + " characters without spaces around it; not \"" + text + "\"");
    }

    /** Without halves of surrogate pairs, which have no bytes in UTF-8. */
    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * What the driver needs and a host does not have, for people; empty if nothing is missing.
     *
     * @param exported versions of packages by their names, as the host's bundles export them
     * @param where    the host is, like "here"
     */
    public String missing(Map<String, String> exported, String where) {
        StringJoiner missing = new StringJoiner(", ");
        for (SpiNeed need : needs) {
            String version = exported.get(need.name());
            if (version == null || !need.takes(PackageVersion.loose(version))) {
                missing.add(need + (version == null ? ", which is not " + where : ", and " + where + " is " + version));
            }
        }
        return missing.toString();
    }

    /** The file's name by custom: {@code NAME-VERSION.azd}. */
    public String fileName() {
        return name + "-" + version + ".azd";
    }
}
