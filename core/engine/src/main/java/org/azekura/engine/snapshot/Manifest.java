package org.azekura.engine.snapshot;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;

/**
 * What a client says of a snapshot.
 *
 * @param root        the tree of {@code /}
 * @param parent      the snapshot it was compared with, null if none
 * @param started     when the client began to collect, by its clock
 * @param ended       when it had sent everything, by its clock
 * @param files       entries that are not directories
 * @param bytes       sum of the sizes of regular files
 * @param skipped     what was not saved, or only in part; see {@link #fitting}
 * @param session     what the snapshot's new chunks are sealed with
 * @param sealedKey   the session's key, sealed to the pool's epoch key
 */
public record Manifest(SnapshotId snapshot, JobId job, ClientName client, SaveSet saveSet, PoolName pool, ChunkSizes chunkSizes,
        int compressionLevel, ChunkId root, SnapshotId parent, Instant started, Instant ended, long files, long bytes, long directories,
        List<PathProblem> skipped, SessionId session, byte[] sealedKey) {

    /** No encoded manifest is longer. */
    public static final int MAX_BYTES = 4 << 20;

    private static final int MAX_SKIPPED_BYTES = 1 << 20;

    public Manifest {
        Objects.requireNonNull(snapshot);
        Objects.requireNonNull(root);
        skipped = List.copyOf(skipped);
        if (files < 0 || bytes < 0 || directories < 0) {
            throw new IllegalArgumentException("a snapshot has no " + files + " files, " + bytes + " bytes, " + directories + " directories");
        }
    }

    /**
     * As many of these as a manifest holds with ease (1 MiB). If that is not all, the last one has an empty path and says how
     * many are left out.
     */
    public static List<PathProblem> fitting(List<PathProblem> problems) {
        List<PathProblem> fitting = new ArrayList<>();
        long bytes = 0;
        for (PathProblem problem : problems) {
            bytes += problem.path().bytes().length + problem.reason().getBytes(StandardCharsets.UTF_8).length + 20L * problem.ranges().size() + 16;
            if (bytes > MAX_SKIPPED_BYTES) {
                fitting.add(new PathProblem(RawPath.of(""), problems.size() - fitting.size() + " more paths are only in the job's log"));
                break;
            }
            fitting.add(problem);
        }
        return List.copyOf(fitting);
    }

    /** @throws IllegalArgumentException if that takes more than {@link #MAX_BYTES} */
    public byte[] encoded() {
        return ManifestForm.encode(this);
    }

    /** @throws BackupException {@code manifest.corrupt} */
    public static Manifest parse(byte[] encoded) throws BackupException {
        return ManifestForm.decode(encoded);
    }
}
