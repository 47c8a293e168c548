package org.azekura.transport.tls;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.Future;
import javax.net.ssl.SSLException;
import org.azekura.api.BackupException;
import org.azekura.api.identity.Identity;
import org.azekura.transport.tls.Greeting.Answer;
import org.azekura.transport.tls.Greeting.Answer.Code;

/** Somebody who has dialled this process. The thread that receives him reads what he sends ever after. */
final class Guest {

    private final SocketChannel channel;
    private final String from;
    private final Means means;
    private final Door door;
    private final Guests guests;
    private Wire wire;
    private Future<?> cut;
    /** By when he must have said who he is. */
    private long end;

    Guest(SocketChannel channel, String from, Means means, Door door, Guests guests) {
        this.channel = channel;
        this.from = from;
        this.means = means;
        this.door = door;
        this.guests = guests;
    }

    /** Why somebody is not let in, as it is told to him. */
    private static final class NotLetIn extends Exception {

        private static final long serialVersionUID = 1;
        private final transient Code code;

        NotLetIn(Code code, String why) {
            super(why);
            this.code = code;
        }
    }

    void run() {
        try {
            Credential own = means.credentials().current();
            wire = new Wire(channel, own.engine(false));
            end = System.nanoTime() + means.settings().greeting().toNanos();
            cut = means.watch().cut(wire, means.settings().greeting());
            wire.handshake();
            receive(own);
        } catch (SSLException e) {
            refuse(reason(e));
        } catch (IOException e) {
            // asked of the clock: who cuts may not be done yet
            refuse(cut != null && System.nanoTime() - end >= 0 ? "it did not say who it is within " + means.settings().greeting().toSeconds() + " s" : reason(e));
        } catch (BackupException e) {
            refuse(e.getMessage());
        } catch (RuntimeException e) {
            refuse(e.toString());
        }
    }

    /** What is wrong with a certificate stands in a cause, and in the exception itself often only that something is. */
    private static String reason(IOException e) {
        Throwable at = e;
        while (at.getCause() instanceof Exception cause && !(at instanceof CertificateException)) {
            at = cause;
        }
        return at.getMessage() == null ? at.toString() : at.getMessage();
    }

    private void refuse(String why) {
        guests.refused(channel, from, why);
        if (wire == null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Closed for us all the same.
            }
        } else {
            wire.linger();
        }
    }

    private void receive(Credential own) throws IOException, BackupException {
        Link link = new Link(wire);
        Greeting greeting = Greeting.decode(link.message());
        try {
            Set<String> names = Identity.names(wire.peer());
            if (!names.contains(greeting.self())) {
                throw new NotLetIn(Code.NOT_TRUSTED, "its certificate is for " + names + ", not for " + greeting.self());
            }
            Session session = greeting.resumes() ? resume(link, greeting) : begin(link, greeting, own);
            Thread.currentThread().setName("tls from " + session);
            session.links().read(link);
        } catch (NotLetIn e) {
            means.refusals().say(from + " (" + Trust.described(wire.peer()) + ")", e.getMessage());
            link.write(new Answer(e.code, 0, e.getMessage()).encode());
            wire.linger();
        }
    }

    private Session begin(Link link, Greeting greeting, Credential own) throws IOException, BackupException, NotLetIn {
        Door.Offer offer = door.find(greeting.service());
        if (offer == null) {
            throw new NotLetIn(Code.NO_SERVICE, "nobody offers " + greeting.service() + " here");
        }
        if (!own.names().contains(offer.self())) {
            throw new NotLetIn(Code.NOT_TRUSTED, "this host's certificate is for " + own.names() + ", not for " + offer.self());
        }
        Session session = new Session(greeting.id(), greeting.self(), from, offer.self(), false, means);
        if (!means.sessions().accepted(session)) {
            throw new NotLetIn(Code.NO_CONNECTION, "there is such a connection already");
        }
        try {
            goOn(session, link, 0, 0);
        } catch (IOException e) {
            session.end(e.toString(), false);
            throw e;
        }
        session.links().start();
        means.sessions().endThoseBefore(session);
        offer.accept(session);
        return session;
    }

    private Session resume(Link link, Greeting greeting) throws IOException, BackupException, NotLetIn {
        Session session = means.sessions().find(greeting.id());
        if (session == null) {
            throw new NotLetIn(Code.NO_CONNECTION, "the connection that it resumes is not known here");
        }
        if (!session.peer().equals(greeting.self())) {
            throw new NotLetIn(Code.NOT_TRUSTED, "it resumes the connection of " + session.peer());
        }
        long received;
        try {
            received = session.links().detach(greeting.received());
        } catch (BackupException e) {
            throw new NotLetIn(Code.NO_CONNECTION, e.getMessage());
        }
        goOn(session, link, greeting.received(), received);
        return session;
    }

    private void goOn(Session session, Link link, long theirs, long ours) throws IOException, BackupException {
        X509Certificate certificate = link.certificate();
        link.trusted();
        link.write(new Answer(Code.WELCOME, ours, session.self()).encode());
        cut.cancel(false);
        guests.leave(channel);
        session.links().attach(link, theirs);
        // Between the handshake and here it may have been revoked.
        if (means.trust().distrusts(certificate)) {
            session.end("the certificate " + Trust.described(certificate) + " is revoked", false);
        }
    }
}
