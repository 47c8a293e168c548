package org.azekura.api;

/**
 * Where a role can be reached: the name of a transport and an address that only this transport understands.
 *
 * @param transport the transport's scheme, like {@code local} or {@code tls}
 * @param address   like {@code server} or {@code node.example.org:7443}
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

    @Override
    public String toString() {
        return transport + ":" + address;
    }
}
