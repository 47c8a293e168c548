package org.azekura.server.enrol;

import java.nio.file.Path;
import java.time.Duration;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.Identity;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientReport;
import org.azekura.api.transport.Stream;
import org.azekura.transport.tls.TlsDoor;
import org.azekura.wire.Conversation;

/** A client of another host and its server, with the real transport between them. */
public final class JoinedClient implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final ClientName NAME = new ClientName("web1");

    private final Room room;
    private final TlsDoor server;
    private final TlsDoor host;
    private final Conversation talk;

    /** @param home of the server, @param away of the client */
    public JoinedClient(Path home, Path away) throws Exception {
        room = new Room(home);
        server = new TlsDoor(home);
        host = new TlsDoor(away);
        Endpoint at = room.reachedBy(server.transport());
        Identity made = room.join(room.code(HostRole.CLIENT, NAME.value()), HostRole.CLIENT, "host");
        new Identity(made.key(), made.certificate(), made.authority(), at).save(away);
        talk = new Conversation(host.transport().dial(at.address(), "client/" + NAME, LONG), message -> new Answer.Done()).start();
        talk.ask(new ClientReport.Hello(NAME, new byte[0], "test"), Answer.Welcome.class, LONG);
    }

    /** The server's end of a stream to the client. */
    public Stream open() throws Exception {
        return room.hosts.client(NAME).open();
    }

    /** The client's end of the one that was opened next. */
    public Stream accept() throws Exception {
        return talk.connection().accept(LONG);
    }

    @Override
    public void close() {
        talk.close();
        host.close();
        room.close();
        server.close();
    }
}
