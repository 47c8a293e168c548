package org.azekura.cli.text;

import org.azekura.api.Bandwidth;
import org.azekura.api.ByteSize;

/** Bytes a second, as people give them. */
public final class Rate {

    private Rate() {}

    /** @return 0 for null: no bound */
    public static long parse(String text) {
        if (text == null) {
            return 0;
        }
        try {
            return Bandwidth.require(ByteSize.parse(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.USAGE, e.getMessage(), e);
        }
    }
}
