package org.azekura.api.message;

import java.time.Instant;
import java.util.Locale;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;

/**
 * What the backup server lets one client do at one storage node, for one job. It opens one connection, once; that stays open for as long as the
 * node has the job prepared. Its times are by the server's count ({@link Answer.Welcome#now}), which nobody's setting of a clock moves.
 *
 * @param nonce      {@value #NONCE_BYTES} random bytes
 * @param holder     who presents it
 * @param owner      whose data it is, and whose quota counts; null where it is the data of several
 * @param trustGroup whose chunks it may store or read; null to check content
 * @param quota      what the owner may have stored in all, in bytes; -1 without a bound
 * @param left       what of that was left when the ticket was issued; -1 without a bound
 * @param expires    when it opens nothing any more
 */
public record Ticket(JobId job, byte[] nonce, ClientName holder, ClientName owner, NodeName node, PoolName pool, Direction direction,
        TrustGroup trustGroup, long quota, long left, Instant issued, Instant expires) implements Message {

    /** Length of a nonce. */
    public static final int NONCE_BYTES = 16;

    /** What may be done; nothing else may. */
    public enum Direction {
        /** {@link NodeRequest.ChunksKnown}, {@link StreamOpening.StoreChunks}, {@link NodeRequest.FlushJob}. */
        STORE,
        /** {@link StreamOpening.ReadChunks}. */
        READ,
        /** {@link StreamOpening.ReadPack}. */
        CHECK;

        /** The single word that people see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
