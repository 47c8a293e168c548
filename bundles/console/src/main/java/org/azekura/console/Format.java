package org.azekura.console;

import java.util.Map;

/**
 * What a file is, by the end of its name.
 *
 * @param text whether compressed forms lie beside it
 */
record Format(String type, boolean text) {

    private static final Map<String, Format> KNOWN = Map.of(
            "html", new Format("text/html;charset=utf-8", true),
            "js", new Format("text/javascript;charset=utf-8", true),
            "css", new Format("text/css;charset=utf-8", true),
            "svg", new Format("image/svg+xml", true),
            "json", new Format("application/json", true),
            "png", new Format("image/png", false),
            "webp", new Format("image/webp", false),
            "woff2", new Format("font/woff2", false));

    /** Null for a file of a kind that is not served, like the compressed forms themselves. */
    static Format of(String name) {
        return KNOWN.get(name.substring(name.lastIndexOf('.') + 1));
    }
}
