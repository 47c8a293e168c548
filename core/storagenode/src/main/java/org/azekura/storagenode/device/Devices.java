package org.azekura.storagenode.device;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;

/** The devices that drivers serve at the moment. They come and go at any time; the gate of a name stays. */
public final class Devices {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<DeviceName, Device> served = new HashMap<>();
    private volatile Served.Crash crash = (device, last) -> {};
    private final Map<DeviceName, DeviceGate> gates = new ConcurrentHashMap<>();

    public void onCrash(Served.Crash told) {
        crash = told;
    }

    /** Made at the first question; there are as many as devices were ever configured. */
    public DeviceGate gate(DeviceName name) {
        return gates.computeIfAbsent(name, DeviceGate::new);
    }

    public void add(DeviceName name, BlobStore store) {
        Device device = new Device(name, store, gate(name), (which, last) -> crash.happened(which, last));
        lock.lock();
        try {
            gate(name).served();
            Device old = served.put(name, device);
            if (old != null) {
                old.close();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A newer store of the same name stays. */
    public void remove(DeviceName name, BlobStore store) {
        lock.lock();
        try {
            Device device = served.get(name);
            if (device != null && device.store() == store) {
                served.remove(name).close();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Null if there is none. */
    public Device find(DeviceName name) {
        lock.lock();
        try {
            return served.get(name);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits also while it pauses, which does not count; not for one whose driver was taken away.
     *
     * @throws BackupException {@code device.unserved} if it is not served in time, {@code device.paused}
     */
    public Device get(DeviceName name, Duration timeout) throws BackupException {
        gate(name).awaitOpen("begin anything");
        Device device = await(name, found -> found != null || gate(name).gone() != null, timeout);
        if (device == null) {
            throw unserved(name);
        }
        return device;
    }

    private BackupException unserved(DeviceName name) {
        String gone = gate(name).gone();
        lock.lock();
        try {
            return BackupException.device("device.unserved", name.value(), "no driver serves device " + name + " here"
                    + (gone == null ? "; served: " + new TreeSet<>(served.keySet()) : ": " + gone), null);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the device (null: none) is as wanted; returns what is there then or when the time is over. */
    public Device await(DeviceName name, Predicate<Device> wanted, Duration timeout) throws BackupException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (!wanted.test(served.get(name)) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return served.get(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", name.value(), "interrupted while waiting for device " + name, e);
        } finally {
            lock.unlock();
        }
    }

    public void close() {
        lock.lock();
        try {
            served.values().forEach(Device::close);
            served.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
