package org.azekura.transport.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what comes over the links of a connection. */
final class Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    private final Session session;
    private final Links links;
    private final Streams streams;
    private final Sequence sequence;
    private final ReentrantLock lock;

    Receiver(Session session, Links links, Sequence sequence, Streams streams) {
        this.session = session;
        this.links = links;
        this.sequence = sequence;
        this.streams = streams;
        this.lock = session.lock();
    }

    /** Reads until this link is gone. */
    void read(Link from) {
        try {
            while (take(from)) {
                if (!from.fill()) {
                    links.broke(from, "the other side or the network ended it");
                }
            }
        } catch (IOException e) {
            links.broke(from, Links.reason(e));
        } catch (BackupException e) {
            LOG.warn("connection with {} ends, the other side does not keep to the protocol: {}", session, e.getMessage());
            session.end(e.getMessage(), false);
        } catch (RuntimeException e) {
            LOG.error("connection with {} ends", session, e);
            session.end(e.toString(), false);
        }
        from.cut();
    }

    /** Takes the units that have come. @return whether the link counts still */
    private boolean take(Link from) throws BackupException {
        long back = 0;
        boolean close = false;
        lock.lock();
        try {
            ByteBuffer in = from.in();
            from.heard();
            while (from == links.current() && !session.closed() && !close) {
                Unit unit = UnitReader.next(in);
                if (unit == null) {
                    break;
                }
                close = unit instanceof Unit.Close;
                back += take(from, unit);
            }
            if (session.closed()) {
                in.position(in.limit());
            }
            return from == links.current() && !close;
        } finally {
            lock.unlock();
            session.giveBack(back);
            if (close) {
                session.end("closed by the other side", false);
            }
        }
    }

    private long take(Link from, Unit unit) throws BackupException {
        if (unit.counted() && sequence.received(unit)) {
            from.ack();
            links.wake();
        }
        return switch (unit) {
            case Unit.Ack ack -> {
                sequence.acknowledged(ack.received());
                links.wake();
                yield 0;
            }
            case Unit.Ping ping -> {
                from.ack();
                links.wake();
                yield 0;
            }
            case Unit.Close close -> 0;
            case Unit.Open open -> {
                session.opened(open.stream());
                yield 0;
            }
            case Unit.Frame frame -> streams.take(frame);
            case Unit.More more -> streams.take(more);
            case Unit.End end -> streams.take(end);
            case Unit.Reset reset -> streams.take(reset);
            case Unit.Credit credit -> streams.take(credit);
        };
    }
}
