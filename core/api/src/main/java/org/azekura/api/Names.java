package org.azekura.api;

import java.util.regex.Pattern;

/** The one rule for names that people give: they are used in files, addresses and configuration ids alike. */
final class Names {

    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private Names() {}

    static String check(String what, String name) {
        if (name == null || !RULE.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a " + what + " has 1 to 63 letters, digits, dots, underscores or"
                    + " hyphens and begins with a letter or digit, like \"offsite-2\"; not \"" + name + "\"");
        }
        return name;
    }
}
