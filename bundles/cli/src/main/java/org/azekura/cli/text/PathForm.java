package org.azekura.cli.text;

import java.nio.file.Path;
import java.util.Locale;
import org.azekura.api.RawPath;

/** How paths are typed and shown; the REST interface always takes and gives the percent form. */
public enum PathForm {

    /** As the terminal has it, UTF-8. A name that is not UTF-8 cannot be typed, and is shown in percent form. */
    PLAIN,
    /** {@code %XX} for bytes that are not printable UTF-8, and for {@code %} itself. */
    PERCENT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A path of the command line as raw bytes. */
    public RawPath typed(String argument) {
        if (argument.isEmpty()) {
            throw CommandFailure.usage("a path must not be empty");
        }
        if (this == PERCENT) {
            try {
                return RawPath.fromPercent(argument);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(Exit.USAGE, e.getMessage(), e);
            }
        }
        if (argument.indexOf('\ufffd') >= 0 || argument.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff)) {
            throw CommandFailure.usage("the path \"" + argument + "\" is not UTF-8; give it with --path-encoding percent, like /srv/caf%E9");
        }
        return RawPath.of(argument);
    }

    /** A path of this machine as an absolute one, in the form that REST takes. */
    public String absolute(String argument) {
        return absolute(typed(argument), Path.of("").toAbsolutePath()).toPercent();
    }

    /** The same as text, for what takes no percent form. */
    public String absoluteText(String argument) {
        return exact(absolute(argument));
    }

    /** Bytes of an answer as text; exact, whatever is in them. */
    public String exact(String percent) {
        String text = this == PERCENT ? null : RawPath.fromPercent(percent).utf8();
        return text == null ? percent : text;
    }

    /** For one line of a terminal: never a control character. */
    public String shown(String percent) {
        return this == PERCENT ? percent : RawPath.fromPercent(percent).toString();
    }

    public static RawPath absolute(RawPath path, Path workingFolder) {
        RawPath whole = path.bytes()[0] == '/' ? path : RawPath.of(workingFolder.toString()).child(path.bytes());
        return Segments.of(whole).clean();
    }
}
