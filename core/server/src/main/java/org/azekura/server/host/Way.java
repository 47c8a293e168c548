package org.azekura.server.host;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.azekura.api.Endpoint;

/**
 * How a storage node is reached.
 *
 * @param scheme    of the transport that the node came to the server by
 * @param host      from where it came, empty if it is this process
 * @param endpoints that it offers
 */
record Way(String scheme, String host, List<Endpoint> endpoints) {

    /**
     * The endpoint for a client, of those that can lead to it: a node in this process came by what leads no further, one elsewhere by what
     * leads there. What the client came by is preferred. An address without a host is that of the node as it is seen from here; a node
     * on this very host is known to a client elsewhere by the name by which that reaches the server, and is left without.
     *
     * @param client scheme of the transport that the client came by
     * @param from   from where, empty if it is this process
     */
    Optional<Endpoint> from(String client, String from) {
        return endpoints.stream().filter(endpoint -> reaches(endpoint.transport(), from))
                .min(Comparator.comparing(endpoint -> !endpoint.transport().equals(client)))
                .map(endpoint -> isHere(host) && !from.isEmpty() ? endpoint : endpoint.at(host));
    }

    /** The same for a node that was dialled there: who passes connections on to it may do so at another port than its own. */
    Way calledAt(Endpoint at) {
        int slash = at.address().indexOf('/');
        String port = at.address().substring(at.address().lastIndexOf(':', slash), slash);
        return new Way(scheme, host, endpoints.stream().map(each -> each.transport().equals(at.transport()) && each.address().startsWith(":")
                ? new Endpoint(each.transport(), port + each.address().substring(each.address().indexOf('/'))) : each).toList());
    }

    private boolean reaches(String transport, String from) {
        boolean theirs = transport.equals(scheme);
        return host.isEmpty() ? from.isEmpty() || !theirs : theirs;
    }

    private static boolean isHere(String host) {
        try {
            return host.isEmpty() || InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
