package org.azekura.extract;

import java.util.Locale;
import org.azekura.api.RawPath;

/** How paths are typed and shown. */
enum PathForm {

    /** As the terminal has it, UTF-8. A name that is not UTF-8 cannot be typed, and is shown in percent form. */
    PLAIN,
    /** {@code %XX} for bytes that are not printable UTF-8, and for {@code %} itself. */
    PERCENT;

    /** @throws IllegalArgumentException if it is no absolute path in this form */
    RawPath typed(String argument) {
        if (this == PLAIN && argument.indexOf('\ufffd') >= 0) {
            throw new IllegalArgumentException("the path \"" + argument + "\" is not UTF-8; give it with --path-encoding percent, like /srv/caf%E9");
        }
        if (!argument.startsWith("/")) {
            throw new IllegalArgumentException("\"" + argument + "\" is neither the folder of a volume nor an absolute path as it was saved, like /srv/data");
        }
        return this == PERCENT ? RawPath.fromPercent(argument) : RawPath.of(argument);
    }

    /** For a document: exact, whatever is in it. */
    String exact(RawPath path) {
        String text = this == PERCENT ? null : path.utf8();
        return text == null ? path.toPercent() : text;
    }

    /** For one line of a terminal: never a control character. */
    String shown(RawPath path) {
        return this == PERCENT ? path.toPercent() : path.toString();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
