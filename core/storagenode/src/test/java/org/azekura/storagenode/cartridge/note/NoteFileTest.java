package org.azekura.storagenode.cartridge.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoteFileTest {

    @TempDir
    Path dir;

    /** As it comes where a mapped file can't be read. */
    @Test
    void whatCannotBeWrittenLeavesTheFileAndNothingOpen() throws Exception {
        Path file = Files.writeString(dir.resolve("note"), "before");
        FileChannel[] given = new FileChannel[1];
        assertThrows(InternalError.class, () -> NoteFile.open(file, to -> {
            given[0] = to;
            throw new InternalError("a fault occurred in an unsafe memory access operation");
        }));
        assertFalse(given[0].isOpen());
        assertEquals("before", Files.readString(file));
    }
}
