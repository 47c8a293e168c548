package org.azekura.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;
import org.azekura.server.trees.Sharing;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The device that keeps tree pages for several servers, whichever service of a driver serves it just now: while a driver changes there is none for some
 * seconds, and calls wait. Safe for any number of threads.
 */
final class TreeDevice extends ServiceTracker<BlobStore, ServiceReference<BlobStore>> implements Sharing.Place {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DeviceName name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final List<ServiceReference<BlobStore>> there = new ArrayList<>();
    /** The service of the store; null without one. It is held, for a component that nobody uses any more is ended. */
    private ServiceReference<BlobStore> held;
    private BlobStore store;

    TreeDevice(BundleContext context, DeviceName name) throws InvalidSyntaxException {
        super(context, FrameworkUtil.createFilter("(&(" + Constants.OBJECTCLASS + "=" + BlobStore.class.getName() + ")(" + Constants.SERVICE_PID + "=*~" + name
                + "))"), null);
        this.name = name;
    }

    @Override
    public String name() {
        return name.value();
    }

    @Override
    public ServiceReference<BlobStore> addingService(ServiceReference<BlobStore> reference) {
        lock.lock();
        try {
            there.add(reference);
            came.signalAll();
            return reference;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void removedService(ServiceReference<BlobStore> reference, ServiceReference<BlobStore> same) {
        lock.lock();
        try {
            there.remove(reference);
            if (!reference.equals(held)) {
                return;
            }
            held = null;
            store = null;
        } finally {
            lock.unlock();
        }
        context.ungetService(reference);
    }

    /** Waits for a driver to serve it, {@link #PATIENCE} at most. */
    @Override
    public BlobStore device() throws BackupException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (;;) {
                ServiceReference<BlobStore> reference;
                lock.lock();
                try {
                    for (long left = end - System.nanoTime(); store == null && there.isEmpty(); left = end - System.nanoTime()) {
                        if (left <= 0) {
                            throw BackupException.device("device.unserved", name.value(), "no driver serves the device " + name + ", which treesDevice names", null);
                        }
                        came.awaitNanos(left);
                    }
                    if (store != null) {
                        return store;
                    }
                    reference = there.getFirst();
                } finally {
                    lock.unlock();
                }
                hold(reference);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", name.value(), "interrupted while device " + name + " was waited for", e);
        }
    }

    /** Without the lock: a driver makes its device now, and may take long. */
    private void hold(ServiceReference<BlobStore> reference) {
        BlobStore made = context.getService(reference);
        lock.lock();
        try {
            if (made == null) {
                there.remove(reference); // the component runtime has logged why
            } else if (store == null && there.contains(reference)) {
                held = reference;
                store = made;
                return;
            }
        } finally {
            lock.unlock();
        }
        if (made != null) {
            context.ungetService(reference);
        }
    }
}
