package org.azekura.rest.download;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.content.Content;
import org.azekura.api.content.Saved;

/** Everything at and below a path, a folder before what is in it. One page of each folder that leads to where it is is in memory. One thread. */
final class Walk {

    private static final int PAGE = 500;

    private final Content content;
    private final Visitor visitor;
    private final Deque<Folder> open = new ArrayDeque<>();

    /** Takes each. */
    interface Visitor {
        void take(RawPath path, Saved entry) throws IOException, BackupException, InterruptedException;
    }

    private final class Folder {
        final RawPath path;
        byte[] last = {};
        boolean more = true;
        Iterator<Saved> page = Collections.emptyIterator();

        Folder(RawPath path) {
            this.path = path;
        }

        /** Null behind the last. */
        Saved next() throws BackupException {
            if (!page.hasNext() && more) {
                Content.Page read = content.list(path, last, PAGE);
                page = read.entries().iterator();
                more = read.more() && page.hasNext();
            }
            Saved next = page.hasNext() ? page.next() : null;
            last = next == null ? last : next.name().bytes();
            return next;
        }
    }

    Walk(Content content, Visitor visitor) {
        this.content = content;
        this.visitor = visitor;
    }

    /** @throws BackupException {@code path.unknown} */
    void from(RawPath path) throws IOException, BackupException, InterruptedException {
        if (path.names().isEmpty()) {
            open.push(new Folder(path));
        } else {
            Saved top = content.look(path);
            if (top == null) {
                throw BackupException.operator("path.unknown", path.toString(), path + " is not in the snapshot");
            }
            take(path, top);
        }
        while (!open.isEmpty()) {
            Folder folder = open.peek();
            Saved next = folder.next();
            if (next == null) {
                open.pop();
            } else {
                take(folder.path.child(next.name().bytes()), next);
            }
        }
    }

    private void take(RawPath path, Saved entry) throws IOException, BackupException, InterruptedException {
        visitor.take(path, entry);
        if (entry.type() == Saved.Type.DIRECTORY) {
            open.push(new Folder(path));
        }
    }
}
