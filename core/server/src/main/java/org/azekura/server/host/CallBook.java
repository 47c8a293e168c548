package org.azekura.server.host;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;

/** Where the clients are that may not dial this server: kept in the catalog, and called. Safe for any number of threads. */
public final class CallBook {

    /** An address with a port is one of this transport; others have addresses of their own kinds. */
    private static final String SCHEME = "tls";
    private static final String SETTING = "client.addresses";
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):([1-9][0-9]{0,4})");
    private static final int LAST_PORT = 65_535;

    private final CatalogStore catalog;
    private final Calls calls;

    public CallBook(CatalogStore catalog, Calls calls) {
        this.catalog = catalog;
        this.calls = calls;
    }

    /** Begins to call all that are known. */
    public void open() throws BackupException {
        catalog.read(CallBook::addresses).forEach((client, address) -> calls.set(client, endpoint(client, address)));
    }

    /** {@code HOST:PORT}; empty for one that dials itself, or that nobody knows. */
    public Optional<String> address(ClientName client) throws BackupException {
        return Optional.ofNullable(catalog.read(CallBook::addresses).get(client));
    }

    /**
     * Calls a client there from now on. It may be one that the server has never seen: it could not come by itself.
     *
     * @param address {@code HOST:PORT}; empty: the client dials itself
     * @throws BackupException {@code client.address}
     */
    public void set(ClientName client, String address) throws BackupException {
        if (!address.isEmpty() && !valid(address)) {
            throw BackupException.operator("client.address", client.value(), "an address is HOST:PORT, like web1.example.org:8444 or [2001:db8::1]:8444; not \""
                    + address + "\"");
        }
        catalog.write(edit -> {
            Map<ClientName, String> all = addresses(edit);
            if (address.isEmpty()) {
                all.remove(client);
            } else {
                all.put(client, address);
            }
            edit.putSetting(SETTING, all.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).collect(Collectors.joining("\n")));
            return null;
        });
        calls.set(client, address.isEmpty() ? null : endpoint(client, address));
    }

    private static boolean valid(String address) {
        var matcher = ADDRESS.matcher(address);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= LAST_PORT;
    }

    /** By client, from lines {@code NAME HOST:PORT}. */
    private static Map<ClientName, String> addresses(CatalogView view) throws BackupException {
        Map<ClientName, String> all = new LinkedHashMap<>();
        view.setting(SETTING).orElse("").lines().map(line -> line.split(" ")).forEach(line -> all.put(new ClientName(line[0]), line[1]));
        return all;
    }

    private static Endpoint endpoint(ClientName client, String address) {
        return new Endpoint(SCHEME, address + "/client-" + client);
    }
}
