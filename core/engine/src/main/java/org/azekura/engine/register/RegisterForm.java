package org.azekura.engine.register;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** What writer and reader agree on. */
final class RegisterForm {

    static final int MAGIC = 0x415a_5247; // "AZRG"
    static final int FIRST = 1;
    static final int VERSION = 2;
    static final int SESSIONS = 0;
    static final int PACKS = 1;
    static final int CHUNKS = 2;
    static final int MANIFESTS = 3;
    static final int PAGES = 4;
    static final int HEAD = 10;
    /** A frame or a manifest has a page of its own if it is long. */
    static final int MAX_BODY = 5 << 20;
    static final int CHUNK = 4 + 32 + 4 + 4 + 2;
    static final int PACK = 16 + 1 + 16 + 8 + 4 + 4 + 2;

    private RegisterForm() {}

    /** The kind with which a register of this version ends. */
    static int end(int version) {
        return version == FIRST ? MANIFESTS : PAGES + 1;
    }

    static int checksum(ByteBuffer page) {
        CRC32C crc = new CRC32C();
        crc.update(page);
        return (int) crc.getValue();
    }
}
