package org.azekura.api.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;

class BlobKeysTest {

    private static final List<String> KEYS = List.of("a", "-", "...", ".hidden", "a..b", "e/...", "tmp/.tmp", ".tmpx", ".tmp.a/b", "packs/3f/3f2a", "a".repeat(255),
            "b".repeat(255) + "/" + "b".repeat(255), "c/".repeat(255) + "cc");
    private static final List<String> OTHERS = List.of("", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/..", "a/../b", "a/.", "./a", ".tmp", ".tmp/a", "A", "ä", "a b",
            "a\\b", "a\0", "a\n", "%2e", "a".repeat(256), "d/".repeat(256) + "d");

    @Test
    void aKeyLeadsNowhereElse() throws Exception {
        for (String key : KEYS) {
            assertTrue(BlobKeys.isKey(key), key);
            assertEquals(key, BlobKeys.check(key));
        }
        for (String other : OTHERS) {
            assertFalse(BlobKeys.isKey(other), other);
            BackupException refusal = assertThrows(BackupException.class, () -> BlobKeys.check(other), other);
            assertEquals("blob.key", refusal.failure().code());
        }
    }

    @Test
    void aPrefixIsWhatAKeyCanBeginWith() throws Exception {
        for (String key : KEYS) {
            for (int end = 0; end <= key.length(); end++) {
                assertEquals(key.substring(0, end), BlobKeys.checkPrefix(key.substring(0, end)));
            }
        }
        for (String other : List.of("/", "../", "a/../", "a//", "A", "a/./b", "a".repeat(256), "a/".repeat(256) + "a")) {
            assertThrows(BackupException.class, () -> BlobKeys.checkPrefix(other), other);
        }
    }
}
