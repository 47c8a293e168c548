package org.azekura.client.restore;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PoolName;
import org.azekura.api.message.NodeAccess;
import org.azekura.api.message.RestoreAnswer;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.message.RestoreQuestion;
import org.azekura.client.job.Breaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other places of what is restored, as the server names them when it is asked, each connected with once. One thread; must be closed. */
final class OtherPlaces implements FurtherChunks.Places, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OtherPlaces.class);

    private final Questions questions;
    private final Breaker breaker;
    private final Dial dial;
    private final Map<PoolName, Reading> open = new HashMap<>();

    /** Connects with a node. */
    @FunctionalInterface
    interface Dial {
        Reading open(NodeAccess node) throws BackupException;
    }

    /** Chunks of one pool, for as long as this is open. */
    interface Reading extends ChunkSource, AutoCloseable {
        @Override
        void close();
    }

    OtherPlaces(Questions questions, Breaker breaker, Dial dial) {
        this.questions = questions;
        this.breaker = breaker;
        this.dial = dial;
    }

    @Override
    public FurtherChunks.Place next(List<ChunkId> chunks, int from) throws BackupException {
        if (!questions.areTaken()) {
            return null;
        }
        return switch (questions.ask(new RestoreQuestion.Elsewhere(chunks, from))) {
            case RestoreAnswer.There there -> place(there);
            case RestoreAnswer.Nowhere nowhere -> null;
            case RestoreAnswer.Noted noted -> throw Questions.unexpected(noted);
        };
    }

    private FurtherChunks.Place place(RestoreAnswer.There there) throws BackupException {
        Map<ChunkId, byte[]> keys = new LinkedHashMap<>();
        for (RestoreBatch.ChunkKey key : there.chunks()) {
            keys.put(key.chunk(), key.key());
        }
        return new FurtherChunks.Place(there.place(), there.pool(), keys, reading(there));
    }

    /** Null if it can't be had: the next place may. */
    private ChunkSource reading(RestoreAnswer.There there) throws BackupException {
        Reading reading = open.get(there.pool());
        if (reading == null) {
            try {
                reading = dial.open(there.node());
            } catch (BackupException e) {
                breaker.check();
                LOG.warn("pool {} has chunks of what is restored, but can't be read: {}", there.pool(), e.getMessage());
                return null;
            }
            open.put(there.pool(), reading);
        }
        return reading;
    }

    @Override
    public void came(FurtherChunks.Place place, int chunks, long bytes) throws BackupException {
        RestoreAnswer answer = questions.ask(new RestoreQuestion.Came(place.number(), chunks, bytes));
        if (!(answer instanceof RestoreAnswer.Noted)) {
            throw Questions.unexpected(answer);
        }
    }

    @Override
    public void broke(FurtherChunks.Place place, BackupException why) throws BackupException {
        breaker.check();
        LOG.warn("pool {}, from which chunks come that are lost where they should be, can't be read any more: {}", place.pool(), why.getMessage());
        open.remove(place.pool()).close();
    }

    @Override
    public void close() {
        open.values().forEach(Reading::close);
        open.clear();
    }
}
