package org.azekura.installer;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** A bundle of the distribution that serves as a driver of this process does: a transport, or the catalog store. The launcher has started it. */
record Shipped(Bundle bundle, Whole whole) {

    private static final String OURS = "org.azekura.";
    private static final String SERVICE = "osgi.service";
    private static final String REFERENCE = "reference:";
    private static final Map<String, Admission.Kind> KINDS = Map.of("org.azekura.api.transport.Transport", Admission.Kind.TRANSPORT,
            "org.azekura.api.catalog.CatalogStore", Admission.Kind.CATALOG);

    /** Null if it is something else. Its name is the one that {@code driver pack} gives to a package of it. */
    static Shipped of(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        String location = bundle.getLocation();
        if (revision == null || location.startsWith(DriverBundles.LOCATION) || !location.startsWith(REFERENCE)) {
            return null;
        }
        for (BundleCapability capability : revision.getDeclaredCapabilities(SERVICE)) {
            Object services = capability.getAttributes().get("objectClass");
            for (Object service : services instanceof Collection<?> several ? several : List.of(String.valueOf(services))) {
                if (KINDS.containsKey(service)) {
                    return new Shipped(bundle, whole(bundle, KINDS.get(service)));
                }
            }
        }
        return null;
    }

    private static Whole whole(Bundle bundle, Admission.Kind kind) {
        String symbolic = bundle.getSymbolicName();
        String name = (symbolic.startsWith(OURS) ? symbolic.substring(OURS.length()) : symbolic).replace('.', '-');
        Path jar = Path.of(URI.create(bundle.getLocation().substring(REFERENCE.length())));
        Version version = bundle.getVersion();
        return new Whole(name, new Version(version.getMajor(), version.getMinor(), version.getMicro()), kind, "", "", jar.getParent(),
                List.of(jar.getFileName().toString()));
    }
}
