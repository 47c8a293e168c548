package org.azekura.server.pool;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.AuditHead;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Proof;

/**
 * What the last checkpoint on a pool's medium said beside its {@link Said}, as a setting keeps it.
 *
 * @param written by the machine's clock
 * @param proof   number of the newest proof, 0 without one
 * @param line    of the audit log, likewise
 * @param hash    SHA-256 of its bytes in hex; empty if nobody noted it
 */
record LastCheckpoint(Instant written, long proof, long line, String hash) {

    private static final String SETTING = "saved.";
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\d{1,18})(?: ([0-9a-f]{64}))?");

    /** What one would say now. */
    static LastCheckpoint of(CatalogView view, Instant now) throws BackupException {
        List<Proof> newest = view.proofs(null, null, Long.MAX_VALUE, 1);
        return new LastCheckpoint(now, newest.isEmpty() ? 0 : newest.getFirst().job().value(), AuditHead.known(view).map(AuditHead::number).orElse(0L), "");
    }

    /** Empty if none was written, or nobody noted it. */
    static Optional<LastCheckpoint> noted(CatalogView view, PoolName pool) throws BackupException {
        Matcher numbers = TEXT.matcher(view.setting(SETTING + pool).orElse(""));
        return !numbers.matches() ? Optional.empty() : Optional.of(new LastCheckpoint(Instant.ofEpochSecond(Long.parseLong(numbers.group(1))),
                Long.parseLong(numbers.group(2)), Long.parseLong(numbers.group(3)), Objects.requireNonNullElse(numbers.group(4), "")));
    }

    /** The same, of which these are the bytes. */
    LastCheckpoint of(byte[] sha256) {
        return new LastCheckpoint(written, proof, line, HexFormat.of().formatHex(sha256));
    }

    void note(CatalogEdit edit, PoolName pool) throws BackupException {
        edit.putSetting(SETTING + pool, (written.getEpochSecond() + " " + proof + " " + line + " " + hash).strip());
    }

    static void forget(CatalogEdit edit, PoolName pool) throws BackupException {
        edit.deleteSetting(SETTING + pool);
    }

    /** Whether one that is written now would say the same beside its {@link Said}. */
    boolean saysSame(LastCheckpoint now) {
        return proof == now.proof && line == now.line;
    }
}
