package org.azekura.api.catalog;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;

/**
 * How far the audit log goes. Written on media, so that it shows when lines are missing at the end; the newest that was is a setting of the catalog.
 *
 * @param number of its newest line
 * @param hash   of that line
 */
public record AuditHead(long number, byte[] hash) {

    private static final String SETTING = "audit.head";

    /** @throws IllegalArgumentException if there is no such line */
    public AuditHead {
        if (number < 1 || hash.length != 32) {
            throw new IllegalArgumentException("line " + number + " of the audit log with a hash of " + hash.length + " bytes");
        }
    }

    /** What media have to say: how far the log goes, or, if lines that are on media already are not in it, how far it went. Empty without a line. */
    public static Optional<AuditHead> known(CatalogView view) throws BackupException {
        Optional<AuditHead> written = written(view);
        if (written.isPresent() && !written.get().isIn(view)) {
            return written;
        }
        return view.audit(Long.MAX_VALUE, 1).stream().findFirst().map(newest -> new AuditHead(newest.number(), newest.hash()));
    }

    /** The newest that is on media, as far as this catalog knows. */
    public static Optional<AuditHead> written(CatalogView view) throws BackupException {
        return view.setting(SETTING).map(AuditHead::parse);
    }

    /** It is on media. */
    public void noteWritten(CatalogEdit edit) throws BackupException {
        edit.putSetting(SETTING, toString());
    }

    /** Whether the log has this very line. */
    public boolean isIn(CatalogView view) throws BackupException {
        List<AuditEntry> line = view.audit(number + 1, 1);
        return !line.isEmpty() && line.getFirst().number() == number && Arrays.equals(line.getFirst().hash(), hash);
    }

    /** What {@link #toString} gives. @throws IllegalArgumentException if it is none */
    public static AuditHead parse(String text) {
        String[] words = text.split(" ", 2);
        return new AuditHead(Long.parseLong(words[0]), HexFormat.of().parseHex(words[words.length - 1]));
    }

    /** Number and hash, in hex. */
    @Override
    public String toString() {
        return number + " " + HexFormat.of().formatHex(hash);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof AuditHead head && number == head.number && Arrays.equals(hash, head.hash);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
