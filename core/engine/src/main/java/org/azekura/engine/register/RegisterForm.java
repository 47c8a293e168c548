package org.azekura.engine.register;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** What writer and reader agree on. */
final class RegisterForm {

    static final int MAGIC = 0x415a_5247; // "AZRG"
    static final int VERSION = 1;
    static final int SESSIONS = 0;
    static final int PACKS = 1;
    static final int CHUNKS = 2;
    static final int END = 3;
    static final int HEAD = 10;
    static final int MAX_BODY = 1 << 20;
    static final int CHUNK = 4 + 32 + 4 + 4 + 2;
    static final int PACK = 16 + 1 + 16 + 8 + 4 + 4 + 2;

    private RegisterForm() {}

    static int checksum(ByteBuffer page) {
        CRC32C crc = new CRC32C();
        crc.update(page);
        return (int) crc.getValue();
    }
}
