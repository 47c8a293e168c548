package org.azekura.client.collect;

import java.util.Arrays;

/** Names one behind the other in one array, because a directory can have millions. One thread. */
final class NameBlock {

    private byte[] bytes = new byte[1024];
    private int used;
    private int[] begins = new int[64];
    private int count;

    void add(byte[] name) {
        if (count + 1 >= begins.length) {
            begins = Arrays.copyOf(begins, 2 * begins.length);
        }
        if (bytes.length - used < name.length) {
            bytes = Arrays.copyOf(bytes, Math.max(used + name.length, bytes.length + (bytes.length >> 1)));
        }
        System.arraycopy(name, 0, bytes, used, name.length);
        begins[count++] = used;
        used += name.length;
        begins[count] = used;
    }

    int count() {
        return count;
    }

    int bytes() {
        return used;
    }

    byte[] name(int i) {
        return Arrays.copyOfRange(bytes, begins[i], begins[i + 1]);
    }

    void clear() {
        used = 0;
        count = 0;
        begins[0] = 0;
    }

    /** The numbers of the names in the order of their unsigned bytes: a merge sort, because there is none for primitive numbers. */
    int[] order() {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        int[] spare = order.clone();
        sort(order, spare, 0, count);
        return order;
    }

    /** Leaves {@code to} sorted; both hold the same numbers at first. */
    private void sort(int[] to, int[] from, int begin, int end) {
        if (end - begin < 2) {
            return;
        }
        int middle = (begin + end) >>> 1;
        sort(from, to, begin, middle);
        sort(from, to, middle, end);
        for (int left = begin, right = middle, i = begin; i < end; i++) {
            to[i] = right >= end || left < middle && compare(from[left], from[right]) <= 0 ? from[left++] : from[right++];
        }
    }

    private int compare(int a, int b) {
        return Arrays.compareUnsigned(bytes, begins[a], begins[a + 1], bytes, begins[b], begins[b + 1]);
    }
}
