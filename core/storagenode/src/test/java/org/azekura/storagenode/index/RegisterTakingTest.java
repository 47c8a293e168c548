package org.azekura.storagenode.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.register.RegisterReader;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterTakingTest {

    private static final int MARK = 7;
    /** A page with a manifest and the end, and a byte of what must be whole. */
    private static final int BEHIND = 20 + 30 + 1;

    @TempDir
    Path dir;

    private final Packs packs = new Packs(Seeds.start());
    private final List<PackIndex> all = new ArrayList<>();

    private final Set<ChunkId> asked = new HashSet<>();
    /** Has all pages but that which it does not. */
    private ChunkId gone;
    private final RegisterContent content = new RegisterContent() {
        @Override
        public void manifests(Sink to) throws BackupException {
            to.take(ByteBuffer.wrap(new byte[] {1, 2}));
        }

        @Override
        public void pages(List<ChunkId> pages, Sink to) throws BackupException {
            for (ChunkId page : pages) {
                asked.add(page);
                if (!page.equals(gone)) {
                    to.take(ByteBuffer.wrap(page.bytes()));
                }
            }
        }
    };

    private byte[] register(ChunkIndex index, BitSet instead) throws Exception {
        Path file = dir.resolve("register");
        index.registered(index.register(instead, content, file), MARK);
        return Files.readAllBytes(file);
    }

    private ChunkIndex filled() throws Exception {
        ChunkIndex index = Packs.open(dir.resolve("one"));
        for (int i = 0; i < 20; i++) {
            PackIndex pack = packs.pack(Packs.GROUP, List.of(packs.session(), packs.session), packs.chunks(40 + i));
            all.add(pack);
            Packs.add(index, pack);
        }
        return index;
    }

    private long size(PackId id) {
        return all.stream().filter(pack -> pack.pack().equals(id)).mapToLong(Packs::size).findFirst().orElse(-1);
    }

    private static RegisterReader reader(byte[] register) {
        ByteBuffer from = ByteBuffer.wrap(register);
        return new RegisterReader(into -> {
            int length = Math.min(into.remaining(), from.remaining());
            into.put(from.slice(from.position(), length));
            from.position(from.position() + length);
        }, "register");
    }

    private static int take(ChunkIndex index, byte[] register, ToLongFunction<PackId> sizes) throws BackupException {
        try (RegisterTaking taking = index.taking(MARK, sizes, Instant.EPOCH)) {
            reader(register).read(RegisterReader.Part.PLACES, taking);
            return taking.finish();
        }
    }

    @Test
    void anotherIndexKnowsTheSame() throws Exception {
        try (ChunkIndex index = filled(); ChunkIndex other = Packs.open(dir.resolve("other"))) {
            byte[] register = register(index, new BitSet());
            assertEquals(0, index.unregistered());
            assertEquals(all.size(), take(other, register, this::size));
            assertEquals(0, other.unregistered());
            assertEquals(index.chunks(), other.chunks());
            for (PackIndex pack : all) {
                for (ChunkId chunk : pack.entries().stream().map(entry -> entry.chunk()).toList()) {
                    ChunkIndex.Found here = index.find(Packs.GROUP, chunk);
                    ChunkIndex.Found there = other.find(Packs.GROUP, chunk);
                    assertEquals(List.of(here.pack().id(), here.offset(), here.length(), here.session()),
                            List.of(there.pack().id(), there.offset(), there.length(), there.session()));
                }
                assertEquals(index.sessions(List.of(index.pack(pack.pack()))), other.sessions(List.of(other.pack(pack.pack()))));
            }
        }
    }

    @Test
    void onlyWhatIsOnTheVolumeAsItWasIsTaken() throws Exception {
        try (ChunkIndex index = filled(); ChunkIndex other = Packs.open(dir.resolve("other"))) {
            byte[] register = register(index, new BitSet());
            PackId gone = all.get(3).pack();
            PackId changed = all.get(4).pack();
            assertEquals(all.size() - 2, take(other, register, id -> id.equals(gone) ? -1 : id.equals(changed) ? 5 : size(id)));
            assertNull(other.pack(gone));
            assertNull(other.pack(changed));
            assertNotNull(other.pack(all.get(5).pack()));
        }
    }

    @Test
    void aDamagedOneLeavesNothing() throws Exception {
        try (ChunkIndex index = filled(); ChunkIndex other = Packs.open(dir.resolve("other"))) {
            byte[] register = register(index, new BitSet());
            for (int length : new int[] {register.length - BEHIND, register.length / 2, 100, 0}) {
                assertThrows(BackupException.class, () -> take(other, Arrays.copyOf(register, length), this::size));
                assertEquals(0, other.packs());
                assertEquals(0, other.chunks());
            }
            assertEquals(all.size(), take(other, register, this::size));
        }
    }

    @Test
    void aFurtherOneHasWhatIsNewAndWhatItReplaces() throws Exception {
        try (ChunkIndex index = filled(); ChunkIndex other = Packs.open(dir.resolve("other"))) {
            register(index, new BitSet());
            PackIndex late = packs.pack(packs.chunks(3));
            all.add(late);
            Packs.add(index, late);
            assertEquals(1, take(other, register(index, new BitSet()), this::size));
            Packs.add(index, packs.pack(packs.chunks(1)));
            BitSet instead = new BitSet();
            instead.set(MARK);
            assertEquals(all.size() - 1, take(other, register(index, instead), this::size));
        }
    }

    /** The pages of packs with trees are asked for, and those alone; one that nobody has is left out. */
    @Test
    void pagesOfTreesAreAskedFor() throws Exception {
        try (ChunkIndex index = filled(); ChunkIndex other = Packs.open(dir.resolve("other"))) {
            List<ChunkId> pages = packs.chunks(70);
            PackIndex tree = packs.trees(pages);
            all.add(tree);
            Packs.add(index, tree);
            gone = pages.get(9);
            byte[] register = register(index, new BitSet());
            assertEquals(Set.copyOf(pages), asked);
            assertEquals(all.size(), take(other, register, this::size));
            Set<ChunkId> found = new HashSet<>();
            List<Integer> manifests = new ArrayList<>();
            reader(register).read(RegisterReader.Part.ALL, new RegisterReader.Visitor() {
                @Override
                public void manifest(ByteBuffer manifest) {
                    manifests.add(manifest.remaining());
                }

                @Override
                public void page(ByteBuffer frame) {
                    found.add(ChunkId.read(frame));
                }
            });
            Set<ChunkId> expected = new HashSet<>(pages);
            expected.remove(gone);
            assertEquals(expected, found);
            assertEquals(List.of(2), manifests);
        }
    }
}
