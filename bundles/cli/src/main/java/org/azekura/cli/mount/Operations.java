package org.azekura.cli.mount;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.engine.tree.Entry;

/**
 * What the kernel asks of the file system. Each question is answered once, here or when the client has answered; a question goes on without a thread
 * meanwhile. Safe for any number of threads.
 */
final class Operations {

    private static final int MAX_READ = 1 << 20;
    private static final byte[] NONE = {};

    private final Line line;
    private final Nodes nodes;
    private final Replies replies;
    private final Map<Long, Listing> listings = new ConcurrentHashMap<>();
    private final AtomicLong handles = new AtomicLong();
    private final AtomicLong files = new AtomicLong();

    Operations(Line line, Nodes nodes, Replies replies) {
        this.line = line;
        this.nodes = nodes;
        this.replies = replies;
    }

    void lookup(long request, long parent, byte[] name) {
        Item known = nodes.item(parent, name);
        byte[] directory = nodes.path(parent);
        if (directory == null) {
            replies.error(request, Errno.ESTALE);
        } else if (known != null) {
            replies.entry(request, nodes.tell(parent, name, known), known);
        } else {
            line.look(below(directory, name), reply -> one(request, reply, item -> replies.entry(request, nodes.tell(parent, name, item), item)));
        }
    }

    private static byte[] below(byte[] directory, byte[] name) {
        int slash = directory.length == 1 ? 0 : 1;
        byte[] path = Arrays.copyOf(directory, directory.length + slash + name.length);
        path[directory.length + slash - 1] = '/';
        System.arraycopy(name, 0, path, directory.length + slash, name.length);
        return path;
    }

    private void one(long request, Reply reply, Consumer<Item> then) {
        if (reply.errno() != 0) {
            replies.error(request, reply.errno());
            return;
        }
        Item item;
        try {
            item = reply.items().items().getFirst();
        } catch (BackupException | RuntimeException e) {
            replies.error(request, Errno.EIO);
            return;
        }
        then.accept(item);
    }

    /** What the kernel knows by this number. */
    private void item(long request, long number, Consumer<Item> then) {
        Item known = nodes.item(number);
        byte[] path = nodes.path(number);
        if (path == null) {
            replies.error(request, Errno.ESTALE);
        } else if (known != null) {
            then.accept(known);
        } else {
            line.look(path, reply -> one(request, reply, item -> {
                nodes.keep(number, item);
                then.accept(item);
            }));
        }
    }

    void forget(long number, long times) {
        nodes.forget(number, times);
    }

    void attributes(long request, long number) {
        if (number == Nodes.ROOT) {
            replies.attributes(request, number, null);
        } else {
            item(request, number, item -> replies.attributes(request, number, item));
        }
    }

    void readLink(long request, long number) {
        item(request, number, item -> {
            if (item.entry().target() == null) {
                replies.error(request, Errno.EINVAL);
            } else {
                replies.link(request, item.entry().target());
            }
        });
    }

    void open(long request) {
        files.incrementAndGet();
        replies.openedFile(request);
    }

    void close(long request) {
        files.decrementAndGet();
        replies.error(request, 0);
    }

    /** Whether somebody has a file or a directory open. */
    boolean inUse() {
        return files.get() > 0 || !listings.isEmpty();
    }

    void read(long request, long number, long length, long from) {
        byte[] path = nodes.path(number);
        if (path == null) {
            replies.error(request, Errno.ESTALE);
            return;
        }
        line.read(path, from, Math.clamp(length, 1, MAX_READ), reply -> {
            if (reply.errno() == 0) {
                replies.bytes(request, reply.body());
            } else {
                replies.error(request, reply.errno());
            }
        });
    }

    void openDirectory(long request, long number) {
        long handle = handles.incrementAndGet();
        listings.put(handle, new Listing(line, nodes, replies, number));
        replies.openedDirectory(request, handle);
    }

    /** @param told whether the kernel is told of the entries, too */
    void readDirectory(long request, long handle, long room, long from, boolean told) {
        Listing listing = listings.get(handle);
        if (listing == null) {
            replies.error(request, Errno.ESTALE);
        } else {
            listing.read(request, room, from, told);
        }
    }

    void closeDirectory(long request, long handle) {
        listings.remove(handle);
        replies.error(request, 0);
    }

    void room(long request) {
        replies.room(request);
    }

    void attribute(long request, long number, byte[] name, long room) {
        if (number == Nodes.ROOT) {
            replies.error(request, Errno.ENODATA);
            return;
        }
        item(request, number, item -> {
            for (Entry.Xattr xattr : item.entry().xattrs()) {
                if (Arrays.equals(xattr.name(), name)) {
                    replies.value(request, xattr.value(), room);
                    return;
                }
            }
            replies.error(request, Errno.ENODATA);
        });
    }

    void listAttributes(long request, long number, long room) {
        if (number == Nodes.ROOT) {
            replies.value(request, NONE, room);
        } else {
            item(request, number, item -> replies.value(request, Replies.list(item.entry().xattrs()), room));
        }
    }
}
