package org.azekura.transport.tls;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.azekura.api.BackupException;

/**
 * What the side that dials says first.
 *
 * @param id       of the connection, 16 bytes in hexadecimal; the first half is that of all connections that the process dials
 * @param resumes  whether the connection is there already
 * @param received units that have arrived on it so far
 */
record Greeting(String id, boolean resumes, long received, String service, String self) {

    static final int ID = 16;
    private static final int MAX_NAME = 255;
    /** Largest length of a greeting and of an answer. */
    static final int MAX = ID + 1 + 8 + 2 * (1 + MAX_NAME);

    /** Whether two connections are dialled by the same process. */
    static boolean sameProcess(String id, String other) {
        return id.regionMatches(0, other, 0, ID);
    }

    ByteBuffer encode() {
        ByteBuffer body = ByteBuffer.allocate(2 + MAX).position(2);
        body.put(HexFormat.of().parseHex(id)).put((byte) (resumes ? 1 : 0)).putLong(received);
        put(body, service);
        put(body, self);
        return finished(body);
    }

    /** @throws BackupException {@code transport.malformed} */
    static Greeting decode(ByteBuffer body) throws BackupException {
        if (body.remaining() < ID + 1 + 8 + 2) {
            throw UnitReader.malformed("a greeting of " + body.remaining() + " bytes");
        }
        byte[] id = new byte[ID];
        body.get(id);
        int resumes = body.get();
        long received = body.getLong();
        if (resumes != 0 && resumes != 1 || received < 0) {
            throw UnitReader.malformed("a greeting that neither begins nor resumes");
        }
        Greeting greeting = new Greeting(HexFormat.of().formatHex(id), resumes == 1, received, name(body), name(body));
        end(body);
        return greeting;
    }

    /** What the side that was dialled says to it. */
    record Answer(Code code, long received, String text) {

        enum Code { WELCOME, NO_SERVICE, NOT_TRUSTED, NO_CONNECTION, BUSY }

        ByteBuffer encode() {
            ByteBuffer body = ByteBuffer.allocate(2 + MAX).position(2);
            body.put((byte) code.ordinal()).putLong(received);
            put(body, text);
            return finished(body);
        }

        /** @throws BackupException {@code transport.malformed} */
        static Answer decode(ByteBuffer body) throws BackupException {
            if (body.remaining() < 1 + 8 + 1) {
                throw UnitReader.malformed("an answer of " + body.remaining() + " bytes");
            }
            int code = body.get() & 0xff;
            if (code >= Code.values().length) {
                throw UnitReader.malformed("an answer that says " + code);
            }
            Answer answer = new Answer(Code.values()[code], body.getLong(), name(body));
            end(body);
            return answer;
        }
    }

    /** Names that are too long are refused before this; a reason is cut. */
    private static void put(ByteBuffer body, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_NAME);
        while (length < bytes.length && (bytes[length] & 0xc0) == 0x80) {
            length--;
        }
        body.put((byte) length).put(bytes, 0, length);
    }

    private static ByteBuffer finished(ByteBuffer body) {
        return body.putShort(0, (short) (body.position() - 2)).flip();
    }

    private static String name(ByteBuffer body) throws BackupException {
        int length = body.hasRemaining() ? body.get() & 0xff : -1;
        if (length < 0 || length > body.remaining()) {
            throw UnitReader.malformed("a name without its end");
        }
        ByteBuffer bytes = body.slice(body.position(), length);
        body.position(body.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw UnitReader.malformed("a name that is not UTF-8");
        }
    }

    private static void end(ByteBuffer body) throws BackupException {
        if (body.hasRemaining()) {
            throw UnitReader.malformed(body.remaining() + " bytes too many");
        }
    }

    /** @throws IllegalArgumentException if it is no name that fits */
    static String checked(String name) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_NAME) {
            throw new IllegalArgumentException("a name has 1 to " + MAX_NAME + " bytes, not " + length);
        }
        return name;
    }
}
