package org.azekura.server.prune;

import java.util.Locale;
import org.azekura.api.message.PackAnswer.PackUse;

/** What becomes of a pack, and why. */
public enum PackFate {

    DEAD(Action.DROPPED, "no snapshot needs anything in it"),
    SPARSE(Action.REWRITTEN, "little of it is needed"),
    LOCKED(Action.KEPT, "its medium locks it for a snapshot that was, or is"),
    OF_A_JOB(Action.KEPT, "the job that wrote it has not ended"),
    PINNED(Action.KEPT, "a running job relies on it"),
    UNKNOWN(Action.KEPT, "not all of it is known to its storage node"),
    DAMAGED(Action.KEPT, "little of it is needed, but something in it can't be read; verify names it"),
    ROOMLESS(Action.KEPT, "little of it is needed, but there is no room to rewrite it"),
    ARCHIVED(Action.KEPT, "little of it is needed, but it lies in an archive: to read it takes hours, and money"),
    PAID(Action.KEPT, "little or nothing of it is needed, but its device has it paid for still, whether it is there or not; prune --early drops it"),
    ALIVE(Action.KEPT, "enough of it is needed");

    /** What is done with it. */
    public enum Action {
        DROPPED, REWRITTEN, KEPT;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Action action;
    private final String why;

    PackFate(Action action, String why) {
        this.action = action;
        this.why = why;
    }

    public Action action() {
        return action;
    }

    /** What becomes of one that is paid for still: nothing, if it costs the same whether it is there or not. */
    public PackFate whilePaid() {
        return action == Action.KEPT ? this : PAID;
    }

    /** For people. */
    public String why() {
        return why;
    }

    /**
     * The one rule by which packs go.
     *
     * @param locked      whether its medium keeps it for some time still
     * @param ofUnended   whether a job wrote it that has not ended
     * @param livePercent packs of which less is alive are rewritten; above 100 all that have anything dead
     */
    public static PackFate of(PackUse pack, boolean locked, boolean ofUnended, int livePercent) {
        if (locked) {
            return LOCKED;
        }
        if (ofUnended) {
            return OF_A_JOB;
        }
        if (pack.pinned()) {
            return PINNED;
        }
        if (!pack.whole()) {
            return UNKNOWN;
        }
        if (pack.liveChunks() == 0) {
            return DEAD;
        }
        // In a small pack header and index may weigh more than all of its chunks: without something dead there is nothing to gain.
        return pack.liveChunks() < pack.chunks() && pack.liveBytes() * 100 < livePercent * pack.size() ? SPARSE : ALIVE;
    }
}
