package org.azekura.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.server.Alerts;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Catalog;
import org.azekura.api.server.Devices;
import org.azekura.api.server.Drivers;
import org.azekura.api.server.Enrolment;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Keys;
import org.azekura.api.server.Libraries;
import org.azekura.api.server.Policies;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Proofs;
import org.azekura.api.server.Publishers;
import org.azekura.api.server.Retention;
import org.azekura.api.server.SaveSets;
import org.azekura.api.server.Snapshots;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The services that a backup server has for others in its framework. */
final class Offering {

    private Offering() {}

    /** Registers them. The caller takes them back. */
    static List<ServiceRegistration<?>> of(BundleContext context, BackupServer server, Catalog catalog) {
        List<ServiceRegistration<?>> services = new ArrayList<>();
        all(server, catalog).forEach((type, service) -> services.add(context.registerService(type.getName(), service, null)));
        return services;
    }

    /** In the order in which they appear. */
    private static Map<Class<?>, Object> all(BackupServer server, Catalog catalog) {
        Map<Class<?>, Object> offered = new LinkedHashMap<>();
        offered.put(Catalog.class, catalog);
        offered.put(Pools.class, server.pools());
        offered.put(Keys.class, server.keys());
        offered.put(Jobs.class, server.jobs());
        offered.put(SaveSets.class, server.saveSets());
        offered.put(Policies.class, server.policies());
        offered.put(Snapshots.class, server.snapshots());
        offered.put(Retention.class, server.retention());
        offered.put(Proofs.class, server.proofs());
        offered.put(Enrolment.class, server.enrolment());
        offered.put(Publishers.class, server.publishers());
        offered.put(Drivers.class, server.drivers());
        offered.put(Devices.class, server.devices());
        offered.put(Libraries.class, server.libraries());
        offered.put(Alerts.class, server.alerts());
        offered.put(Appliance.class, server.appliance());
        return offered;
    }
}
