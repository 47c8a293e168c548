package org.azekura.api.content;

import java.time.Instant;
import java.util.SortedMap;
import org.azekura.api.RawPath;

/**
 * What a directory of a snapshot says of one name.
 *
 * @param name      without a slash
 * @param mode      permission bits, setuid, setgid and sticky among them
 * @param user      the owner's name, empty if it has none
 * @param group     the group's name, empty if it has none
 * @param size      in bytes, of regular files; 0 for the rest
 * @param mtime     null of a directory that only leads to what was saved
 * @param linkGroup same for all names of one file, 0 if it has only this one
 * @param target    what a symbolic link says, else null
 * @param xattrs    values by names; access control lists are some, too
 */
public record Saved(RawPath name, Type type, int mode, long uid, long gid, String user, String group, long size, Instant mtime, long linkGroup, RawPath target,
        int major, int minor, SortedMap<RawPath, byte[]> xattrs) {

    /** What kind of thing a name stands for. */
    public enum Type {
        FILE, DIRECTORY, SYMLINK, FIFO, SOCKET, BLOCK, CHARACTER
    }
}
