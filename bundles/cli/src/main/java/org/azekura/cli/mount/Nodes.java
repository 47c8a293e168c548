package org.azekura.cli.mount;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.engine.tree.Entry;

/**
 * The inodes that the kernel knows, by number. A number comes from the path, or from the link group of a file with several names: so it is the same in every
 * mount of the snapshot. Each keeps the nodes above it. Safe for any number of threads.
 */
final class Nodes {

    static final long ROOT = 1;
    /** What was told last, so that what follows a listing is not asked again: some MiB. */
    private static final int MAX_ITEMS = 4096;
    private static final long OF_GROUP = 1L << 62;

    /** In the order in which they came. */
    private final Map<Long, Node> known = new LinkedHashMap<>();
    private final Map<Long, Item> items = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Node {
        final long parent;
        final byte[] name;
        final boolean directory;
        /** How often the kernel was told of it, and nodes below it. */
        long held;

        Node(long parent, byte[] name, boolean directory) {
            this.parent = parent;
            this.name = name;
            this.directory = directory;
        }
    }

    Nodes() {
        Node root = new Node(0, new byte[0], true);
        root.held = 1;
        known.put(ROOT, root);
    }

    /** The number of what has this name there. */
    static long number(long parent, byte[] name, Item item) {
        return item.entry().linkGroup() == 0 ? of(parent, name) : OF_GROUP | mix(item.entry().linkGroup()) >>> 2;
    }

    private static long of(long parent, byte[] name) {
        long hash = mix(parent + 0x9e3779b97f4a7c15L);
        for (byte b : name) {
            hash = (hash ^ b & 255) * 0x100000001b3L;
        }
        long number = mix(hash) >>> 2;
        return number > ROOT ? number : ROOT + 1;
    }

    /** The last step of MurmurHash3: each bit in has a say in each bit out. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    /** The kernel is told of it once more. @return its number */
    synchronized long tell(long parent, byte[] name, Item item) {
        long number = number(parent, name, item);
        Node node = known.get(number);
        if (node == null) {
            node = new Node(parent, name, item.entry().type() == Entry.Type.DIRECTORY);
            known.put(number, node);
            Node above = known.get(parent);
            if (above != null) {
                above.held++;
            }
        }
        node.held++;
        keep(parent, name, item);
        return number;
    }

    /** The kernel has forgotten that it was told so often. */
    synchronized void forget(long number, long times) {
        Node node = known.get(number);
        for (long at = number, less = times; node != null && at != ROOT; less = 1) {
            node.held -= less;
            if (node.held > 0) {
                return;
            }
            known.remove(at);
            at = node.parent;
            node = known.get(at);
        }
    }

    synchronized void keep(long parent, byte[] name, Item item) {
        items.put(of(parent, name), item);
        if (items.size() > MAX_ITEMS) {
            var eldest = items.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** Null if it was not told lately. */
    synchronized Item item(long parent, byte[] name) {
        return items.get(of(parent, name));
    }

    /** Null if it was not told lately, or the kernel does not know the node. */
    synchronized Item item(long number) {
        Node node = known.get(number);
        return node == null ? null : item(node.parent, node.name);
    }

    /** Of a node that was looked up anew. */
    synchronized void keep(long number, Item item) {
        Node node = known.get(number);
        if (node != null) {
            keep(node.parent, node.name, item);
        }
    }

    /** Absolute; null if the kernel should not know it. */
    synchronized byte[] path(long number) {
        Deque<byte[]> names = new ArrayDeque<>();
        for (long at = number; at != ROOT;) {
            Node node = known.get(at);
            if (node == null) {
                return null;
            }
            names.push(node.name);
            at = node.parent;
        }
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        names.forEach(name -> {
            path.write('/');
            path.writeBytes(name);
        });
        return path.size() == 0 ? new byte[] {'/'} : path.toByteArray();
    }

    synchronized int size() {
        return known.size();
    }

    /** A name that the kernel knows. */
    record Known(long parent, byte[] name) {}

    /** Those that it has known for the longest time. No directories: somebody may be in one. */
    synchronized List<Known> eldest(int most) {
        List<Known> eldest = new ArrayList<>(most);
        for (Map.Entry<Long, Node> node : known.entrySet()) {
            if (eldest.size() == most) {
                break;
            }
            if (!node.getValue().directory) {
                eldest.add(new Known(node.getValue().parent, node.getValue().name));
            }
        }
        return eldest;
    }
}
