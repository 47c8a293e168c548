package org.azekura.rest.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.content.Saved;
import org.junit.jupiter.api.Test;

/** What hosts call their files: no name of theirs leads out of the folder that an archive is unpacked in. */
class ArchiveTest {

    private static Saved saved(Instant mtime) {
        return new Saved(RawPath.of("a"), Saved.Type.FILE, 0644, 0, 0, "", "", 0, mtime, 0, null, 0, 0, new TreeMap<>());
    }

    private static List<String> zipped(String... names) throws Exception {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        ZipArchive zip = new ZipArchive(to, new Semaphore(100));
        for (String name : names) {
            zip.add(name, saved(Instant.EPOCH), Archive.Bytes.NONE);
        }
        zip.finish();
        List<String> found = new ArrayList<>();
        try (ZipArchiveInputStream in = new ZipArchiveInputStream(new ByteArrayInputStream(to.toByteArray()), "UTF-8")) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                found.add(new String(entry.getRawName(), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    @Test
    void hasNoBackslashInAZipWhichWindowsTakesForASlash() throws Exception {
        assertEquals(List.of("..%5C..%5Cevil", "a/..%5Cb", "C:%5Cevil"), zipped("..\\..\\evil", "a/..\\b", "C:\\evil"));
        assertEquals(List.of("a%5Cb", "a%255Cb", "a%25255Cb", "50%"), zipped("a\\b", "a%5Cb", "a%255Cb", "50%"));
        assertEquals(1, zipped("%" + "25".repeat(2000) + "5C").size());
    }

    /** Else what is in a folder could be unpacked through a link that has the folder's name. */
    @Test
    void hasNoNameTwiceWhereSomeAreNoUtf8() {
        Selection all = Selection.of(List.of(RawPath.of("/")));
        assertEquals("a%FF", all.name(new RawPath(new byte[] {'/', 'a', (byte) 0xff})));
        assertEquals("a%25FF", all.name(RawPath.of("/a%FF")));
        assertEquals("a%2525FF", all.name(RawPath.of("/a%25FF")));
        for (String usual : List.of("50%", "a%20b", "%E3%81%82", "%zz%FF", "100%25")) {
            assertEquals(usual, all.name(RawPath.of("/" + usual)));
        }
    }

    @Test
    void takesEachTimeThatAFileCanHave() throws Exception {
        for (Instant time : List.of(Instant.MIN, Instant.MAX, Instant.ofEpochSecond(-1L << 40), Instant.ofEpochSecond(1L << 40))) {
            for (Archive archive : List.of(new ZipArchive(OutputStream.nullOutputStream(), new Semaphore(1)), new TarArchive(OutputStream.nullOutputStream()))) {
                archive.add("a", saved(time), Archive.Bytes.NONE);
                archive.finish();
            }
        }
    }

    /** What is unpacked lists its names at the end; all of them are in memory until then. */
    @Test
    void refusesMoreNamesThanThereIsRoomForAndGivesItBack() throws Exception {
        Semaphore room = new Semaphore(2);
        try (ZipArchive zip = new ZipArchive(OutputStream.nullOutputStream(), room)) {
            zip.add("a", saved(Instant.EPOCH), Archive.Bytes.NONE);
            zip.add("b", saved(Instant.EPOCH), Archive.Bytes.NONE);
            BackupException full = assertThrows(BackupException.class, () -> zip.add("c", saved(Instant.EPOCH), Archive.Bytes.NONE));
            assertEquals("archive.full", full.failure().code());
        }
        assertEquals(2, room.availablePermits());
    }
}
