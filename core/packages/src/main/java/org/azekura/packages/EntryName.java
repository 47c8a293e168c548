package org.azekura.packages;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What entries may be called. */
final class EntryName {

    static final String LIST = "META-INF/azekura-entries";
    static final String SIGNATURE = "META-INF/azekura-signature.p7s";
    static final String MANIFEST = "META-INF/azekura-driver";
    static final String BUNDLES = "bundles/";
    static final int MAX_CHARS = 200;

    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");
    private static final Pattern OUT = Pattern.compile("(?s)[/\\\\].*|[A-Za-z]:.*|(.*[/\\\\])?\\.{1,2}([/\\\\].*)?");

    private EntryName() {}

    /** Also of names that the rule does not allow: whether unpacking such an entry could write elsewhere. */
    static boolean leadsOut(String name) {
        return OUT.matcher(name).matches() || name.indexOf('\0') >= 0;
    }

    static void check(String name) throws Flaw {
        if (leadsOut(name)) {
            throw new Flaw("its entry \"" + name + "\" leads out of the package");
        }
        if (name.length() > MAX_CHARS || !RULE.matcher(name).matches()) {
            throw new Flaw("its entry \"" + name + "\" has a name that is not letters, digits, dots, underscores and hyphens, in folders, up to "
                    + MAX_CHARS + " characters");
        }
    }

    /** Names that were there, and refuses what would be the same file, or a file and a folder, for somebody. */
    static final class Seen {

        private final Map<String, String> names = new HashMap<>();
        private final Set<String> folders = new HashSet<>();

        void add(String name) throws Flaw {
            String folded = name.toLowerCase(Locale.ROOT);
            String before = names.put(folded, name);
            if (before != null) {
                throw new Flaw("its entry " + name + " is there twice" + (before.equals(name) ? "" : ": also as " + before));
            }
            for (int slash = folded.indexOf('/'); slash >= 0; slash = folded.indexOf('/', slash + 1)) {
                folders.add(folded.substring(0, slash));
            }
        }

        void finish() throws Flaw {
            for (String folder : folders) {
                if (names.containsKey(folder)) {
                    throw new Flaw("its entry " + names.get(folder) + " is a file and the folder of another");
                }
            }
        }
    }
}
