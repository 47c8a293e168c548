package org.azekura.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;

/** Holds up who tries too often: by the name that is tried, and by the address that it comes from. */
final class Gate {

    private static final int FREE_BY_NAME = 4;
    /** Behind one address may be a whole office. */
    private static final int FREE_BY_ADDRESS = 20;
    private static final int REMEMBERED = 10_000;
    /** Of IPv6, what one customer has. */
    private static final int NETWORK_BYTES = 8;

    private final Attempts names;
    private final Attempts addresses;

    Gate(InstantSource clock) {
        names = new Attempts(clock, FREE_BY_NAME, REMEMBERED);
        addresses = new Attempts(clock, FREE_BY_ADDRESS, REMEMBERED);
    }

    /** Zero: the try is counted and may go on. Else how long to wait; nothing is counted. @param name null: whose it is shows later */
    synchronized Duration pass(String name, String address) {
        Duration byName = name == null ? Duration.ZERO : names.wait(name);
        Duration byAddress = addresses.wait(network(address));
        Duration longer = byName.compareTo(byAddress) > 0 ? byName : byAddress;
        if (longer.isZero()) {
            if (name != null) {
                names.count(name);
            }
            addresses.count(network(address));
        }
        return longer;
    }

    /** It was he. @param name null: he said none */
    void welcome(String name, String address) {
        if (name != null) {
            names.forget(name);
        }
        addresses.undo(network(address));
    }

    /** It was no try at all. */
    void undo(String name, String address) {
        names.undo(name);
        addresses.undo(network(address));
    }

    void unlock(String name) {
        names.forget(name);
    }

    /** What counts as one: an address, of version 6 what one customer has. */
    static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            // of digits only: nothing is looked up
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == 16 ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
