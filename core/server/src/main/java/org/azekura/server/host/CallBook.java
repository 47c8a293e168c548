package org.azekura.server.host;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;

/**
 * Where the clients and nodes are that may not dial this server: kept in the catalog, and called. One may be in it that the server has never
 * seen, for it could not come by itself. Safe for any number of threads.
 */
public final class CallBook {

    /** Of the transport whose addresses are a host and a port. */
    private static final String SCHEME = "tls";
    /** Lines {@code PEER HOST:PORT}. */
    private static final String SETTING = "host.addresses";
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):([1-9][0-9]{0,4})");
    private static final Pattern PEER = Pattern.compile("(client|node)/[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int LAST_PORT = 65_535;
    private static final String CLIENT = "client/";
    private static final String NODE = "node/";

    private final CatalogStore catalog;
    private final Calls calls;

    public CallBook(CatalogStore catalog, Calls calls) {
        this.catalog = catalog;
        this.calls = calls;
    }

    /** Begins to call all that are known. */
    public void open() throws BackupException {
        catalog.read(CallBook::addresses).forEach(this::call);
    }

    /** {@code HOST:PORT}; empty for one that dials itself. */
    public Optional<String> address(ClientName client) throws BackupException {
        return Optional.ofNullable(catalog.read(CallBook::addresses).get(CLIENT + client));
    }

    /** {@code HOST:PORT}; empty for one that dials itself. */
    public Optional<String> address(NodeName node) throws BackupException {
        return Optional.ofNullable(catalog.read(CallBook::addresses).get(NODE + node));
    }

    /**
     * @param address {@code HOST:PORT}; empty: the client dials itself
     * @throws BackupException {@code host.address}
     */
    public void set(ClientName client, String address) throws BackupException {
        set(CLIENT + client, address);
    }

    /**
     * @param address {@code HOST:PORT}; empty: the node dials itself
     * @throws BackupException {@code host.address}
     */
    public void set(NodeName node, String address) throws BackupException {
        set(NODE + node, address);
    }

    private void set(String peer, String address) throws BackupException {
        if (!address.isEmpty() && !valid(address)) {
            throw BackupException.operator("host.address", peer, "an address is HOST:PORT, like web1.example.org:8444 or [2001:db8::1]:8444; not \""
                    + address + "\"");
        }
        catalog.write(edit -> {
            Map<String, String> all = addresses(edit);
            if (address.isEmpty()) {
                all.remove(peer);
            } else {
                all.put(peer, address);
            }
            put(edit, all);
            Edition.next(edit);
            return null;
        });
        call(peer, address);
    }

    private static void put(CatalogEdit edit, Map<String, String> all) throws BackupException {
        edit.putSetting(SETTING, all.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).collect(Collectors.joining("\n")));
    }

    /**
     * Notes where a host was, for the next {@link #open}.
     *
     * @return why that was not noted, null if it was
     */
    public static String putIfFree(CatalogEdit edit, String peer, String address) throws BackupException {
        if (!PEER.matcher(peer).matches() || !valid(address)) {
            return "that is no address of a client or node";
        }
        Map<String, String> all = addresses(edit);
        String there = all.putIfAbsent(peer, address);
        if (there != null) {
            return there.equals(address) ? null : "here it is called at " + there;
        }
        put(edit, all);
        return null;
    }

    /** The service that a role offers while it waits for its server has its kind in its name. */
    private void call(String peer, String address) {
        if (peer.startsWith(CLIENT)) {
            String name = peer.substring(CLIENT.length());
            calls.set(new ClientName(name), endpoint(address, "client-" + name));
        } else {
            String name = peer.substring(NODE.length());
            calls.set(new NodeName(name), endpoint(address, "orders-" + name));
        }
    }

    private static Endpoint endpoint(String address, String service) {
        return address.isEmpty() ? null : new Endpoint(SCHEME, address + "/" + service);
    }

    private static boolean valid(String address) {
        var matcher = ADDRESS.matcher(address);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= LAST_PORT;
    }

    /** By peer, like {@code client/web1}. */
    public static Map<String, String> addresses(CatalogView view) throws BackupException {
        Map<String, String> all = new LinkedHashMap<>();
        view.setting(SETTING).orElse("").lines().map(line -> line.split(" ")).forEach(line -> all.put(line[0], line[1]));
        return all;
    }
}
