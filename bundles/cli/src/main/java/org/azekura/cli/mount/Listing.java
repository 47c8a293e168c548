package org.azekura.cli.mount;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.engine.tree.Entry;

/**
 * One directory that is open, read page by page: one page is in memory, and behind which names the others begin. Places are those that the kernel is told: 0
 * is {@code .}, 1 is {@code ..}, the entries come from 2 on. One read at a time, as the kernel has it.
 */
final class Listing {

    private static final int PAGE = 500;
    private static final int FIRST = 2;
    private static final byte[] SELF = {'.'};
    private static final byte[] ABOVE = {'.', '.'};

    private final Line line;
    private final Nodes nodes;
    private final Replies replies;
    private final long number;
    /** Behind which name the page begins that begins at a place. */
    private final TreeMap<Long, byte[]> pages = new TreeMap<>(Map.of((long) FIRST, new byte[0]));
    private List<Item> page;
    private long begin = FIRST;
    private boolean more;

    Listing(Line line, Nodes nodes, Replies replies, long number) {
        this.line = line;
        this.nodes = nodes;
        this.replies = replies;
        this.number = number;
    }

    /** Answers with what comes from a place on. @param told whether the kernel is told of the entries, too */
    void read(long request, long room, long from, boolean told) {
        if (page != null && from >= begin && (from < begin + page.size() || !more) || page != null && from < FIRST && begin == FIRST) {
            send(request, room, from, told);
            return;
        }
        Map.Entry<Long, byte[]> start = pages.floorEntry(Math.max(from, FIRST));
        byte[] directory = nodes.path(number);
        if (directory == null) {
            replies.error(request, Errno.ESTALE);
            return;
        }
        line.names(directory, start.getValue(), PAGE, reply -> turn(request, room, from, told, start.getKey(), reply));
    }

    private void turn(long request, long room, long from, boolean told, long at, Reply reply) {
        try {
            if (reply.errno() != 0) {
                replies.error(request, reply.errno());
                return;
            }
            Reply.Items items = reply.items();
            page = items.items();
            more = items.more() && !page.isEmpty();
            begin = at;
            if (more) {
                pages.put(begin + page.size(), page.getLast().entry().name());
            }
        } catch (BackupException | RuntimeException e) {
            replies.error(request, Errno.EIO);
            return;
        }
        read(request, room, from, told);
    }

    private void send(long request, long room, long from, boolean told) {
        Replies.Names names = replies.new Names(request, room);
        boolean fits = true;
        for (long at = from; fits && at < FIRST; at++) {
            byte[] name = at == 0 ? SELF : ABOVE;
            fits = told ? names.addWithStat(name, number, at + 1) : names.add(name, number, Attributes.type(Entry.Type.DIRECTORY), at + 1);
        }
        for (long at = Math.max(from, FIRST); fits && at < begin + page.size(); at++) {
            fits = add(names, page.get((int) (at - begin)), at + 1, told);
        }
        names.send();
    }

    private boolean add(Replies.Names names, Item item, long next, boolean told) {
        byte[] name = item.entry().name();
        if (!told) {
            nodes.keep(number, name, item);
            return names.add(name, Nodes.number(number, name, item), Attributes.type(item.entry().type()), next);
        }
        long tell = nodes.tell(number, name, item);
        boolean fits = names.addWithEntry(name, tell, item, next);
        if (!fits) {
            nodes.forget(tell, 1);
        }
        return fits;
    }
}
