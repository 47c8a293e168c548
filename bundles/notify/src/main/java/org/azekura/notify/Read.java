package org.azekura.notify;

import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Reads settings as people give them. */
final class Read {

    /** Names and addresses of hosts, also those of version 6. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9:])?");

    private Read() {}

    /** @param why what is wrong with the setting */
    static IllegalArgumentException wrong(String name, String why) {
        return new IllegalArgumentException(name + ": " + why);
    }

    static String needed(Map<String, String> settings, String name, String example) {
        String value = settings.getOrDefault(name, "");
        if (value.isBlank()) {
            throw wrong(name, "it is needed, " + example);
        }
        return value;
    }

    static String host(String name, String value) {
        if (!HOST.matcher(value).matches()) {
            throw wrong(name, "\"" + value + "\" is no name of a host");
        }
        return value;
    }

    static int whole(Map<String, String> settings, String name, int usual, int most) {
        String value = settings.getOrDefault(name, "");
        try {
            int number = value.isEmpty() ? usual : Integer.parseInt(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(name, "it is a number from 1 to " + most + "; not \"" + value + "\"");
    }

    static SSLContext trust(Map<String, String> settings) {
        try {
            return Trust.of(settings.getOrDefault("ca", ""));
        } catch (IllegalArgumentException e) {
            throw wrong("ca", e.getMessage());
        }
    }
}
