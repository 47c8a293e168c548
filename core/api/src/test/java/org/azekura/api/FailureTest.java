package org.azekura.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FailureTest {

    private static String message(String text) {
        return BackupException.corrupt("x.corrupt", "", text).getMessage();
    }

    @Test
    void aMessageIsOneLineWhateverItQuotes() {
        assertEquals("a b c", message("a\nb\tc"));
        assertEquals("pool \"\ufffd[2J\ufffd\"", message("pool \"\u001b[2J\u0085\""));
        assertEquals("a\ufffdb\ufffd", message("a\u2028b\u2029"));
        assertEquals("größer als 倉庫 \ud83d\ude00", message("größer als 倉庫 \ud83d\ude00"));
    }
}
