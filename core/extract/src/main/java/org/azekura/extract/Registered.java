package org.azekura.extract;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.SealedSession;
import org.azekura.engine.register.RegisteredPack;
import org.azekura.engine.register.RegisterReader;

/**
 * What registers on tape say of packs, so that nobody has to go to each of these: a pack that is on the volume with the size that a register names. A register that is not
 * sound as far as that says nothing.
 */
record Registered(Volume volume, Notes notes) {

    /** Takes what a register says. */
    interface Taker {

        void session(SealedSession session);

        /** @return its number, for what follows */
        int pack(Media.Pack pack);

        void chunk(int number, ChunkId chunk, int offset, int length);
    }

    /** @param left packs that are on the volume; those that were taken go */
    void read(Set<PackId> left, Taker taker) throws BackupException {
        for (String name : left.isEmpty() ? List.<String>of() : volume.registers()) {
            Set<PackId> taken = new HashSet<>();
            try {
                // Once to see whether it is sound: what was taken can't be given back.
                places(name, new RegisterReader.Visitor() {});
                places(name, new Taking(left, taken, taker));
                notes.detail("volume \"" + volume.name() + "\": " + name + " tells what is in " + taken.size() + " packs");
            } catch (BackupException e) {
                left.addAll(taken);
                notes.detail("volume \"" + volume.name() + "\": " + name + " is not used, packs are read: " + e.getMessage());
            }
        }
    }

    private void places(String name, RegisterReader.Visitor visitor) throws BackupException {
        try (Medium.Blob blob = volume.medium().open(name)) {
            long[] at = {0};
            new RegisterReader(into -> at[0] += fill(blob, at[0], into), name).read(RegisterReader.Part.PLACES, visitor);
        }
    }

    private static int fill(Medium.Blob blob, long from, ByteBuffer into) throws BackupException {
        int before = into.position();
        while (into.hasRemaining() && blob.read(from + into.position() - before, into) > 0) { }
        return into.position() - before;
    }

    private final class Taking implements RegisterReader.Visitor {

        private final Set<PackId> left;
        private final Set<PackId> taken;
        private final Taker taker;
        /** Of each pack that the register names; -1 if it is not wanted. */
        private final List<Integer> numbers = new ArrayList<>();

        Taking(Set<PackId> left, Set<PackId> taken, Taker taker) {
            this.left = left;
            this.taken = taken;
            this.taker = taker;
        }

        @Override
        public void session(SealedSession session) {
            taker.session(session);
        }

        @Override
        public void pack(RegisteredPack pack, List<Integer> sessions) throws BackupException {
            boolean wanted = left.contains(pack.id()) && size(pack.id()) == pack.size();
            numbers.add(wanted ? taker.pack(new Media.Pack(volume, pack.id(), pack.tree() ? ChunkKind.TREE : ChunkKind.DATA, pack.size(), pack.chunks())) : -1);
            if (wanted) {
                left.remove(pack.id());
                taken.add(pack.id());
            }
        }

        private long size(PackId pack) throws BackupException {
            try (Medium.Blob blob = volume.pack(pack)) {
                return blob.size();
            }
        }

        @Override
        public void chunk(int pack, ChunkId chunk, int offset, int length, int session) {
            if (numbers.get(pack) >= 0) {
                taker.chunk(numbers.get(pack), chunk, offset, length);
            }
        }
    }
}
