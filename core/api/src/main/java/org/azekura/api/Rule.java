package org.azekura.api;

/**
 * One rule of a save set. Rules are tried in order, the first that matches decides; what no rule matches is saved. An
 * excluded directory is not entered.
 *
 * @param include whether a match is saved or left out
 */
public record Rule(boolean include, Kind kind, String value) {

    /** How {@link Rule#value} is read. */
    public enum Kind {
        /**
         * A glob of {@code *} (no slash), {@code **} (anything), {@code ?}, {@code [a-z]}. Without a slash it is held against
         * the last name, else against the absolute path; one that begins without a slash may begin at any directory.
         */
        GLOB,
        /** A Java regular expression that must be found in the absolute path; bytes are read as ISO-8859-1. */
        REGEX,
        /** A regular file larger than so many bytes. */
        LARGER,
        /** A directory that contains a file of this name. */
        MARKER
    }

    /**
     * Reads the form of the command line: {@code *.tmp}, {@code re:^/srv/.*\.o$}, {@code larger:1GiB},
     * {@code marker:.nobackup}.
     *
     * @throws IllegalArgumentException naming what is wrong and an example that would do
     */
    public static Rule parse(boolean include, String text) {
        if (text.startsWith("re:")) {
            try {
                return new Rule(include, Kind.REGEX, java.util.regex.Pattern.compile(text.substring(3)).pattern());
            } catch (java.util.regex.PatternSyntaxException e) {
                throw new IllegalArgumentException("\"" + text + "\" is no regular expression: " + e.getDescription(), e);
            }
        }
        if (text.startsWith("larger:")) {
            return new Rule(include, Kind.LARGER, Long.toString(ByteSize.parse(text.substring(7))));
        }
        if (text.startsWith("marker:")) {
            return new Rule(include, Kind.MARKER, text.substring(7));
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a pattern must not be empty; like \"*.tmp\"");
        }
        return new Rule(include, Kind.GLOB, text);
    }
}
