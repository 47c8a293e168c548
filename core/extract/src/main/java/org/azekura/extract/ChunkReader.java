package org.azekura.extract;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.PackReader;
import org.azekura.engine.seal.Unsealer;

/** Reads and opens chunks, from whichever copy is sound. Safe for any number of threads. */
final class ChunkReader {

    private final Media media;
    private final Unlocked keys;

    ChunkReader(Media media, Unlocked keys) {
        this.media = media;
        this.keys = keys;
    }

    /** @param stored bytes of the frame */
    record Opened(byte[] clear, byte[] plain, int stored) {}

    /** @throws BackupException {@code chunk.missing}: no copy is there that can be opened */
    Opened read(ChunkId id, ChunkKind kind) throws BackupException {
        String last = "no pack has it";
        for (ChunkPlaces.Place place : media.places(id)) {
            try {
                return open(id, kind, place);
            } catch (BackupException e) {
                // Whatever is wrong with one copy (a bad sector, a forged frame): another may do.
                last = "pack " + media.pack(place.pack()).id() + ": " + e.getMessage();
            }
        }
        throw BackupException.corrupt("chunk.missing", id.toString(), "chunk " + id + " cannot be read: " + last);
    }

    private Opened open(ChunkId id, ChunkKind kind, ChunkPlaces.Place place) throws BackupException {
        try (Medium.Blob pack = media.pack(place.pack()).open()) {
            ByteBuffer bytes = new PackReader(pack).frame(place.offset(), place.length());
            Frame frame = Frame.parse(bytes);
            if (!frame.header().id().equals(id) || frame.header().kind() != kind) {
                throw BackupException.corrupt("frame.corrupt", id.toString(), "found " + frame.header().kind() + " " + frame.header().id()
                        + " in its place");
            }
            byte[] plain = Unsealer.open(frame, keys.session(frame.header().session()).chunkKey(id));
            byte[] clear = new byte[frame.clear().remaining()];
            frame.clear().get(frame.clear().position(), clear);
            // Who wrote the volume need not be trusted: content that does not have its name is not what was saved.
            ChunkId name = switch (kind) {
                case DATA -> keys.namer().data(plain, 0, plain.length);
                case TREE -> keys.namer().tree(clear, plain);
            };
            if (!name.equals(id)) {
                throw BackupException.corrupt("chunk.corrupt", id.toString(), "what is kept as chunk " + id + " is chunk " + name);
            }
            return new Opened(clear, plain, place.length());
        }
    }
}
