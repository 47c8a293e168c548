package org.azekura.felix.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Finds what keeps a framework from being complete: bundles that are not active, components that miss something. Drivers do not count: the installer
 * says what is wrong with them, and an appliance without one starts.
 */
final class Diagnosis {

    /** In Felix's resolver messages: {@code missing requirement [NAME [7](R 7.0)] NAMESPACE; FILTER}. */
    private static final Pattern MISSING = Pattern.compile("missing requirement \\[.*?\\)\\] (\\S+; \\S+)");

    /** How the installer's locations begin. */
    private static final String DRIVERS = "driver:";

    private final BundleContext context;
    private final Function<Bundle, Throwable> errors;

    /** @param errors why a bundle did not start, or null */
    Diagnosis(BundleContext context, Function<Bundle, Throwable> errors) {
        this.context = context;
        this.errors = errors;
    }

    /** One text per bundle that does not run, the cause in it. */
    List<String> bundles() {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (!isDriver(bundle) && !complete(bundle)) {
                Throwable error = errors.apply(bundle);
                found.add("bundle " + bundle.getSymbolicName() + " is not active" + (error == null ? "" : ": " + cause(error)));
            }
        }
        return found;
    }

    private static boolean isDriver(Bundle bundle) {
        return bundle != null && bundle.getLocation().startsWith(DRIVERS);
    }

    private static boolean complete(Bundle bundle) {
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null) {
            return bundle.getState() == Bundle.RESOLVED;
        }
        boolean lazy = bundle.getHeaders().get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
        return bundle.getState() == Bundle.ACTIVE || lazy && bundle.getState() == Bundle.STARTING;
    }

    /** The innermost message; of a resolver's chain of requirements the last, which is the one that is really missing. */
    private static String cause(Throwable error) {
        Throwable innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String text = innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
        Matcher missing = MISSING.matcher(text);
        String last = text;
        while (missing.find()) {
            last = "misses " + missing.group(1);
        }
        return last;
    }

    /** One text per component that is not satisfied, those first that others do not explain. */
    List<String> components() {
        ServiceReference<ServiceComponentRuntime> reference = context.getServiceReference(ServiceComponentRuntime.class);
        if (reference == null) {
            return List.of("no service component runtime is there: no component can start");
        }
        ServiceComponentRuntime runtime = context.getService(reference);
        List<Lack> lacks = runtime.getComponentDescriptionDTOs().stream().filter(d -> !isDriver(context.getBundle(d.bundle.id))).flatMap(d -> lacks(runtime, d)).toList();
        var waiting = lacks.stream().flatMap(lack -> Stream.of(lack.offers())).collect(Collectors.toSet());
        return lacks.stream()
                .sorted((a, b) -> Boolean.compare(a.explainedBy(waiting::contains), b.explainedBy(waiting::contains)))
                .map(Lack::text).toList();
    }

    private static Stream<Lack> lacks(ServiceComponentRuntime runtime, ComponentDescriptionDTO component) {
        return runtime.getComponentConfigurationDTOs(component).stream().map(c -> Lack.of(component, c)).flatMap(Optional::stream);
    }

    /** What one component misses. */
    private record Lack(String text, String[] offers, List<String> wants) {

        static Optional<Lack> of(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
            String who = "component " + component.name + " of " + component.bundle.symbolicName;
            return switch (configuration.state) {
                case ComponentConfigurationDTO.FAILED_ACTIVATION -> Optional.of(new Lack(
                        who + " failed: " + String.valueOf(configuration.failure).lines().findFirst().orElse(""),
                        component.serviceInterfaces, List.of()));
                case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> Optional.of(unsatisfied(who, component, configuration));
                // One that needs a configuration and has none is not wanted, like a driver without a device.
                default -> Optional.empty();
            };
        }

        private static Lack unsatisfied(String who, ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
            List<String> wants = Stream.of(configuration.unsatisfiedReferences).map(r -> service(component, r)).toList();
            return new Lack(who + " misses a service " + String.join(", ", wants), component.serviceInterfaces, wants);
        }

        private static String service(ComponentDescriptionDTO component, UnsatisfiedReferenceDTO missing) {
            for (ReferenceDTO reference : component.references) {
                if (reference.name.equals(missing.name)) {
                    return reference.interfaceName + (missing.target == null ? "" : missing.target);
                }
            }
            return missing.name;
        }

        boolean explainedBy(Predicate<String> waiting) {
            return wants.stream().anyMatch(waiting);
        }
    }
}
