package org.azekura.api.message;

import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;

/**
 * How a client gets at a storage node for a job.
 *
 * @param node     who must answer there
 * @param endpoint where; an address without a host stands for the host by which the client reaches the server
 * @param ticket   what is presented there
 */
public record NodeAccess(NodeName node, Endpoint endpoint, SignedTicket ticket) {

    /** The same with that host where the address has none. */
    public NodeAccess at(String host) {
        return new NodeAccess(node, endpoint.at(host), ticket);
    }
}
