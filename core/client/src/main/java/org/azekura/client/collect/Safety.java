package org.azekura.client.collect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much of what a backup hands on is safe, that is durable wherever it has to be. Everything that is handed on has a number, from 1;
 * what becomes safe out of turn is remembered until its turn comes. Safe for any number of threads.
 */
final class Safety {

    private static final int NODE = 1;
    private static final int SERVER = 2;
    /** It is not known yet where it has to be. */
    private static final int ASKED = 4;

    private final ReentrantLock lock = new ReentrantLock();
    /** What is not safe, as it was handed on, and what it still needs. */
    private final Map<Long, Integer> unsafe = new LinkedHashMap<>();
    /** Numbers that become safe with a later one, because they are the same chunk. */
    private final Map<Long, List<Long>> followers = new HashMap<>();
    private final Way node = new Way(NODE);
    private final Way server = new Way(SERVER);
    private volatile Runnable progress = () -> {};
    private volatile long handed;
    private volatile long bytes;

    /** What is on its way to one of the two, in order. */
    private final class Way {
        private final int need;
        private final Deque<Long> sent = new ArrayDeque<>();
        private long arrived;

        Way(int need) {
            this.need = need;
        }

        void durable(long frames) {
            while (arrived < frames && !sent.isEmpty()) {
                arrived++;
                met(sent.remove(), need);
            }
        }
    }

    /** Calls back whenever more may be safe; the callback must return quickly. */
    void onProgress(Runnable listener) {
        progress = listener;
    }

    /** Something is handed on. Only ever called by the reader. @return its number */
    long hand(long length) {
        lock.lock();
        try {
            bytes += length;
            long number = handed + 1;
            unsafe.put(number, ASKED);
            handed = number;
            return number;
        } finally {
            lock.unlock();
        }
    }

    /** The number of what was handed on last. */
    long handed() {
        return handed;
    }

    /** Plain bytes handed on so far. */
    long bytes() {
        return bytes;
    }

    /** It has to become durable at these; at none if it is there already. */
    void needs(long number, boolean atNode, boolean atServer) {
        lock.lock();
        try {
            unsafe.computeIfPresent(number, (n, needs) -> needs | (atNode ? NODE : 0) | (atServer ? SERVER : 0));
            met(number, ASKED);
        } finally {
            lock.unlock();
        }
        progress.run();
    }

    /** It is the same as another one, and safe when that is. */
    void follows(long number, long other) {
        lock.lock();
        try {
            // An earlier one keeps the count below this anyway: of those there may be millions.
            if (other > number && unsafe.containsKey(other)) {
                followers.computeIfAbsent(other, o -> new ArrayList<>(1)).add(number);
            } else {
                met(number, ASKED);
            }
        } finally {
            lock.unlock();
        }
        progress.run();
    }

    /** Called just before it is sent, in the order of sending. */
    void sendsToNode(long number) {
        sends(node, number);
    }

    /** Called just before it is sent, in the order of sending. */
    void sendsToServer(long number) {
        sends(server, number);
    }

    private void sends(Way way, long number) {
        lock.lock();
        try {
            way.sent.add(number);
        } finally {
            lock.unlock();
        }
    }

    /** So many of the frames that were sent are durable at the node. */
    void nodeHas(long frames) {
        durable(node, frames);
    }

    /** So many of the frames that were sent are durable at the server. */
    void serverHas(long frames) {
        durable(server, frames);
    }

    private void durable(Way way, long frames) {
        lock.lock();
        try {
            way.durable(frames);
        } finally {
            lock.unlock();
        }
        progress.run();
    }

    private void met(long first, int need) {
        Deque<Long> safe = new ArrayDeque<>(List.of(first));
        int met = need;
        while (!safe.isEmpty()) {
            long number = safe.remove();
            Integer needs = unsafe.get(number);
            if (needs != null && (needs & ~met) != 0) {
                unsafe.put(number, needs & ~met);
            } else if (needs != null) {
                unsafe.remove(number);
                safe.addAll(followers.getOrDefault(number, List.of()));
                followers.remove(number);
                // Those that follow need nothing of their own.
                met = NODE | SERVER | ASKED;
            }
        }
    }

    /** Everything up to this number is safe. */
    long safe() {
        lock.lock();
        try {
            return unsafe.isEmpty() ? handed : unsafe.keySet().iterator().next() - 1;
        } finally {
            lock.unlock();
        }
    }
}
