package org.azekura.storagenode.driver;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What devices were configured with while other settings are tried: a configuration {@code org.azekura.storagenode.before~NAME} for each, of which no
 * driver hears. It is written before the device's own and goes when that has proved itself, so a process that is killed in between begins again with
 * what worked.
 */
record SettingsBefore(ConfigurationAdmin configurations) {

    private static final String BEFORE = "org.azekura.storagenode.before";
    /** Which driver's. */
    private static final String FACTORY = "azekura.factory";
    private static final Logger LOG = LoggerFactory.getLogger(SettingsBefore.class);

    /** Changes a device's configuration; what it was stays beside it until {@link Drivers.Change#keep}. */
    Drivers.Change change(DeviceName device, Configuration own, Map<String, String> set, Set<String> unset) throws BackupException {
        try {
            Hashtable<String, Object> old = settings(own.getProperties());
            Hashtable<String, Object> next = new Hashtable<>(old);
            next.putAll(set);
            unset.forEach(next::remove);
            boolean changed = !next.equals(old);
            if (changed) {
                Hashtable<String, Object> kept = new Hashtable<>(old);
                kept.put(FACTORY, own.getFactoryPid());
                before(device.value()).update(kept);
                own.update(next);
            }
            return new Tried(device, own, old, changed);
        } catch (IOException e) {
            throw failed(device.value(), e);
        }
    }

    private final class Tried implements Drivers.Change {

        private final DeviceName device;
        private final Configuration own;
        private final Hashtable<String, Object> old;
        private final boolean changed;

        private Tried(DeviceName device, Configuration own, Hashtable<String, Object> old, boolean changed) {
            this.device = device;
            this.own = own;
            this.old = old;
            this.changed = changed;
        }

        @Override
        public boolean changed() {
            return changed;
        }

        @Override
        public void undo() throws BackupException {
            try {
                own.update(old);
            } catch (IOException e) {
                throw failed(device.value(), e);
            }
        }

        @Override
        public void keep() throws BackupException {
            forget(device);
        }
    }

    /** The device is forgotten. */
    void forget(DeviceName device) throws BackupException {
        try {
            for (Configuration before : list(device.value())) {
                before.delete();
            }
        } catch (IOException e) {
            throw failed(device.value(), e);
        }
    }

    /** Ends what a killed process has begun: those settings were never proven. Before any device is used. */
    void putBack() {
        try {
            for (Configuration before : list("*")) {
                Hashtable<String, Object> old = settings(before.getProperties());
                String name = before.getPid().substring(BEFORE.length() + 1);
                configurations.getFactoryConfiguration((String) old.remove(FACTORY), name, "?").update(old);
                before.delete();
                LOG.warn("device {}: a change of its settings was cut off, and it has those before again", name);
            }
        } catch (IOException e) {
            LOG.error("a change of a device's settings was cut off, and they can't be put back: {}", e.getMessage());
        }
    }

    /** A device's name has no character that means anything in a filter. */
    private Configuration[] list(String device) throws IOException {
        try {
            Configuration[] found = configurations.listConfigurations("(" + Constants.SERVICE_PID + "=" + BEFORE + "~" + device + ")");
            return found == null ? new Configuration[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Configuration before(String device) throws IOException {
        return configurations.getFactoryConfiguration(BEFORE, device, "?");
    }

    /** Without what the configuration admin adds. */
    static Hashtable<String, Object> settings(Dictionary<String, Object> properties) {
        Hashtable<String, Object> settings = new Hashtable<>();
        for (String key : Collections.list(properties.keys())) {
            if (!key.equals(Constants.SERVICE_PID) && !key.equals(ConfigurationAdmin.SERVICE_FACTORYPID)
                    && !key.equals(ConfigurationAdmin.SERVICE_BUNDLELOCATION)) {
                settings.put(key, properties.get(key));
            }
        }
        return settings;
    }

    private static BackupException failed(String device, IOException e) {
        return BackupException.device("device.configuration", device, "the configuration of device " + device
                + " cannot be read or written: " + e.getMessage(), e);
    }
}
