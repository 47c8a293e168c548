package org.azekura.api.access;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.AuditEntry;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who did what. Lines are added and never changed: each has a hash over the hash of the line before and all that it says, so that a line that was
 * changed, left out or put between shows. That lines are missing at the end shows only to who has seen a later hash.
 *
 * <p>The hash is SHA-256 over: the hash of the line before (32 zero bytes before the first), the number (8 bytes, most significant first), and the
 * texts time, machine, who, from, operation, object, outcome, each in UTF-8 with its length before it (4 bytes); times in RFC 3339, as {@link
 * java.time.Instant#toString} has them. Safe for any number of threads.
 */
@ProviderType
public interface AuditLog {

    /**
     * What was done. What is too long is cut.
     *
     * @param who see {@link AuditEntry}
     */
    record Act(String who, String from, String operation, String object, String outcome) {}

    /** Returns when it is durable. */
    AuditEntry add(Act act) throws BackupException;

    /** The newest first. @param below only those with a smaller number @param limit at most 1000 */
    List<AuditEntry> page(long below, int limit) throws BackupException;

    /**
     * What was found.
     *
     * @param broken the oldest line that does not follow from the one before; 0: none
     * @param head   the hash of the newest line, in hex; empty without one. Who notes it elsewhere sees later whether lines are missing
     * @param onMedia how many lines there were when media were told last; 0: never
     * @param cut    whether the last one of these is not in the log: lines are missing at the end, or it is another log
     */
    record Verdict(long entries, long broken, String head, long onMedia, boolean cut) {}

    /** Reads all of it. */
    Verdict verify() throws BackupException;

    /** What media say of a log that went further than this one has been looked into: this one counts from here on. Changes nothing if there is no line. */
    void accept() throws BackupException;
}
