package org.azekura.storagenode;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the devices that drivers serve. A component runtime makes a component for whoever asks first for its service, on his thread and under its
 * own locks; so each is asked for on a thread of its own, and a driver that hangs when it is made keeps nobody from anything.
 */
final class DeviceServices implements ServiceTrackerCustomizer<BlobStore, DeviceServices.Found>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceServices.class);

    private final BundleContext context;
    private final StorageNodeRole role;
    private final ServiceTracker<BlobStore, Found> tracker;
    private final Map<Found, Thread> opening = new ConcurrentHashMap<>();

    /** A service that was found, and what came of asking for it. Guarded by itself. */
    static final class Found {
        private final DeviceName name;
        private BlobStore store;
        private boolean gone;

        private Found(DeviceName name) {
            this.name = name;
        }
    }

    DeviceServices(BundleContext context, StorageNodeRole role) {
        this.context = context;
        this.role = role;
        this.tracker = new ServiceTracker<>(context, BlobStore.class, this);
    }

    void open() {
        tracker.open();
    }

    @Override
    public Found addingService(ServiceReference<BlobStore> reference) {
        DeviceName name = name(reference);
        if (name == null) {
            return null;
        }
        Found found = new Found(name);
        Thread thread = Thread.ofPlatform().daemon().name("device " + name + " opens").unstarted(() -> get(reference, found));
        opening.put(found, thread);
        thread.start();
        return found;
    }

    private void get(ServiceReference<BlobStore> reference, Found found) {
        try {
            BlobStore store = context.getService(reference);
            if (store == null) {
                return; // the component runtime has logged why
            }
            synchronized (found) {
                if (!found.gone) {
                    found.store = store;
                    role.deviceCame(found.name, store);
                    return;
                }
            }
            context.ungetService(reference);
        } catch (IllegalStateException e) {
            LOG.debug("device {} came while its user went: {}", found.name, e.getMessage());
        } finally {
            opening.remove(found);
        }
    }

    @Override
    public void modifiedService(ServiceReference<BlobStore> reference, Found found) {
        // Its name is part of its configuration's, which does not change; but it has other settings.
        synchronized (found) {
            if (found.store != null && !found.gone) {
                role.deviceCame(found.name, found.store);
            }
        }
    }

    /** One that is still being made is interrupted: nobody waits for it any more. */
    @Override
    public void removedService(ServiceReference<BlobStore> reference, Found found) {
        BlobStore store;
        synchronized (found) {
            found.gone = true;
            store = found.store;
            found.store = null;
        }
        Thread made = opening.get(found);
        if (made != null) {
            made.interrupt();
        }
        if (store != null) {
            role.deviceWent(found.name, store);
            context.ungetService(reference);
        }
    }

    @Override
    public void close() {
        tracker.close();
    }

    /** The part of the pid behind the tilde; null for a store that is no configured device. */
    private static DeviceName name(ServiceReference<BlobStore> reference) {
        String pid = String.valueOf(reference.getProperty(Constants.SERVICE_PID));
        int tilde = pid.indexOf('~');
        try {
            return tilde < 0 ? null : new DeviceName(pid.substring(tilde + 1));
        } catch (IllegalArgumentException e) {
            LOG.warn("device {} is left out: {}", pid, e.getMessage());
            return null;
        }
    }
}
