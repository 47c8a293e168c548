package org.azekura.client.collect;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.SessionId;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.NodeLink;
import org.azekura.client.job.Pace;
import org.azekura.wire.Conversation;

/** Sends a backup's chunks to the node, tree pages also to the server. */
final class NodeOutlet implements Outlet {

    private static final Duration ANSWER_TIME = Duration.ofMinutes(5);
    /** A node whose volume is full may wait for another one. */
    private static final Duration SEND_TIME = Duration.ofMinutes(10);
    private static final Duration REASON_TIME = Duration.ofSeconds(20);
    private static final Duration FLUSH_TIME = Duration.ofMinutes(30);

    private final JobId job;
    private final NodeLink node;
    private final Stream chunks;
    private final Stream trees;
    private final CompletableFuture<Void> treesTaken;
    private final Pace pace;

    NodeOutlet(JobId job, SessionId session, byte[] sealedKey, NodeLink node, Conversation server, Breaker breaker, Safety safety,
            Pace pace) throws BackupException {
        this.job = job;
        this.node = node;
        this.pace = pace;
        this.chunks = node.stream(new StreamOpening.StoreChunks(job, session, sealedKey));
        this.trees = NodeLink.open(server, new StreamOpening.StoreTrees(job, session, sealedKey));
        breaker.onTrip(trees::close);
        Receiving.begin("the node", job, chunks, safety::nodeHas);
        this.treesTaken = Receiving.begin("the server", job, trees, safety::serverHas);
    }

    @Override
    public CompletableFuture<boolean[]> known(List<ChunkId> ids) {
        return node.askAsync(new NodeRequest.ChunksKnown(job, ids), ChunkAnswer.Known.class, ANSWER_TIME).thenCompose(answer -> {
            int told = answer.bits().length * 8;
            return told >= ids.size() ? CompletableFuture.completedFuture(bits(answer, ids.size())) : CompletableFuture.failedFuture(
                    BackupException.corrupt("message.corrupt", "", "the node told of " + told + " chunks, expected " + ids.size()));
        });
    }

    private static boolean[] bits(ChunkAnswer.Known answer, int count) {
        boolean[] known = new boolean[count];
        for (int i = 0; i < count; i++) {
            known[i] = answer.test(i);
        }
        return known;
    }

    @Override
    public void toNode(ByteBuffer frame) throws BackupException {
        pace.pass(frame.remaining());
        try {
            chunks.send(frame, SEND_TIME);
        } catch (BackupException e) {
            throw reason(e);
        }
    }

    /** A stream only ends; why the node ended it, its answer to a question tells. */
    private BackupException reason(BackupException ended) {
        try {
            node.ask(new NodeRequest.FlushJob(job), ChunkAnswer.Flushed.class, REASON_TIME);
            return ended;
        } catch (BackupException e) {
            return e.failure().code().startsWith("transport.") ? ended : e;
        }
    }

    @Override
    public void toServer(ByteBuffer frame) throws BackupException {
        pace.pass(frame.remaining());
        trees.send(frame, SEND_TIME);
    }

    private void awaitTrees() throws BackupException {
        try {
            treesTaken.get(FLUSH_TIME.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackupException known ? known : BackupException.bug("tree pages of job " + job, e.getCause());
        } catch (TimeoutException e) {
            throw BackupException.network("transport.timeout", job.toString(), "the server did not take the tree pages in within "
                    + FLUSH_TIME.toMinutes() + " minutes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("job.interrupted", job.toString(), "job " + job + " was interrupted", e);
        }
    }

    /** Returns when both have made everything durable. */
    void flush() throws BackupException {
        chunks.endSending();
        trees.endSending();
        awaitTrees();
        node.ask(new NodeRequest.FlushJob(job), ChunkAnswer.Flushed.class, FLUSH_TIME);
    }
}
