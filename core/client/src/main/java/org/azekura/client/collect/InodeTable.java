package org.azekura.client.collect;

import java.util.Arrays;

/**
 * Numbers inodes from 0 on; the numbers of those that were taken out are used again. In flat arrays, because a backup can meet many
 * millions. One thread.
 */
final class InodeTable {

    private static final int FIRST = 64;

    private long[] devices = new long[FIRST];
    private long[] inodes = new long[FIRST];
    /** Rows that were given out, some of them free again. */
    private int used;
    private int[] free = new int[FIRST];
    private int freed;
    /** Rows plus one, by hash, the next place if that is taken; 0: no row. At most half full, a power of two. */
    private int[] places = new int[2 * FIRST];

    /** One more than the highest number there can be now. */
    int capacity() {
        return inodes.length;
    }

    /** -1 if it is not in here. */
    int find(long device, long inode) {
        for (int place = home(device, inode);; place = next(place)) {
            int row = places[place] - 1;
            if (row < 0 || inodes[row] == inode && devices[row] == device) {
                return row;
            }
        }
    }

    /** @param inode one that is not in here */
    int add(long device, long inode) {
        if (freed == 0 && used == inodes.length) {
            grow();
        }
        int row = freed > 0 ? free[--freed] : used++;
        devices[row] = device;
        inodes[row] = inode;
        place(row);
        return row;
    }

    private void grow() {
        int rows = Math.addExact(used, used);
        devices = Arrays.copyOf(devices, rows);
        inodes = Arrays.copyOf(inodes, rows);
        free = new int[rows];
        places = new int[Math.multiplyExact(2, rows)];
        // None is free, or there would be no need to grow.
        for (int row = 0; row < used; row++) {
            place(row);
        }
    }

    private void place(int row) {
        int place = home(devices[row], inodes[row]);
        while (places[place] != 0) {
            place = next(place);
        }
        places[place] = row + 1;
    }

    void remove(int row) {
        int gap = home(devices[row], inodes[row]);
        while (places[gap] != row + 1) {
            gap = next(gap);
        }
        free[freed++] = row;
        // Those behind move up unless they would get before their home.
        for (int place = next(gap); places[place] != 0; place = next(place)) {
            int other = places[place] - 1;
            int home = home(devices[other], inodes[other]);
            if ((place - home & places.length - 1) >= (place - gap & places.length - 1)) {
                places[gap] = places[place];
                gap = place;
            }
        }
        places[gap] = 0;
    }

    private int home(long device, long inode) {
        long hash = (inode ^ Long.rotateLeft(device, 32)) * 0x9e3779b97f4a7c15L;
        return (int) (hash >>> 32) & places.length - 1;
    }

    private int next(int place) {
        return place + 1 & places.length - 1;
    }
}
