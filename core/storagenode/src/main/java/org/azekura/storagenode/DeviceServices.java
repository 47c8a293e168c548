package org.azekura.storagenode;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Library;
import org.azekura.api.device.PowerSource;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.storagenode.power.PowerStore;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the devices that drivers serve: stores of blobs, libraries, whose cartridges are made into such, and sources of power. A component runtime makes a component for
 * whoever asks first for its service, on his thread and under its own locks; so each is asked for on a thread of its own, and a driver that hangs when it
 * is made keeps nobody from anything.
 */
final class DeviceServices implements ServiceTrackerCustomizer<Object, DeviceServices.Found>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceServices.class);

    private final BundleContext context;
    private final StorageNodeRole role;
    private final DeviceFiles files;
    private final ServiceTracker<Object, Found> tracker;
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

    DeviceServices(BundleContext context, StorageNodeRole role, DeviceFiles files) {
        this.context = context;
        this.role = role;
        this.files = files;
        this.tracker = new ServiceTracker<>(context, devices(), this);
    }

    private static Filter devices() {
        try {
            StringBuilder any = new StringBuilder("(|");
            for (Class<?> shape : List.of(BlobStore.class, Library.class, PowerSource.class)) {
                any.append('(').append(Constants.OBJECTCLASS).append('=').append(shape.getName()).append(')');
            }
            return FrameworkUtil.createFilter(any.append(')').toString());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    void open() {
        tracker.open();
    }

    @Override
    public Found addingService(ServiceReference<Object> reference) {
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

    private void get(ServiceReference<Object> reference, Found found) {
        try {
            Object service = context.getService(reference);
            if (service == null) {
                return; // the component runtime has logged why
            }
            synchronized (found) {
                if (!found.gone) {
                    found.store = store(found.name, service);
                    role.deviceCame(found.name, found.store);
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

    private BlobStore store(DeviceName name, Object service) {
        return switch (service) {
            case Library library -> new LibraryStore(name, library, files.notes(), files.spool(), role.supply()).telling(role.spoolNews())
                    .minding(role.drives().of(name));
            case PowerSource source -> new PowerStore(source);
            default -> (BlobStore) service;
        };
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, Found found) {
        // Its name is part of its configuration's, which does not change; but it has other settings.
        synchronized (found) {
            if (found.store != null && !found.gone) {
                role.deviceCame(found.name, found.store);
            }
        }
    }

    /** One that is still being made is interrupted: nobody waits for it any more. */
    @Override
    public void removedService(ServiceReference<Object> reference, Found found) {
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
            if (store instanceof LibraryStore library) {
                library.close();
            }
            context.ungetService(reference);
        }
    }

    @Override
    public void close() {
        tracker.close();
    }

    /** The part of the pid behind the tilde; null for a store that is no configured device. */
    private static DeviceName name(ServiceReference<Object> reference) {
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
