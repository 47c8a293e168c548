package org.azekura.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Alert.Subject;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.identity.ServerPlace;
import org.azekura.api.message.Answer;
import org.azekura.server.catalog.Servers;

/** The servers of this appliance, as its hosts are told of them, and those of them that are gone for good. Safe for any number of threads. */
final class ServerBook {

    /** One that was not heard of for so long is away: who hangs, or whose database is restarted, is not. */
    static final Duration AWAY = Duration.ofMinutes(1);

    /** Before the name of one that somebody has said is gone for good: where hosts reached it. */
    private static final String GONE = "server.gone/";

    private final String name;
    private final CatalogStore catalog;
    private final Servers servers;
    private volatile long number;

    /** @param name of this one */
    ServerBook(String name, CatalogStore catalog, Servers servers) {
        this.name = name;
        this.catalog = catalog;
        this.servers = servers;
    }

    /** This one leads. */
    void begin() throws BackupException {
        number = LeadNumber.next(catalog, Instant.now());
        catalog.write(edit -> {
            edit.deleteSetting(GONE + name);
            return null;
        });
    }

    List<CatalogServer> all() {
        return servers.servers();
    }

    private static boolean isAway(CatalogServer server) {
        return server.silent().compareTo(AWAY) > 0;
    }

    private List<CatalogServer> others() {
        return all().stream().filter(server -> !server.here() && !server.name().equals(name)).toList();
    }

    /** Whether another server has the catalog, too, or had it and was not forgotten. */
    boolean isShared() {
        return !others().isEmpty();
    }

    /** The same where another leads: under the number of its lead. */
    Answer.Servers toldBeside(List<Endpoint> here) throws BackupException {
        return told(here, LeadNumber.last(catalog));
    }

    /** @param here where hosts reach this one */
    Answer.Servers told(List<Endpoint> here) throws BackupException {
        return told(here, number);
    }

    private Answer.Servers told(List<Endpoint> here, long number) throws BackupException {
        List<CatalogServer> others = others();
        List<ServerPlace> there = Stream.concat(places(name, here), others.stream().flatMap(server -> places(server.name(), server.hosts()))).toList();
        List<ServerPlace> gone = new ArrayList<>();
        SortedMap<String, String> forgotten = catalog.read(view -> view.settings(GONE));
        forgotten.forEach((key, at) -> {
            String server = key.substring(GONE.length());
            if (!server.equals(name) && others.stream().noneMatch(one -> one.name().equals(server))) {
                // one that is reached there now has its place: hosts forget by the address, too
                places(server, Arrays.stream(at.split(" ")).map(Endpoint::parse).toList()).filter(place -> there.stream().noneMatch(one -> one.at().equals(place.at()))).forEach(gone::add);
            }
        });
        return new Answer.Servers(there, gone, number);
    }

    /** An address without a port is one of this very process. */
    private static Stream<ServerPlace> places(String server, List<Endpoint> at) {
        return at.stream().filter(each -> each.address().contains(":")).map(each -> new ServerPlace("server/" + server, each));
    }

    /** @throws BackupException {@code server.unknown}; {@code server.there} if it is not gone: nothing was changed */
    void forget(String server) throws BackupException {
        List<CatalogServer> meant = all().stream().filter(each -> each.name().equals(server)).toList();
        if (meant.isEmpty()) {
            throw BackupException.operator("server.unknown", server, "no server " + server + " shares this catalog; \"azekura status\" names those that do");
        }
        if (meant.stream().anyMatch(each -> each.here() || each.leads() || !isAway(each))) {
            throw BackupException.operator("server.there", server, "server " + server + " was heard of within the last minute: stop it first (\"azekura down\" on its machine), and say this again"
                    + " a minute later, to the one that leads then");
        }
        String at = meant.stream().flatMap(each -> each.hosts().stream()).distinct().map(Endpoint::toString).collect(Collectors.joining(" "));
        catalog.write(edit -> {
            if (!at.isEmpty()) {
                edit.putSetting(GONE + server, at);
            }
            return null;
        });
        servers.forget(server);
    }

    /** That nobody would take over. */
    List<Alert> alerts() {
        List<CatalogServer> others = others();
        if (others.isEmpty() || others.stream().anyMatch(server -> !isAway(server))) {
            return List.of();
        }
        String names = others.stream().map(CatalogServer::name).distinct().collect(Collectors.joining(", "));
        return List.of(Alert.of("server.alone", Severity.WARNING, Subject.APPLIANCE, Map.of("servers", names), "nobody would take over from this server: " + names
                + (others.size() == 1 ? " was" : " were") + " not heard of for over a minute; start it, or, if it is gone for good, run \"azekura server forget " + others.getFirst().name() + "\""));
    }
}
