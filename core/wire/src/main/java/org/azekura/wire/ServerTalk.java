package org.azekura.wire;

import org.azekura.api.BackupException;
import org.azekura.api.message.Answer;
import org.azekura.api.message.Message;
import org.azekura.api.transport.Stream;

/** What a role has to do with one server as long as one connection lasts. Calls come from many threads; {@link #receive} and {@link #take} between the others. */
public interface ServerTalk extends AutoCloseable {

    /** The server has said welcome. It has ordered nothing yet, and waits for nothing. */
    void welcomed(Answer.Welcome welcome);

    /** The server is joined: from here on it orders, and is told. */
    void joined();

    /** Does what the server orders. */
    Answer receive(Message order) throws BackupException;

    /** Takes a data stream that the server has opened, on a thread of its own. */
    void take(Stream stream);

    /** The connection is over: what was ordered by it ends. */
    @Override
    void close();
}
