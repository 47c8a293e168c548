package org.azekura.server.job.copy;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.PackAnswer;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.Stage;

/** Has the node that takes bring packs from the other. A broken connection between them is made anew a few times. One thread. */
public final class PackErrand {

    /** Packs per order: so long a lost connection of the server goes unnoticed at most. */
    public static final int BATCH = 4;
    /** At least one comes within three minutes for each of its mebibytes, or the nodes give up by themselves. */
    private static final Duration FETCH = Duration.ofHours(6);
    private static final int MAX_LINKS = 3;

    private final Stage stage;
    private final CopyLink link;
    private final Halt halt;
    private int links;

    public PackErrand(Stage stage, CopyLink link, Halt halt) {
        this.stage = stage;
        this.link = link;
        this.halt = halt;
    }

    /** @param order of at most {@link #BATCH} packs */
    public PackAnswer.Copied send(NodeOrder order) throws BackupException {
        while (true) {
            try {
                return link.taker().ask(order, PackAnswer.Copied.class, FETCH);
            } catch (BackupException e) {
                halt.check();
                boolean there = e.failure().kind() == Failure.Kind.NETWORK && stage.hosts().node(link.taker().name()) == link.taker()
                        && stage.hosts().node(link.giver().name()) == link.giver();
                if (!there || ++links > MAX_LINKS || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                link.record().line(JobLine.Level.WARN, "the way between the storage nodes broke and is made anew: " + e.getMessage());
                connect(e);
            }
        }
    }

    /** What stands in the way of a new one is a consequence: a node that has just begun anew knows nothing of this. */
    private void connect(BackupException broke) throws BackupException {
        try {
            link.connect();
        } catch (BackupException e) {
            broke.addSuppressed(e);
            throw broke;
        }
    }
}
