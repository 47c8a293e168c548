package org.azekura.installer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.bundle.EventHook;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom the framework lets in. A bundle resolves, and so can run, only if it was there when the gate was closed (the distribution's) or was admitted.
 * Of a bundle that hangs in its start, and that nothing can stop, no event and no new service reaches anybody: when it wakes up one day, its
 * devices must not be taken for those of the version that runs. Thread-safe.
 */
final class Gate implements ResolverHookFactory, ResolverHook, CollisionHook, EventHook, EventListenerHook, FindHook, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Set<Long> admitted = ConcurrentHashMap.newKeySet();
    private final Set<Long> abandoned = ConcurrentHashMap.newKeySet();
    /** Bundles of the distribution that drivers in packages may take the place of. */
    private final Set<Long> adopted = ConcurrentHashMap.newKeySet();
    private final Set<Long> told = ConcurrentHashMap.newKeySet();
    private final List<ServiceRegistration<?>> hooks = new ArrayList<>();

    /** Closes the gate behind all bundles that are there now. */
    Gate(BundleContext context) {
        Arrays.stream(context.getBundles()).forEach(this::admit);
        for (Class<?> hook : List.of(ResolverHookFactory.class, CollisionHook.class, EventHook.class, EventListenerHook.class, FindHook.class)) {
            hooks.add(context.registerService(hook.getName(), this, new Hashtable<>()));
        }
    }

    void admit(Bundle bundle) {
        admitted.add(bundle.getBundleId());
    }

    /** A package may carry this very bundle. */
    void adopt(Bundle bundle) {
        adopted.add(bundle.getBundleId());
    }

    /** Nobody hears of it again. */
    void abandon(Bundle bundle) {
        abandoned.add(bundle.getBundleId());
    }

    /** It is gone. Ids are never given again. */
    void forget(Bundle bundle) {
        admitted.remove(bundle.getBundleId());
        abandoned.remove(bundle.getBundleId());
        adopted.remove(bundle.getBundleId());
    }

    private boolean isAbandoned(Bundle bundle) {
        return bundle != null && abandoned.contains(bundle.getBundleId());
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        candidates.removeIf(candidate -> !isAdmitted(candidate.getBundle()));
    }

    private boolean isAdmitted(Bundle bundle) {
        boolean in = admitted.contains(bundle.getBundleId());
        if (!in && told.add(bundle.getBundleId())) {
            LOG.warn("bundle {} at {} is in no driver package that was let in; it will not run", bundle.getSymbolicName(), bundle.getLocation());
        }
        return in;
    }

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {
        // Two versions of a driver may be there for a moment.
        if (singleton.getRevision().getBundle().getLocation().startsWith(DriverBundles.LOCATION)) {
            collisions.clear();
        }
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        candidates.removeIf(candidate -> isAbandoned(candidate.getRevision().getBundle()));
    }

    @Override
    public void end() {
        // It keeps nothing of a resolution.
    }

    /** A package may carry the very bundle that another version of it has, too. */
    @Override
    public void filterCollisions(int operation, Bundle target, Collection<Bundle> collisions) {
        collisions.removeIf(there -> there.getLocation().startsWith(DriverBundles.LOCATION) || adopted.contains(there.getBundleId()));
    }

    @Override
    public void event(BundleEvent event, Collection<BundleContext> contexts) {
        if (isAbandoned(event.getBundle())) {
            contexts.clear();
        }
    }

    /** Whoever knows a service hears that it goes. */
    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerHook.ListenerInfo>> listeners) {
        if (event.getType() != ServiceEvent.UNREGISTERING && isAbandoned(event.getServiceReference().getBundle())) {
            listeners.clear();
        }
    }

    @Override
    public void find(BundleContext context, String name, String filter, boolean all, Collection<ServiceReference<?>> references) {
        references.removeIf(reference -> isAbandoned(reference.getBundle()));
    }

    @Override
    public void close() {
        hooks.forEach(ServiceRegistration::unregister);
    }
}
