package org.azekura.server.firmware;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an update says of itself, signed.
 *
 * @param offered versions of the SPI's packages by their names; nothing if it does not say
 */
record Content(String compatible, String version, Map<String, String> offered) {

    /** As the build writes it into the description. */
    private static final Pattern OFFERED = Pattern.compile("(org\\.azekura\\.api(?:\\.[A-Za-z0-9_]+)*) ([0-9]{1,6}(?:\\.[0-9]{1,6}){0,2})");

    Content {
        offered = Map.copyOf(offered);
    }

    static Content of(String compatible, String version, String description) {
        Map<String, String> offered = new TreeMap<>();
        Matcher found = OFFERED.matcher(description);
        while (found.find()) {
            offered.put(found.group(1), found.group(2));
        }
        return new Content(compatible, version, offered);
    }
}
