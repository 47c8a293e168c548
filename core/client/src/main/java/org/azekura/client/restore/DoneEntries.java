package org.azekura.client.restore;

import java.util.function.Consumer;
import org.azekura.client.job.Problems;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.Entry;

/** What earlier attempts have restored and what has still to be done for it at the end. One thread. */
final class DoneEntries {

    private final Maker maker;
    private final Links links;
    private final Problems problems;
    private final Consumer<RestorePlan.Part> directories;

    /** What there is in the target of an entry that an earlier attempt was through with. */
    enum Found {
        /** What it made. */
        PLACED,
        /** Something else: that was told then, or has come since. */
        OTHER,
        NOTHING
    }

    /** @param directories takes those that get their saved attributes in the end */
    DoneEntries(Maker maker, Links links, Problems problems, Consumer<RestorePlan.Part> directories) {
        this.maker = maker;
        this.links = links;
        this.problems = problems;
        this.directories = directories;
    }

    void take(RestorePlan.Part part) {
        TargetPath path = TargetPath.of(part, problems);
        if (path == null) {
            return;
        }
        Entry entry = part.entry();
        if (entry.type() == Entry.Type.DIRECTORY) {
            if (maker.remains().getsAttributes(path, entry)) {
                directories.accept(part);
            }
        } else if (entry.linkGroup() != 0) {
            name(path, entry);
        }
    }

    /** The first name of a group has the data; the others are made at the end. */
    private void name(TargetPath path, Entry entry) {
        switch (maker.remains().find(path, entry)) {
            case PLACED -> links.isFirst(entry.linkGroup(), path);
            case OTHER -> { }
            case NOTHING -> {
                if (links.knows(entry.linkGroup())) {
                    links.isFirst(entry.linkGroup(), path);
                } else {
                    problems.add(path.saved(), "is one of several names of a file that could not be restored, or was changed since");
                }
            }
        }
    }
}
