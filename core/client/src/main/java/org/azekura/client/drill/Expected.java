package org.azekura.client.drill;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.PathProblem;
import org.azekura.client.restore.TargetPath;
import org.azekura.engine.tree.Entry;

/** What is to be found under one name. One thread. */
final class Expected {

    final TargetPath path;
    final Entry entry;
    /** The name that has the data, if this is another one of the same file; else null. */
    final Expected first;
    final List<Slice> slices = new ArrayList<>();
    final List<PathProblem.Range> holes = new ArrayList<>();
    /** Kinds of attributes that the scratch place did not take. */
    final Set<String> unset = new HashSet<>();
    /** Names of this file in the portion. */
    int names = 1;
    /** Bytes of it that have been planned, and how many there will be; negative before its last part. */
    long planned;
    long length = -1;
    /** Whether its last part is in this portion: then it counts here. */
    boolean ends;
    /** What the restore said of it; null if nothing. */
    PathProblem problem;
    /** Its inode, when it has been looked at; else 0. */
    long inode;

    Expected(TargetPath path, Entry entry, Expected first) {
        this.path = path;
        this.entry = entry;
        this.first = first;
        if (first != null) {
            first.names++;
        }
    }

    boolean isOpen() {
        return planned != length;
    }

    /** Whether the restore could not set this: then it is not compared. */
    boolean isUnset(String kind) {
        return unset.contains(kind);
    }
}
