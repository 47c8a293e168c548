package org.azekura.driver.s3;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** CRC-32C as S3 writes it. */
final class Sum {

    private Sum() {}

    static String of(byte[] bytes, int length) {
        return of(ByteBuffer.wrap(bytes, 0, length));
    }

    /** Of what remains in the buffer, which stays as it is. */
    static String of(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.duplicate());
        return Base64.getEncoder().encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
    }
}
