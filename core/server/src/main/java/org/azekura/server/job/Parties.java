package org.azekura.server.job;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.NodeOrder;
import org.azekura.server.host.ConnectedClient;
import org.azekura.server.host.ConnectedNode;

/** The client and the storage node that one job keeps busy. */
record Parties(ConnectedClient client, ConnectedNode node) {

    /**
     * Tells both that the job is over. Who can't be told is named in the job's log and finds out by the connection's end.
     *
     * @param clientEnded whether the client has ended its part by itself
     */
    void release(JobRecord record, boolean clientEnded) {
        release(record, clientEnded, false);
    }

    /** @param goesOn whether the job is going to be ordered again */
    void release(JobRecord record, boolean clientEnded, boolean goesOn) {
        // Who interrupted the job wants it to end, not to end untidily.
        boolean interrupted = Thread.interrupted();
        if (!clientEnded) {
            tell(record, "client " + client.name(), () -> client.order(new ClientOrder.Cancel(record.id(), goesOn), Orders.PROMPT));
        }
        tell(record, "node " + node.name(), () -> node.ask(new NodeOrder.EndJob(record.id()), Answer.Done.class, Orders.PROMPT));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the node alone. */
    static void release(JobRecord record, ConnectedNode node) {
        boolean interrupted = Thread.interrupted();
        tell(record, "node " + node.name(), () -> node.ask(new NodeOrder.EndJob(record.id()), Answer.Done.class, Orders.PROMPT));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Telling {
        void tell() throws BackupException;
    }

    private static void tell(JobRecord record, String whom, Telling telling) {
        try {
            telling.tell();
        } catch (BackupException e) {
            record.line(JobLine.Level.WARN, whom + " could not be told that the job is over: " + e.getMessage());
        }
    }
}
