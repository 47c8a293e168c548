package org.azekura.api.message;

import java.time.Instant;
import java.util.List;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;

/**
 * How far a restore is: what is named here is durable on the client. Paths are in tree order, so one path tells of all before it; in a plan that is in no
 * such order a time does.
 *
 * @param done  the last path of which everything is done but what comes at the end: attributes of directories, further names of
 *              files; null if there is none yet
 * @param half  the file behind it that is in the making, null if none is
 * @param files entries restored so far that are not directories
 * @param bytes of the regular files among them
 * @param unset attributes that the target did not take so far
 * @param until what got its place before this moment, by the client's clock, is done; null if the plan is in tree order
 */
public record RestorePoint(RawPath done, Half half, long files, long bytes, List<Unset> unset, Instant until) {

    /** Of a plan in tree order. */
    public RestorePoint(RawPath done, Half half, long files, long bytes, List<Unset> unset) {
        this(done, half, files, bytes, unset, null);
    }

    /**
     * A large file of which a part is there.
     *
     * @param temporary what it is called in its directory
     * @param inode     its number
     * @param to        up to here everything is written that can be read
     * @param end       behind the last byte that was written
     * @param lists     whether it may have got an access list from its directory
     * @param gaps      what could not be read
     */
    public record Half(RawPath path, byte[] temporary, long inode, long to, long end, boolean lists, List<PathProblem.Range> gaps) {}

    /**
     * A kind of attribute that could not be set.
     *
     * @param first the first path concerned
     * @param count how many are
     */
    public record Unset(String kind, String reason, RawPath first, long count) {}
}
