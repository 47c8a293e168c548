package org.azekura.transport.tls;

import java.net.InetSocketAddress;
import org.azekura.api.BackupException;

/** What is dialled: {@code HOST:PORT/SERVICE}; the host may be an IPv6 address in brackets. */
record Place(String host, int port, String service) {

    /** @throws BackupException {@code transport.address} */
    static Place parse(String address) throws BackupException {
        int slash = address.indexOf('/');
        int colon = slash < 0 ? -1 : address.lastIndexOf(':', slash);
        if (colon < 1 || slash == address.length() - 1) {
            throw wrong(address);
        }
        String host = address.substring(0, colon);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        try {
            int port = Integer.parseInt(address, colon + 1, slash, 10);
            if (port > 0 && port < 65_536) {
                return new Place(brackets ? host.substring(1, host.length() - 1) : host, port, Greeting.checked(address.substring(slash + 1)));
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw wrong(address);
    }

    private static BackupException wrong(String address) {
        return BackupException.operator("transport.address", address,
                "an address is HOST:PORT/SERVICE, like backup.example.org:8444/server; not \"" + address + "\"");
    }

    /** Resolved anew each time: hosts move. */
    InetSocketAddress socket() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return at(host, port) + "/" + service;
    }

    static String at(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
