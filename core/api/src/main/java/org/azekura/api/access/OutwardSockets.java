package org.azekura.api.access;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sealed lines to a host that somebody has named in a setting: none ends on this machine, or on a link that it is on, unless that is permitted. Else whoever may set
 * an address has the appliance ask what listens to nobody but itself. It is looked at when the line is made, by the very address that it goes to: what a name means
 * may change between two looks. For {@link javax.net.ssl.HttpsURLConnection}. Safe for any number of threads.
 */
public final class OutwardSockets extends SSLSocketFactory {

    private static final int IPV4 = 4;
    private static final byte[] TRANSLATED = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private final SSLSocketFactory sealing;
    private final BooleanSupplier permitted;

    /** @param permitted whether a line may end here, after all */
    public OutwardSockets(SSLSocketFactory sealing, BooleanSupplier permitted) {
        this.sealing = sealing;
        this.permitted = permitted;
    }

    /** The line would have ended here. Nothing was sent. */
    public static final class Near extends SocketException {

        private static final long serialVersionUID = 1;

        Near(InetAddress address) {
            super(address.getHostAddress() + " is this machine, or on its own link");
        }
    }

    /** Whether this is an address of this machine that only itself has, or one that is good on its link alone. */
    static boolean isNear(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress() || address.isMulticastAddress()
                || (bytes.length == IPV4 ? bytes[0] == 0 || Arrays.equals(bytes, new byte[] {-1, -1, -1, -1}) : holdsNear(bytes));
    }

    /** Of version 6, with one of version 4 in it: compatible, translated (RFC 6052) or by 6to4. */
    private static boolean holdsNear(byte[] bytes) {
        int from = bytes[0] == 0x20 && bytes[1] == 0x02 ? 2 : Arrays.equals(bytes, 0, 12, new byte[12], 0, 12) || Arrays.equals(bytes, 0, 12, TRANSLATED, 0, 12) ? 12 : -1;
        try {
            return from >= 0 && isNear(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + IPV4)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same of a host as it is written, without asking anybody: false where only a resolver would know. @param host of a URI */
    public static boolean isNear(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        try {
            return isNear(InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Not connected yet: it looks when it is. */
    @Override
    public Socket createSocket() {
        return new Socket(Proxy.NO_PROXY) {
            @Override
            public void connect(SocketAddress to, int timeout_ms) throws IOException {
                if (to instanceof InetSocketAddress address && address.getAddress() != null && isNear(address.getAddress()) && !permitted.getAsBoolean()) {
                    throw new Near(address.getAddress());
                }
                super.connect(to, timeout_ms);
            }
        };
    }

    @Override
    public Socket createSocket(Socket line, String host, int port, boolean autoClose) throws IOException {
        return sealing.createSocket(line, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), host);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), host.getHostAddress());
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(InetSocketAddress to, String host) throws IOException {
        Socket line = createSocket();
        line.connect(to, 0);
        return createSocket(line, host, to.getPort(), true);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sealing.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sealing.getSupportedCipherSuites();
    }
}
