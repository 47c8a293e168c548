package org.azekura.server.plan;

import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;

/** Walks the wanted part of a snapshot in tree order: a directory before what is in it. Recursion is as deep as the tree. */
final class TreeWalk {

    private final TreeReader trees;
    private final PathChoice choice;
    private final Visitor visitor;

    TreeWalk(TreeReader trees, PathChoice choice, Visitor visitor) {
        this.trees = trees;
        this.choice = choice;
        this.visitor = visitor;
    }

    /** Sees each entry, and each directory whose tree can't be read. */
    interface Visitor {
        void entry(RawPath path, Entry entry) throws BackupException;

        void unreadable(PathProblem problem) throws BackupException;
    }

    void walk(ChunkId root) throws BackupException {
        directory(root, RawPath.of("/"));
    }

    private void directory(ChunkId tree, RawPath path) throws BackupException {
        try {
            trees.entries(tree, null, entry -> {
                RawPath child = path.child(entry.name());
                boolean taken = choice.takes(child);
                if (taken || entry.type() == Entry.Type.DIRECTORY && choice.leadsTo(child)) {
                    visitor.entry(child, entry);
                    if (entry.content() instanceof Entry.Content.Directory(ChunkId below)) {
                        directory(below, child);
                    }
                }
                return true;
            });
        } catch (BackupException e) {
            if (!TREE_FAULTS.contains(e.failure().code())) {
                throw e;
            }
            visitor.unreadable(new PathProblem(path, "what is in this directory can't be read: " + e.getMessage()));
        }
    }

    /** Faults of one page cost what is below it; all others end the walk. */
    private static final java.util.Set<String> TREE_FAULTS = java.util.Set.of("tree.missing", "tree.corrupt", "frame.corrupt",
            "chunk.corrupt", "chunk.key", "session.unknown");
}
