package org.azekura.server.job.run;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.NodeOrder;
import org.azekura.server.host.ConnectedClient;
import org.azekura.server.host.ConnectedNode;

/** The client and the storage node that one job keeps busy. */
public record Parties(ConnectedClient client, ConnectedNode node) {

    /**
     * Tells both that the job is over. Who can't be told is named in the job's log and finds out by the connection's end.
     *
     * @param clientEnded whether the client has ended its part by itself
     */
    public void release(JobRecord record, boolean clientEnded) {
        release(record, clientEnded, false);
    }

    /** @param goesOn whether the job is going to be ordered again */
    public void release(JobRecord record, boolean clientEnded, boolean goesOn) {
        undisturbed(record, () -> {
            if (!clientEnded) {
                tell(record, "client " + client.name(), () -> client.order(new ClientOrder.Cancel(record.id(), goesOn), Orders.PROMPT));
            }
            tellNode(record, node);
        });
    }

    /** Tells the node alone. */
    public static void release(JobRecord record, ConnectedNode node) {
        undisturbed(record, () -> tellNode(record, node));
    }

    /** On a thread of its own, which no interrupt reaches. It ends, since what is asked has time-outs. */
    private static void undisturbed(JobRecord record, Runnable farewell) {
        Ending.await(Thread.ofVirtual().name("job-" + record.id() + "-farewell").start(farewell));
    }

    private static void tellNode(JobRecord record, ConnectedNode node) {
        tell(record, "node " + node.name(), () -> node.ask(new NodeOrder.EndJob(record.id()), Answer.Done.class, Orders.PROMPT));
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
