package org.azekura.server.job.restore;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.plan.PlanWriter;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.job.client.ClientOutcome;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.Stage;
import org.azekura.wire.MessageCodec;

/**
 * Sends a client the plan of what it restores, with the keys of exactly those chunks, and waits for its end. One thread.
 *
 * @param pool    whose keys they are
 * @param place   where it is read: the pool itself, or a replica of it
 * @param group   of the client whose data it is
 * @param outcome of the client that restores
 * @param planned takes the chunks of each batch before it is sent
 */
public record PlanSender(Stage stage, JobRecord record, Pool pool, Pool place, TrustGroup group, ClientOutcome outcome, Halt halt, Consumer<Set<ChunkId>> planned) {

    /**
     * All of it.
     *
     * @param wanted    absolute paths, none for all
     * @param done      the path up to which earlier attempts came; null if there is none
     * @param recalling null for a plan in tree order
     */
    public ClientReport carry(Parties parties, TreeReader trees, ChunkId root, List<RawPath> wanted, RawPath done, Recalling recalling) throws BackupException {
        PlanWriter writer = new PlanWriter();
        PlannedKeys keys = new PlannedKeys(stage, record.id(), pool, place, group, parties.node());
        if (recalling != null) {
            HandFed hands = new HandFed(recalling.cartridges(), record, halt);
            return carry(parties, batches -> recalling.send(hands, batches,
                    (parts, chunks, problems) -> batches.send(batch(writer, parts, keys.asPlanned(noted(chunks)), problems))));
        }
        return carry(parties, batches -> new RestorePlan(trees, wanted, (parts, chunks, problems) -> batches.send(batch(writer, parts, keys.asRead(noted(chunks)), problems)))
                .behind(done, (parts, chunks, problems) -> batches.send(new RestoreBatch(writer.parts(parts, List.of()), List.of(), problems, true)))
                .run(root));
    }

    private Set<ChunkId> noted(Set<ChunkId> chunks) {
        planned.accept(chunks);
        return chunks;
    }

    /** Makes a plan, batch after batch, and sends it. */
    private interface Plan {
        void send(BatchStream batches) throws BackupException;
    }

    /** Sends the plan, batch after batch, and waits for the client's end; until then it may have something to say of batches. */
    private ClientReport carry(Parties parties, Plan plan) throws BackupException {
        try (Stream stream = parties.client().open()) {
            stream.send(MessageCodec.encode(new StreamOpening.RestoreBatches(record.id())), Orders.READ);
            plan.send(new BatchStream(stream, this::requireGoing));
            stream.endSending();
            return outcome.await(Orders.SILENCE);
        } catch (BackupException e) {
            throw outcome.reason(e);
        }
    }

    private void requireGoing() throws BackupException {
        halt.check();
        outcome.requireHeard(Orders.SILENCE);
    }

    static RestoreBatch batch(PlanWriter writer, List<RestorePlan.Part> parts, List<RestoreBatch.ChunkKey> keys, List<PathProblem> problems) {
        return new RestoreBatch(writer.parts(parts, keys.stream().map(RestoreBatch.ChunkKey::chunk).toList()), keys, problems);
    }
}
