package org.azekura.rest.https;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Turns away who calls this host by a name that it does not have: a page of somebody else whose name was made to lead here (DNS rebinding). An address
 * is no such name. Jetty's own check compares with the certificate alone, which one from an authority names neither {@code localhost} nor addresses in.
 *
 * <p>Many threads may call it.
 */
final class KnownNames implements HttpConfiguration.Customizer {

    private final String name;
    private volatile Set<String> certified = Set.of();

    /** @param name of this host */
    KnownNames(String name) {
        this.name = name;
    }

    /** The names in the certificate that is served from now on. */
    void certified(List<String> names) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(names);
        certified = all;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        if (!knows(Request.getServerName(request))) {
            throw new BadMessageException(400, "Invalid SNI: this host is called by a name that its certificate does not have");
        }
        return request;
    }

    /** @param host as in a URL */
    boolean knows(String host) {
        if (host == null || host.isEmpty()) {
            return false;
        }
        String called = host.toLowerCase(Locale.ROOT);
        boolean address = called.startsWith("[") || called.indexOf(':') >= 0 || called.matches("[0-9.]+");
        return address || called.equals("localhost") || called.equalsIgnoreCase(name) || certified.contains(called)
                || called.indexOf('.') > 0 && certified.contains("*" + called.substring(called.indexOf('.'))) || called.equalsIgnoreCase(fullName());
    }

    private static String fullName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
