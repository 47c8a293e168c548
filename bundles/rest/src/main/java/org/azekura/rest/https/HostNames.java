package org.azekura.rest.https;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * The names under which this host may be called. Jetty answers "Invalid SNI" to any other, which also keeps web pages of other
 * hosts away (DNS rebinding).
 */
final class HostNames {

    private HostNames() {}

    static GeneralNames of(String name) {
        Set<GeneralName> names = new LinkedHashSet<>();
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        if (name != null && name.matches("[A-Za-z0-9.-]+")) {
            names.add(new GeneralName(GeneralName.dNSName, name));
        }
        try {
            String full = InetAddress.getLocalHost().getHostName();
            if (full.matches("[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*")) {
                names.add(new GeneralName(GeneralName.dNSName, full));
            }
        } catch (UnknownHostException e) {
            // a host that does not resolve itself is called by its address
        }
        try {
            NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).forEach(address -> names.add(
                    new GeneralName(GeneralName.iPAddress, text(address))));
        } catch (SocketException e) {
            // loopback is enough to begin with
        }
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return address instanceof Inet6Address && scope >= 0 ? text.substring(0, scope) : text;
    }
}
