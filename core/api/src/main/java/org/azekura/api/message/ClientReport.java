package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.DrillTimes;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;

/** What a client tells the server. */
public sealed interface ClientReport extends Message {

    /**
     * First words on the connection; asked, answered {@link Answer.Welcome}.
     *
     * @param signingKey Ed25519 public key (X.509 form) that signs its manifests
     */
    record Hello(ClientName name, byte[] signingKey, String version) implements ClientReport {}

    /**
     * How far a job is; told at most a few times a second.
     *
     * @param files  entries done that are not directories
     * @param bytes  bytes of regular files done
     * @param stored bytes sent
     */
    record Progress(JobId job, long files, long bytes, long stored) implements ClientReport {}

    /**
     * What a job found worth telling, as it fits in a message: any number of these come before {@link Collected} or
     * {@link Restored}. Asked, answered {@link Answer.Done}.
     *
     * @param problems paths that were not saved or not restored, or only in part
     * @param listed   what would be saved, in a dry run
     */
    record Findings(JobId job, List<PathProblem> problems, List<RawPath> listed) implements ClientReport {}

    /**
     * Lines for the job's log, like what a hook printed. Asked, answered {@link Answer.Done}; also for a job that has just ended.
     *
     * @param warning whether they need a look
     * @param lines   at most {@value #MAX_LINES}, each of at most {@value #MAX_LINE} characters; what is more is not kept
     */
    record Remarks(JobId job, boolean warning, List<String> lines) implements ClientReport {

        public static final int MAX_LINES = 200;
        public static final int MAX_LINE = 500;
    }

    /**
     * Everything is collected, sent, and durable at the node. Asked, answered {@link Answer.Done} when it has been taken in.
     *
     * @param manifest the client's part of the manifest; empty after a dry run
     * @param signature over the manifest by the client's signing key
     */
    record Collected(JobId job, byte[] manifest, byte[] signature) implements ClientReport {}

    /**
     * A restore has come so far, durably, and nothing before this point need be done again. {@link Findings} up to it have come. Asked,
     * answered {@link Answer.Done} when it is in the catalog.
     */
    record Placed(JobId job, RestorePoint point) implements ClientReport {}

    /** A restore is over. Asked, answered {@link Answer.Done}. */
    record Restored(JobId job, long files, long bytes) implements ClientReport {}

    /**
     * A rehearsal of a restore is over. Asked, answered {@link Answer.Done}.
     *
     * @param entries     restored and compared, directories among them
     * @param files       of them that are no directories
     * @param bytes       of their content
     * @param differences in what is not as it was saved, or could not be read
     * @param lost        files of which something could not be read, or is not what its id says
     * @param differing   the first {@value #MOST_TOLD} of them
     * @param unmade      entries that the scratch place can't have, so nobody compared them
     * @param left        the first {@value #MOST_TOLD} of them
     * @param unheld      what it can't keep of others, for people: at most {@value #MOST_TOLD}
     * @param kept        where the last portion stays, null if it does not
     */
    record Rehearsed(JobId job, long entries, long files, long bytes, long differences, long lost, List<PathProblem> differing, long unmade, List<PathProblem> left,
            List<String> unheld, DrillTimes times, RawPath kept) implements ClientReport {

        public static final int MOST_TOLD = 100;
    }

    /**
     * A mount is over. Asked, answered {@link Answer.Done}.
     *
     * @param how often a file was read from its beginning
     * @param bytes that were read, as often as they were
     */
    record Unmounted(JobId job, long files, long bytes) implements ClientReport {}

    /**
     * The chunks of one {@link CheckBatch} were opened. Asked, answered {@link Answer.Done}.
     *
     * @param pack  of the batch
     * @param wrong those of its chunks that could not be read, do not open, or are not what their ids say
     */
    record Checked(JobId job, PackId pack, List<ChunkId> wrong) implements ClientReport {}

    /** The job could not be ended. Asked, answered {@link Answer.Done}. */
    record JobFailed(JobId job, Failure failure) implements ClientReport {}
}
