package org.azekura.kit;

import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.osgi.util.tracker.ServiceTracker;

/** A device of the driver, made by its settings and gone with them, as often as is wanted. One thread at a time. */
final class TrialDevice {

    private static final long PATIENCE_MS = 20_000;
    private static final String NAME = "trial";
    private static final String LATER = "org.azekura.kit.later";

    private final TrialFramework framework;
    private final String factory;
    private final Map<String, String> settings;
    private int number;
    private Configuration configuration;
    private ServiceTracker<Object, Object> tracker;

    TrialDevice(TrialFramework framework, String driver, Map<String, String> settings) {
        this.framework = framework;
        factory = "org.azekura.driver." + driver;
        this.settings = settings;
    }

    /** The services that a device of this driver is. */
    List<String> services() {
        return component().map(component -> List.of(component.serviceInterfaces)).orElse(List.of());
    }

    private Optional<ComponentDescriptionDTO> component() {
        return framework.service(ServiceComponentRuntime.class).getComponentDescriptionDTOs().stream()
                .filter(component -> Arrays.asList(component.configurationPid).contains(factory)).findFirst();
    }

    /** @throws BackupException {@code setting.unknown}, {@code setting.missing} */
    void requireSettings() throws BackupException {
        SortedSet<String> known = ids(ObjectClassDefinition.ALL);
        for (String given : settings.keySet()) {
            if (!known.contains(given)) {
                throw BackupException.operator("setting.unknown", given, "the driver has no setting " + given + "; it has " + String.join(", ", known));
            }
        }
        SortedSet<String> missing = ids(ObjectClassDefinition.REQUIRED);
        missing.removeAll(settings.keySet());
        if (!missing.isEmpty()) {
            throw BackupException.operator("setting.missing", missing.first(), "the driver needs the settings " + String.join(", ", missing) + "; give --set "
                    + missing.first() + "=VALUE");
        }
    }

    /** Of the form that its bundle has; of those that are required, without those that have a default. */
    private SortedSet<String> ids(int which) {
        SortedSet<String> ids = new TreeSet<>();
        MetaTypeService forms = framework.service(MetaTypeService.class);
        for (Bundle bundle : framework.context().getBundles()) {
            MetaTypeInformation described = forms.getMetaTypeInformation(bundle);
            if (described != null && Arrays.asList(described.getFactoryPids()).contains(factory)) {
                for (AttributeDefinition setting : described.getObjectClassDefinition(factory, null).getAttributeDefinitions(which)) {
                    if (which == ObjectClassDefinition.ALL || setting.getDefaultValue() == null) {
                        ids.add(setting.getID());
                    }
                }
            }
        }
        return ids;
    }

    /** The next device is another one where a setting says {@code {rule}}. */
    void next() {
        number++;
    }

    boolean isNumbered() {
        return settings.values().stream().anyMatch(value -> value.contains("{rule}"));
    }

    /**
     * Makes the device.
     *
     * @throws BackupException {@code device.unserved} if it is not there in time, with what its activation said
     */
    <T> T open(Class<T> service) throws BackupException {
        try {
            String pid = factory + "~" + NAME;
            tracker = new ServiceTracker<>(framework.context(), framework.context().createFilter("(" + Constants.SERVICE_PID + "=" + pid + ")"), null);
            tracker.open();
            configuration = framework.service(ConfigurationAdmin.class).getFactoryConfiguration(factory, NAME, "?");
            Hashtable<String, Object> properties = new Hashtable<>();
            settings.forEach((key, value) -> properties.put(key, value.replace("{rule}", Integer.toString(number))));
            configuration.update(properties);
            Object device = awaitService();
            if (!service.isInstance(device)) {
                throw BackupException.device("device.unserved", pid, "the driver makes no device of these settings" + failure(), null);
            }
            return service.cast(device);
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.unserved", factory, "interrupted", e);
        }
    }

    /** Null if it is not there in time, or its activation has failed. */
    private Object awaitService() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MS * 1_000_000;
        Object device = tracker.getService();
        while (device == null && failure().isEmpty() && System.nanoTime() < end) {
            device = tracker.waitForService(50);
        }
        return device;
    }

    /** What its activation threw, as far in as it goes; empty if nothing was thrown. */
    private String failure() {
        ServiceComponentRuntime components = framework.service(ServiceComponentRuntime.class);
        return component().stream().flatMap(component -> components.getComponentConfigurationDTOs(component).stream()).map(made -> made.failure)
                .filter(Objects::nonNull).flatMap(String::lines).filter(line -> !line.startsWith("\t")).reduce((first, last) -> last)
                .map(line -> ": " + line.replaceFirst("^Caused by: ", "")).orElse("");
    }

    /** Takes the device away, as when its settings are deleted; returns when it was deactivated. */
    void close() {
        if (configuration == null) {
            return;
        }
        try {
            configuration.delete();
            awaitHeard();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tracker.close();
            configuration = null;
        }
    }

    /**
     * Whoever hears of changed configurations hears of one after the other. So when a later change is known, the component runtime has done what the
     * earlier one asked for; its service is gone before its component is deactivated, and says nothing of that.
     */
    private void awaitHeard() throws IOException, InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        ServiceRegistration<ConfigurationListener> listener = framework.context().registerService(ConfigurationListener.class, event -> {
            if (event.getPid().equals(LATER)) {
                heard.countDown();
            }
        }, null);
        try {
            Configuration later = framework.service(ConfigurationAdmin.class).getConfiguration(LATER, "?");
            later.update(new Hashtable<>());
            heard.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
            later.delete();
        } finally {
            listener.unregister();
        }
    }
}
