package org.azekura.server.trees;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.azekura.engine.seal.SessionKey;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.PageNames;
import org.azekura.engine.tree.TreeWriter;

/** Sealed pages as a client sends them, and the key that opens them. */
public final class SomePages {

    final Sealer sealer;
    final SessionKey key;
    final ChunkNamer namer;
    final PageNames names;

    public SomePages() throws BackupException {
        RecipientKey recipient = RecipientKey.generate();
        KeyRing ring = KeyRing.create(List.of(Recipient.of("test", recipient)));
        PoolKeys keys = ring.unlock(recipient);
        sealer = Sealer.open(ring.epoch(), ring.epochPublicKey());
        key = keys.session(sealer.sealedKey());
        namer = new ChunkNamer(keys.idKey());
        names = new PageNames(keys.idKey());
    }

    /** A frame of a page whose bytes are random. */
    ByteBuffer frame(Random random, int length) {
        byte[] plain = new byte[length];
        random.nextBytes(plain);
        byte[] clear = {0, 0, 0, 0, 0};
        return sealer.seal(ChunkKind.TREE, namer.tree(clear, plain), clear, plain, 0, length, 1);
    }

    public List<ByteBuffer> frames(int count, long seed) {
        Random random = new Random(seed);
        List<ByteBuffer> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(frame(random, 100 + random.nextInt(5000)));
        }
        return frames;
    }

    public static ChunkId id(ByteBuffer frame) throws BackupException {
        return Frame.header(frame).id();
    }

    /** Frames of the tree of a directory of so many files, by id; the tree's own id is put into {@code root}. */
    Map<ChunkId, ByteBuffer> tree(int files, ChunkId[] root) throws BackupException {
        Map<ChunkId, ByteBuffer> frames = new HashMap<>();
        TreeWriter writer = new TreeWriter(namer, (id, page) -> frames.put(id,
                sealer.seal(ChunkKind.TREE, id, page.clear(), page.plain(), 0, page.plain().length, 1)));
        for (int i = 0; i < files; i++) {
            writer.add(file(i));
        }
        root[0] = writer.finish();
        return frames;
    }

    static Entry file(int number) {
        return new Entry("file-%07d".formatted(number).getBytes(), Entry.Type.FILE, 0600, 0, 0, "root", "root", 0, Instant.EPOCH, Instant.EPOCH, 0,
                null, 0, 0, List.of(), new Entry.Content.None(), false);
    }
}
