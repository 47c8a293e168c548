package org.azekura.felix.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Finds what keeps a framework from being complete: bundles that are not active, components that miss something. */
final class Diagnosis {

    private final RunningFramework framework;

    Diagnosis(RunningFramework framework) {
        this.framework = framework;
    }

    /** One text per bundle that does not run, the cause in it. */
    List<String> bundles() {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : framework.bundles()) {
            if (!complete(bundle)) {
                Throwable error = framework.error(bundle);
                found.add("bundle " + bundle.getSymbolicName() + " is not active" + (error == null ? "" : ": " + cause(error)));
            }
        }
        return found;
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
        String text = String.valueOf(innermost.getMessage() == null ? innermost : innermost.getMessage());
        int last = text.lastIndexOf("missing requirement");
        return last < 0 ? text : text.substring(last).replaceAll("[\\[\\]]+$", "");
    }

    /** One text per component that is not satisfied, those first that others do not explain. */
    List<String> components() {
        ServiceReference<ServiceComponentRuntime> reference = framework.context().getServiceReference(ServiceComponentRuntime.class);
        if (reference == null) {
            return List.of("no service component runtime is there: no component can start");
        }
        ServiceComponentRuntime runtime = framework.context().getService(reference);
        List<Lack> lacks = runtime.getComponentDescriptionDTOs().stream().flatMap(d -> lacks(runtime, d)).toList();
        var waiting = lacks.stream().flatMap(lack -> Stream.of(lack.offers())).collect(Collectors.toSet());
        return lacks.stream()
                .sorted((a, b) -> Boolean.compare(a.explainedBy(waiting::contains), b.explainedBy(waiting::contains)))
                .map(Lack::text).toList();
    }

    private static Stream<Lack> lacks(ServiceComponentRuntime runtime, ComponentDescriptionDTO component) {
        var configurations = runtime.getComponentConfigurationDTOs(component);
        if (configurations.isEmpty() && component.defaultEnabled && "require".equals(component.configurationPolicy)) {
            return Stream.empty();
        }
        return configurations.stream().map(c -> Lack.of(component, c)).flatMap(Optional::stream);
    }

    /** What one component misses. */
    private record Lack(String text, String[] offers, List<String> wants) {

        static Optional<Lack> of(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
            String who = "component " + component.name + " of " + component.bundle.symbolicName;
            return switch (configuration.state) {
                case ComponentConfigurationDTO.FAILED_ACTIVATION -> Optional.of(new Lack(
                        who + " failed: " + String.valueOf(configuration.failure).lines().findFirst().orElse(""),
                        component.serviceInterfaces, List.of()));
                case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> Optional.of(new Lack(
                        who + " has no configuration " + String.join(", ", component.configurationPid),
                        component.serviceInterfaces, List.of()));
                case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> Optional.of(unsatisfied(who, component, configuration));
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

        boolean explainedBy(java.util.function.Predicate<String> waiting) {
            return wants.stream().anyMatch(waiting);
        }
    }
}
