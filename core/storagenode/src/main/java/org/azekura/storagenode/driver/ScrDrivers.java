package org.azekura.storagenode.driver;

import java.io.IOException;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Library;
import org.azekura.api.device.PowerSource;
import org.azekura.api.driver.SettingsForm;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drivers as the component runtime and the configuration admin know them: a driver is an enabled component that provides a device
 * and takes its configuration from a factory {@code org.azekura.driver.FAMILY}; a device is one configuration of it.
 */
public final class ScrDrivers implements Drivers {

    static final String PREFIX = "org.azekura.driver.";

    /** What a device may be published as. */
    private static final Set<String> DEVICES = Set.of(BlobStore.class.getName(), Library.class.getName(), PowerSource.class.getName());
    private static final Logger LOG = LoggerFactory.getLogger(ScrDrivers.class);

    private final ServiceComponentRuntime components;
    private final ConfigurationAdmin configurations;
    private final MetatypeForms forms;
    private final BundleContext context;
    private final SettingsBefore before;

    /** Devices whose settings were being changed when this process ended have those before again. */
    public ScrDrivers(ServiceComponentRuntime components, ConfigurationAdmin configurations, MetaTypeService metatypes, BundleContext context) {
        this.components = components;
        this.configurations = configurations;
        this.forms = new MetatypeForms(metatypes);
        this.context = context;
        this.before = new SettingsBefore(configurations);
        before.putBack();
    }

    @Override
    public SortedSet<String> known() {
        SortedSet<String> families = new TreeSet<>();
        components.getComponentDescriptionDTOs().forEach(component -> pids(component).map(pid -> pid.substring(PREFIX.length())).forEach(families::add));
        return families;
    }

    private static Stream<String> pids(ComponentDescriptionDTO component) {
        return Arrays.stream(component.serviceInterfaces).anyMatch(DEVICES::contains)
                ? Arrays.stream(component.configurationPid).filter(pid -> pid.startsWith(PREFIX)) : Stream.empty();
    }

    @Override
    public SettingsForm form(String driver, String language) {
        return components.getComponentDescriptionDTOs().stream().filter(component -> pids(component).anyMatch((PREFIX + driver)::equals))
                .map(component -> context.getBundle(component.bundle.id)).filter(Objects::nonNull)
                .flatMap(bundle -> forms.of(bundle, driver, PREFIX + driver, language).stream())
                .findFirst().orElseGet(() -> new SettingsForm(driver, driver, "", List.of()));
    }

    @Override
    public SortedMap<String, String> settings(DeviceName device) throws BackupException {
        SortedMap<String, String> values = new TreeMap<>();
        for (Configuration found : find(device)) {
            SettingsBefore.settings(found.getProperties()).forEach((name, value) -> values.put(name, value.toString()));
        }
        return values;
    }

    @Override
    public SortedMap<DeviceName, String> configured() throws BackupException {
        SortedMap<DeviceName, String> devices = new TreeMap<>();
        for (Configuration found : list("*~*", "")) {
            String family = found.getFactoryPid().substring(PREFIX.length());
            try {
                devices.put(new DeviceName(found.getPid().substring(found.getFactoryPid().length() + 1)), family);
            } catch (IllegalArgumentException e) {
                // Written by hand, under a name that no device has: no order can name it either.
                LOG.debug("{} is left out: {}", found.getPid(), e.getMessage());
            }
        }
        return devices;
    }

    @Override
    public String driverOf(DeviceName device) throws BackupException {
        Configuration[] found = find(device);
        return found.length == 0 ? null : found[0].getFactoryPid().substring(PREFIX.length());
    }

    /** A device's name has no character that means anything in a filter. */
    private Configuration[] find(DeviceName device) throws BackupException {
        return list("*~" + device, device.value());
    }

    private Configuration[] list(String pids, String device) throws BackupException {
        try {
            Configuration[] found = configurations.listConfigurations("(" + Constants.SERVICE_PID + "=" + PREFIX + pids + ")");
            return found == null ? new Configuration[0] : found;
        } catch (IOException e) {
            throw failed(device, e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Change configure(DeviceName device, String driver, Map<String, String> settings) throws BackupException {
        Configuration[] before = find(device);
        Dictionary<String, Object> old = before.length == 0 ? null : before[0].getProperties();
        try {
            Configuration configuration = configurations.getFactoryConfiguration(PREFIX + driver, device.value(), "?");
            boolean changed = configuration.updateIfDifferent(new Hashtable<>(settings));
            return change(device, configuration, old, changed);
        } catch (IOException e) {
            throw failed(device.value(), e);
        }
    }

    @Override
    public Change change(DeviceName device, Map<String, String> set, Set<String> unset) throws BackupException {
        Configuration[] found = find(device);
        if (found.length == 0) {
            throw BackupException.operator("device.unknown", device.value(), "no device " + device + " is configured here");
        }
        return before.change(device, found[0], set, unset);
    }

    private static Change change(DeviceName device, Configuration configuration, Dictionary<String, Object> old, boolean changed) {
        return new Change() {
            @Override
            public boolean changed() {
                return changed;
            }

            @Override
            public void undo() throws BackupException {
                try {
                    if (old == null) {
                        configuration.delete();
                    } else {
                        configuration.update(old);
                    }
                } catch (IOException e) {
                    throw failed(device.value(), e);
                }
            }
        };
    }

    @Override
    public void remove(DeviceName device) throws BackupException {
        before.forget(device);
        for (Configuration configuration : find(device)) {
            try {
                configuration.delete();
            } catch (IOException e) {
                throw failed(device.value(), e);
            }
        }
    }

    @Override
    public String problem(DeviceName device, String driver) {
        String pid = PREFIX + driver + "~" + device;
        return components.getComponentDescriptionDTOs().stream()
                .filter(component -> pids(component).anyMatch((PREFIX + driver)::equals))
                .flatMap(component -> components.getComponentConfigurationDTOs(component).stream())
                .filter(configured -> configured.state == ComponentConfigurationDTO.FAILED_ACTIVATION && configured.failure != null)
                .filter(configured -> pid.equals(configured.properties.get(Constants.SERVICE_PID)))
                .map(configured -> FailedActivation.reason(configured.failure))
                .findFirst().orElse(null);
    }

    private static BackupException failed(String device, IOException e) {
        return BackupException.device("device.configuration", device, "the configuration of device " + device
                + " cannot be read or written: " + e.getMessage(), e);
    }
}
