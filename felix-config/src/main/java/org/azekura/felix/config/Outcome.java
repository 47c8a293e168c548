package org.azekura.felix.config;

import java.time.Duration;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * How a start of the server ended: with the address of its console or with a problem. Both come as services, which are known
 * here by name only: the launcher shares no class with them.
 */
sealed interface Outcome {

    /** @param url {@code https://HOST:PORT} */
    record Answers(String url) implements Outcome {}

    /** @param text one line: what is wrong and what would do */
    record Fails(String text) implements Outcome {}

    record Silent() implements Outcome {}

    String CONSOLE = "org.azekura.api.server.ConsoleAddress";
    String PROBLEM = "org.azekura.api.server.StartProblem";

    /** Waits for the first of the two; a problem counts more. */
    static Outcome await(BundleContext context, Duration limit) throws InterruptedException {
        var services = new ServiceTracker<>(context, either(), null);
        services.open(true);
        try {
            services.waitForService(limit.toMillis());
            ServiceReference<?>[] found = services.getServiceReferences();
            return found == null ? new Silent() : of(found);
        } finally {
            services.close();
        }
    }

    private static Outcome of(ServiceReference<?>[] found) {
        for (ServiceReference<?> service : found) {
            if (service.getProperty("azekura.problem") instanceof String text) {
                return new Fails(text);
            }
        }
        return new Answers(String.valueOf(found[0].getProperty("azekura.url")));
    }

    private static Filter either() {
        try {
            return FrameworkUtil.createFilter("(|(objectClass=" + CONSOLE + ")(objectClass=" + PROBLEM + "))");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
