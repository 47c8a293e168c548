package org.azekura.server.job.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.RestoreBatch.ChunkKey;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.seal.SessionKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyHandoutTest {

    private static final PackId PACK = new PackId(1, 1);
    private static final SessionId FORGOTTEN = new SessionId(9, 9);
    private static final SessionId FOREIGN = new SessionId(8, 8);

    private SessionKey session;
    private KeyHandout handout;

    @BeforeEach
    void open() throws BackupException {
        RecipientKey key = RecipientKey.generate();
        KeyRing ring = KeyRing.create(List.of(Recipient.of("appliance", key)));
        try (Sealer sealer = Sealer.open(1, ring.epochPublicKey())) {
            session = ring.unlock(key).session(sealer.sealedKey());
        }
        handout = new KeyHandout(id -> {
            if (id.equals(FOREIGN)) {
                throw BackupException.operator("session.foreign", id.toString(), "session " + id + " is another group's");
            }
            if (!id.equals(session.session())) {
                throw BackupException.corrupt("session.unknown", id.toString(), "no session " + id);
            }
            return session;
        });
    }

    private static ChunkId chunk(int number) {
        return new ChunkId(number, 0, 0, 0);
    }

    private ChunkAnswer.ChunkPlace place(int chunk) {
        return new ChunkAnswer.ChunkPlace(chunk(chunk), PACK, session.session());
    }

    @Test
    void handsOutTheKeysOfThePlanInTheOrderOfTheNode() throws BackupException {
        List<ChunkKey> keys = handout.keys(Set.of(chunk(1), chunk(2), chunk(3)), new ChunkAnswer.Located(List.of(place(2), place(1)), List.of(chunk(3))));
        assertEquals(List.of(chunk(2), chunk(1), chunk(3)), keys.stream().map(ChunkKey::chunk).toList());
        assertArrayEquals(session.chunkKey(chunk(2)), keys.get(0).key());
        assertArrayEquals(session.chunkKey(chunk(1)), keys.get(1).key());
        assertEquals(0, keys.get(2).key().length);
    }

    @Test
    void noNodeGetsAKeyThatIsNotInThePlan() {
        for (ChunkAnswer.Located located : List.of(new ChunkAnswer.Located(List.of(place(1), place(7)), List.of()),
                new ChunkAnswer.Located(List.of(place(1), place(1)), List.of()), new ChunkAnswer.Located(List.of(place(1)), List.of(chunk(7))))) {
            BackupException e = assertThrows(BackupException.class, () -> handout.keys(Set.of(chunk(1)), located));
            assertEquals("node.unasked", e.failure().code());
        }
    }

    @Test
    void whatTheNodeDoesNotNameHasNoKey() throws BackupException {
        List<ChunkKey> keys = handout.keys(Set.of(chunk(1)), new ChunkAnswer.Located(List.of(), List.of()));
        assertEquals(List.of(chunk(1)), keys.stream().map(ChunkKey::chunk).toList());
        assertEquals(0, keys.getFirst().key().length);
    }

    @Test
    void aChunkOfAForgottenOrForeignSessionHasNoKey() throws BackupException {
        for (SessionId id : List.of(FORGOTTEN, FOREIGN)) {
            ChunkAnswer.Located located = new ChunkAnswer.Located(List.of(new ChunkAnswer.ChunkPlace(chunk(1), PACK, id)), List.of());
            assertEquals(0, handout.keys(Set.of(chunk(1)), located).getFirst().key().length);
        }
    }
}
