package org.azekura.installer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.api.BackupException;

/**
 * Which version of a driver runs. Its form stands in the description of this package.
 *
 * @param here     folder of the version that runs; {@value #NONE} for a driver that was removed
 * @param previous folder of the one before it, null if there is none
 * @param refused  content ids of packages of the distribution that are not tried again
 */
record Current(String here, String previous, List<String> refused) {

    static final String NONE = "none";
    private static final String HEAD = "azekura-driver-current: 1";
    private static final int MAX_REFUSED = 8;
    static final String VERSION = "(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})";
    static final Pattern FOLDER = Pattern.compile(VERSION + "-[0-9a-f]{12}");
    private static final Pattern HERE = Pattern.compile(FOLDER.pattern() + "|" + NONE);
    static final Pattern CONTENT = Pattern.compile("[0-9a-f]{64}");

    Current {
        refused = List.copyOf(refused);
    }

    boolean isRemoved() {
        return here.equals(NONE);
    }

    /** The same, and this package is not tried again. */
    Current refusing(String content) {
        List<String> all = Stream.concat(refused.stream().filter(known -> !known.equals(content)), Stream.of(content)).toList();
        return new Current(here, previous, all.subList(Math.max(0, all.size() - MAX_REFUSED), all.size()));
    }

    /** Another version has taken over. */
    Current followedBy(String folder) {
        return new Current(folder, isRemoved() ? null : here, refused);
    }

    /** @param before null if there was none */
    static Current followed(Current before, About now) {
        return before == null ? new Current(now.folder(), null, List.of()) : before.followedBy(now.folder());
    }

    byte[] encoded() {
        StringBuilder text = new StringBuilder(HEAD).append("\nhere: ").append(here).append('\n');
        if (previous != null) {
            text.append("previous: ").append(previous).append('\n');
        }
        refused.forEach(content -> text.append("refused: ").append(content).append('\n'));
        return text.toString().getBytes(UTF_8);
    }

    static Current parse(String what, byte[] bytes) throws BackupException {
        Lines lines = Lines.parse(what, bytes, HEAD);
        String here = lines.one("here", HERE);
        List<String> previous = lines.some("previous", FOLDER, 1);
        Current read = new Current(here, previous.isEmpty() ? null : previous.getFirst(), lines.some("refused", CONTENT, MAX_REFUSED));
        lines.end();
        return read;
    }
}
