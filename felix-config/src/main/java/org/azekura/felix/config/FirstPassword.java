package org.azekura.felix.config;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The password for once of the user that a new appliance begins with. It comes as a service that gives it once and is known here by a property only, and
 * goes to standard output and nowhere else: not to the journal either, if that is what standard output is. Or to a {@link FirstLoginFile} in its place.
 *
 * @param refused why the one that was laid down beforehand was not taken; empty if none was
 * @param used    whether it opens nothing any more
 */
record FirstPassword(String user, String password, String refused, BooleanSupplier used) {

    /** Its value is the user's name. */
    static final String PROPERTY = "azekura.first.password";

    private static final String REFUSED = "azekura.first.refused";
    private static final String JOURNAL = "JOURNAL_STREAM";

    /** Takes it for standard output. Empty if there is none, or nobody but a log would see it. */
    static Optional<FirstPassword> take(BundleContext context) {
        return take(context, isJournal(System.getenv(JOURNAL)));
    }

    /** Takes it. Empty if there is none, or it would be shown to a log. */
    static Optional<FirstPassword> take(BundleContext context, boolean journal) {
        try {
            @SuppressWarnings("rawtypes")
            Collection<ServiceReference<Supplier>> found = context.getServiceReferences(Supplier.class, "(" + PROPERTY + "=*)");
            for (ServiceReference<?> service : found) {
                Optional<String> password = context.getService(service) instanceof Supplier<?> once ? shown(once, journal) : Optional.empty();
                if (password.isPresent()) {
                    String refused = service.getProperty(REFUSED) instanceof String why ? why : "";
                    return Optional.of(new FirstPassword(String.valueOf(service.getProperty(PROPERTY)), password.get(), refused, used(context.getService(service))));
                }
            }
            return Optional.empty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A service that can't tell would have it shown until the end. */
    private static BooleanSupplier used(Object service) {
        return service instanceof BooleanSupplier used ? used : () -> false;
    }

    /** Where it would be shown to a log it is left where it is. */
    static Optional<String> shown(Supplier<?> once, boolean journal) {
        return journal || !(once.get() instanceof String password) ? Optional.empty() : Optional.of(password);
    }

    /** As systemd.exec(5) has it: device and inode, which programs that were started by a service inherit, whatever their output is. */
    static boolean isJournal(String stream) {
        if (stream == null) {
            return false;
        }
        try {
            Path output = Path.of("/proc/self/fd/1");
            return stream.equals(Files.getAttribute(output, "unix:dev") + ":" + Files.getAttribute(output, "unix:ino"));
        } catch (IOException | UnsupportedOperationException e) {
            // who can't tell says nothing
            return true;
        }
    }

    /** For people. */
    String line() {
        return "first login: user " + user + ", password " + password + "  (shown this once; it opens nothing but the way to a password of yours)"
                + (refused.isEmpty() ? "" : "\nthe password that was laid down beforehand was not taken: " + refused);
    }

    JsonObject json() {
        return Json.createObjectBuilder().add("user", user).add("password", password).build();
    }
}
