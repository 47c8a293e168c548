package org.azekura.installer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.osgi.framework.Version;

/**
 * What was verified of an unpacked package. Its form stands in the description of this package.
 *
 * @param content   its content id
 * @param publisher empty for an unsigned one
 * @param bundles   in the order in which they start
 */
record About(Version version, Admission.Kind kind, String content, String publisher, List<String> bundles) {

    private static final String HEAD = "azekura-driver-about: 1";
    private static final int MAX_BUNDLES = 32;
    private static final int SHORT = 12;
    private static final Pattern VERSION = Pattern.compile(Current.VERSION);
    private static final Pattern KIND = Pattern.compile("device|transport|catalog");
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cc}]{0,400}");
    private static final Pattern PATH = Pattern.compile("bundles/[A-Za-z0-9_-][A-Za-z0-9._-]{0,198}");

    About {
        bundles = List.copyOf(bundles);
    }

    static About of(Admission.Candidate candidate, String publisher) {
        return new About(candidate.version(), candidate.kind(), candidate.contentId(), publisher, candidate.bundles());
    }

    /** Of the unpacked package. */
    String folder() {
        return version + "-" + content.substring(0, SHORT);
    }

    byte[] encoded() {
        StringBuilder text = new StringBuilder(HEAD).append("\nversion: ").append(version).append("\nkind: ").append(kind.word())
                .append("\ncontent: ").append(content).append("\npublisher: ").append(publisher).append('\n');
        bundles.forEach(bundle -> text.append("bundle: ").append(bundle).append('\n'));
        return text.toString().getBytes(UTF_8);
    }

    static About parse(String what, byte[] bytes) throws BackupException {
        Lines lines = Lines.parse(what, bytes, HEAD);
        Version version = Version.parseVersion(lines.one("version", VERSION));
        Admission.Kind kind = Admission.Kind.valueOf(lines.one("kind", KIND).toUpperCase(Locale.ROOT));
        About read = new About(version, kind, lines.one("content", Current.CONTENT), lines.one("publisher", TEXT), lines.some("bundle", PATH, MAX_BUNDLES));
        lines.end();
        if (read.bundles.isEmpty()) {
            throw BackupException.corrupt("driver.record", what, what + " is damaged: it names no bundle");
        }
        return read;
    }
}
