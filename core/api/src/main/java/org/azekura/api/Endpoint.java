package org.azekura.api;

/**
 * Where a role can be reached: the name of a transport and an address that only this transport understands.
 *
 * @param transport the transport's scheme, like {@code local} or {@code tls}
 * @param address   like {@code server} or {@code node.example.org:8444/node-n1}; one that begins with a colon leaves the host out
 */
public record Endpoint(String transport, String address) {

    /** @throws IllegalArgumentException if there is no colon after the transport's name */
    public static Endpoint parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("an endpoint is TRANSPORT:ADDRESS, like \"local:server\"; not \"" + text + "\"");
        }
        return new Endpoint(text.substring(0, colon), text.substring(colon + 1));
    }

    /**
     * The same at this host, if the address leaves the host out, as one that begins with a colon does.
     *
     * @param host empty: it stays as it is
     */
    public Endpoint at(String host) {
        boolean complete = host.isEmpty() || !address.startsWith(":");
        return complete ? this : new Endpoint(transport, (host.contains(":") ? "[" + host + "]" : host) + address);
    }

    @Override
    public String toString() {
        return transport + ":" + address;
    }
}
