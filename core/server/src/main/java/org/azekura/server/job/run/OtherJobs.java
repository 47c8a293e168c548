package org.azekura.server.job.run;

import java.util.List;
import java.util.function.Consumer;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.RawPath;

/** What the jobs of this moment have in hand, for a run that must leave it alone. Thread-safe. */
public interface OtherJobs {

    /** Folders that running restores fill on a client. */
    List<RawPath> targets(ClientName client);

    /** Whether there is a job that relies on tree pages that {@link #pages} does not name. */
    boolean reliesOnEarlierPages();

    /** Tree pages that the jobs of this moment rely on, job by job. */
    void pages(Consumer<List<ChunkId>> taker);
}
