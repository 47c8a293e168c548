package org.azekura.rest.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.catalog.CatalogServer;

/** The server that leads, as another one asks it. Safe for any number of threads. */
final class Leader implements AutoCloseable {

    private final Supplier<List<CatalogServer>> servers;
    private final Acquaintance known;

    /** @param servers of the catalog */
    Leader(Supplier<List<CatalogServer>> servers, Reach reach) {
        this.servers = servers;
        this.known = new Acquaintance(reach, System::nanoTime);
    }

    /**
     * Asks it, and waits until it begins to answer.
     *
     * @param target path and query
     * @param draft  what is asked, at that address; called anew if it is asked a second time, which is before anything was sent
     * @throws BackupException {@code server.standby} if none leads that can be reached: then nothing was asked; {@code server.cut} if it is not known what
     *                         became of what was asked
     */
    HttpResponse<InputStream> ask(String target, Function<URI, HttpRequest> draft) throws BackupException, InterruptedException {
        CatalogServer leader = servers.get().stream().filter(server -> server.leads() && !server.here()).findFirst()
                .orElseThrow(() -> BackupException.operator("server.standby", "", "this server stands by, and none leads just now: try again in some seconds"));
        if (leader.place().isEmpty()) {
            throw away(leader, "it does not answer calls yet");
        }
        URI place = URI.create(leader.place());
        HttpRequest request = draft.apply(URI.create(leader.place() + target));
        try {
            HttpClient client = known.client(place);
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            } catch (SSLHandshakeException e) {
                // it may have got another certificate
                known.forget(client);
                return known.client(place).send(draft.apply(request.uri()), HttpResponse.BodyHandlers.ofInputStream());
            }
        } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException | Acquaintance.Unreached e) {
            throw away(leader, reason(e));
        } catch (IOException e) {
            throw new BackupException(new Failure("server.cut", Failure.Kind.NETWORK, false, leader.name(), leader.name() + " leads, was asked, and has not answered ("
                    + reason(e) + "): look whether it was done before you ask again"), e);
        }
    }

    private static BackupException away(CatalogServer leader, String why) {
        return BackupException.operator("server.standby", leader.name(), "this server stands by; " + leader.name() + " leads, and " + (leader.place().isEmpty() ? "" : "at " + leader.place() + " ")
                + why + ": try again in some seconds");
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Cuts off what it answers just now, and waits for nothing. */
    @Override
    public void close() {
        known.close();
    }
}
