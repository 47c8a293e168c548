package org.azekura.storagenode;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;

/** The pools that are served. */
final class Pools {

    private final Devices devices;
    private final ReentrantLock opening = new ReentrantLock();
    private final Map<PoolName, Pool> open = new ConcurrentHashMap<>();

    Pools(Devices devices) {
        this.devices = devices;
    }

    /** Opening what is open as ordered changes nothing: running jobs go on. */
    Answer.VolumeReady open(NodeOrder.OpenPool order) throws BackupException {
        opening.lock();
        try {
            Pool pool = open.get(order.pool());
            if (pool == null || !pool.order().device().equals(order.device()) || !pool.order().appliance().equals(order.appliance())) {
                pool = Pool.open(order, devices);
                open.put(order.pool(), pool);
            }
            return pool.ready();
        } finally {
            opening.unlock();
        }
    }

    void close(PoolName name) {
        opening.lock();
        try {
            open.remove(name);
        } finally {
            opening.unlock();
        }
    }

    /** @throws BackupException {@code pool.unknown} */
    Pool get(PoolName name) throws BackupException {
        Pool pool = open.get(name);
        if (pool == null) {
            throw BackupException.operator("pool.unknown", name.value(),
                    "pool " + name + " is not open on this storage node; open: " + new TreeMap<>(open).keySet());
        }
        return pool;
    }
}
