package org.azekura.server.clock;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Tells this machine from others. */
public final class OwnAddress {

    private OwnAddress() {}

    /** @param host as a connection has it; what can't be told apart counts as this machine */
    public static boolean is(String host) {
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return address.isLoopbackAddress() || address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IllegalArgumentException | SocketException e) {
            return true;
        }
    }
}
