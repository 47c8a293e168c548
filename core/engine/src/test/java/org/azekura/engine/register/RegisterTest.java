package org.azekura.engine.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.Golden;
import org.junit.jupiter.api.Test;

class RegisterTest {

    @Test
    void isWrittenAsEver() throws Exception {
        Golden.check("pages.register", RegisterSeeds.small());
    }

    @Test
    void saysWhatWasWritten() throws Exception {
        List<Object> items = RegisterSeeds.read(Golden.read("packs.register"));
        assertEquals(7, items.size());
        assertEquals(List.of(new RegisteredPack(new PackId(8, 9), false, new TrustGroup(10, 11), 5_000_000_000L, 3, 2), List.of(0, 1)), items.get(2));
        assertEquals(List.of(1, new ChunkId(5, 6, 7, 8), 100, 200, 0), items.get(5));
    }

    @Test
    void manifestsAndPagesFollowAndAreReadIfTheyAreWanted() throws Exception {
        byte[] register = Golden.read("pages.register");
        List<Object> all = RegisterSeeds.read(register);
        assertEquals(10, all.size());
        assertEquals(ByteBuffer.wrap(new byte[] {17}), all.get(8));
        assertEquals(List.of(ByteBuffer.wrap(new byte[] {18, 19})), all.get(9));
        assertEquals(all.subList(0, 9), RegisterSeeds.read(register, RegisterReader.Part.MANIFESTS));
        assertEquals(all.subList(0, 7), RegisterSeeds.read(register, RegisterReader.Part.PLACES));
        assertEquals(all.subList(0, 7), RegisterSeeds.read(Golden.read("packs.register"), RegisterReader.Part.ALL));
        assertEquals(all.subList(0, 7), RegisterSeeds.read(Golden.read("packs.register"), RegisterReader.Part.PLACES));
    }

    @Test
    void whatIsLongHasAPageOfItsOwn() throws Exception {
        var bytes = new ByteArrayOutputStream();
        RegisterWriter writer = new RegisterWriter(page -> bytes.write(page.array(), page.position(), page.remaining()));
        List<ByteBuffer> written = new ArrayList<>();
        for (int length : new int[] {10, 80_000, 70_000, 4_200_000, 1}) {
            written.add(ByteBuffer.wrap(new byte[length]));
            writer.page(written.getLast());
        }
        writer.finish();
        assertEquals(written.stream().map(List::of).toList(), RegisterSeeds.read(bytes.toByteArray()));
    }

    @Test
    void aByteThatChangedOrIsMissingIsNoticed() throws Exception {
        byte[] sound = RegisterSeeds.small();
        for (int at = 0; at < sound.length; at++) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 4;
            assertThrows(BackupException.class, () -> RegisterSeeds.read(damaged), "byte " + at);
            byte[] cut = Arrays.copyOf(sound, at);
            assertThrows(BackupException.class, () -> RegisterSeeds.read(cut), "cut at " + at);
        }
    }
}
