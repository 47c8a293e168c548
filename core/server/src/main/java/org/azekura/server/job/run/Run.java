package org.azekura.server.job.run;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.RawPath;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.catalog.Job;
import org.azekura.api.transport.Stream;

/**
 * What one job does. {@link #carryOut} runs on a thread of its own; everything else is called from other threads at any
 * time.
 */
public interface Run {

    /**
     * Does it. Whatever happens, devices and hosts are free afterwards.
     *
     * @return the row of the job's end, written in the catalog already
     */
    Job carryOut() throws BackupException;

    /** Jobs that {@link #carryOut} has put into the catalog and that begin when this one has ended; asked in the same thread. */
    default List<Job> next() {
        return List.of();
    }

    /** Makes {@link #carryOut} fail with this within seconds. */
    void stop(BackupException why);

    /** Whether what it made is just being made valid: it is not interrupted then. */
    default boolean committing() {
        return false;
    }

    /** The client whose leaving ends this job, null if none. */
    ClientName client();

    /** Tree pages that this job relies on and that no snapshot in the catalog names yet. */
    default List<ChunkId> pages() {
        return List.of();
    }

    /** A folder that this job fills on its client, null if none; no backup saves it meanwhile. */
    default RawPath target() {
        return null;
    }

    /** A storage node tells what it does, to whichever job that concerns. */
    default void nodeSays(NodeName node, String text) {}

    /** The job has ended, or waits for the server's next start; called once, also if {@link #carryOut} never was. */
    default void over() {}

    /** The client is alive or through. */
    default void report(ClientReport report) throws BackupException {
        throw unexpected(report.getClass().getSimpleName());
    }

    /**
     * A pack of this job is durable.
     *
     * @throws BackupException {@code pack.foreign} if it is on none of the node's own volumes
     */
    default void packWritten(NodeName node, NodeReport.PackWritten written) throws BackupException {
        throw unexpected("PackWritten");
    }

    /** The client sends tree pages. */
    default void trees(StreamOpening.StoreTrees opening, Stream stream) throws BackupException {
        throw unexpected("StoreTrees");
    }

    private static BackupException unexpected(String what) {
        return BackupException.operator("message.unexpected", what, "this job takes no " + what);
    }
}
