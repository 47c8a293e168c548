package org.azekura.cli.mount;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.List;
import org.azekura.engine.tree.Entry;
import org.junit.jupiter.api.Test;

class NodesTest {

    private static final byte[] BAD = {'b', (byte) 0xff, (byte) 0xfe};

    private final Nodes nodes = new Nodes();

    private static Item item(byte[] name, Entry.Type type, long group) {
        return new Item(new Entry(name, type, 0644, 0, 0, "", "", 0, Instant.EPOCH, Instant.EPOCH, group, null, 0, 0, List.of(), new Entry.Content.None(), false), 0, 1);
    }

    private long tell(long parent, byte[] name, long group) {
        return nodes.tell(parent, name, item(name, group == 0 ? Entry.Type.DIRECTORY : Entry.Type.FILE, group));
    }

    @Test
    void aPathIsMadeOfTheBytesOfItsNames() {
        long srv = tell(Nodes.ROOT, "srv".getBytes(), 0);
        assertArrayEquals("/".getBytes(), nodes.path(Nodes.ROOT));
        assertArrayEquals(new byte[] {'/', 's', 'r', 'v', '/', 'b', (byte) 0xff, (byte) 0xfe}, nodes.path(tell(srv, BAD, 0)));
    }

    @Test
    void aNumberIsTheSameInEachMountAndAnotherInAnotherDirectory() {
        long first = tell(Nodes.ROOT, BAD, 0);
        assertEquals(first, new Nodes().tell(Nodes.ROOT, BAD, item(BAD, Entry.Type.DIRECTORY, 0)));
        assertNotEquals(first, tell(first, BAD, 0));
    }

    @Test
    void allNamesOfAFileHaveOneNumberAndItStaysWhileOneIsKnown() {
        long srv = tell(Nodes.ROOT, "srv".getBytes(), 0);
        long mnt = tell(Nodes.ROOT, "mnt".getBytes(), 0);
        long file = tell(srv, "a".getBytes(), 99);
        assertEquals(file, tell(mnt, "b".getBytes(), 99));
        nodes.forget(srv, 1);
        nodes.forget(file, 1);
        assertArrayEquals("/srv/a".getBytes(), nodes.path(file));
        nodes.forget(file, 1);
        assertNull(nodes.path(file));
        assertNull(nodes.path(srv));
        nodes.forget(mnt, 1);
        assertEquals(1, nodes.size());
    }
}
