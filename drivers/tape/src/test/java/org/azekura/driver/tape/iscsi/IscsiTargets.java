package org.azekura.driver.tape.iscsi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.testkit.fuzz.Target;

/** A target that says any bytes. */
public final class IscsiTargets {

    private static final int DATA = 1 << 16;
    /** Buffers of a session, and the room for a long text. */
    private static final int SESSION_BYTES = 2 << 20;

    private IscsiTargets() {}

    public static List<Target> all() {
        return List.of(
                Target.of("login", "device.io", List.of(loginSeed()), IscsiTargets::login).allocating(SESSION_BYTES, 200),
                Target.of("command", "device.io", List.of(seed(0, response()), seed(1, dataIn(), response()), seed(2, ready(), ping(), response())), IscsiTargets::command)
                        .allocating(SESSION_BYTES, 200));
    }

    private static void login(byte[] input) throws BackupException {
        attempt(() -> session(input));
    }

    /** The first byte is the direction, the others are what the target says behind the login. */
    private static void command(byte[] input) throws BackupException {
        if (input.length > 0) {
            Direction direction = Direction.values()[(input[0] & 0xff) % 3];
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(loginSeed());
            all.write(input, 1, input.length - 1);
            ByteBuffer data = ByteBuffer.allocate(DATA + 2).position(1).limit(DATA + 1);
            attempt(() -> session(all.toByteArray()).execute(new byte[6], direction, data, deadline()));
            if (data.limit() != DATA + 1 || data.get(0) != 0 || data.clear().get(DATA + 1) != 0) {
                throw new AssertionError("what is not the caller's to be filled was changed");
            }
        }
    }

    private interface Attempt {
        Object run() throws IOException;
    }

    private static void attempt(Attempt what) throws BackupException {
        try {
            what.run();
        } catch (IOException e) {
            throw BackupException.device("device.io", "x", String.valueOf(e.getMessage()), e);
        }
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    }

    private static Session session(byte[] said) throws IOException {
        return Session.login(ScriptedWire.saying(said), "us", "them", 1, deadline());
    }

    private static byte[] loginSeed() {
        return joined(pdu(ScriptedWire.loginResponse(0x81, 0), "TargetPortalGroupTag=1\0AuthMethod=None\0".getBytes()),
                pdu(ScriptedWire.loginResponse(0x87, 0), "MaxRecvDataSegmentLength=4096\0InitialR2T=No\0HeaderDigest=None\0".getBytes()));
    }

    private static byte[] seed(int direction, byte[]... pdus) {
        return joined(new byte[] {(byte) direction}, joined(pdus));
    }

    private static byte[] response() {
        return pdu(Header.empty().begin(Opcode.RESPONSE, Header.FINAL, 1).put(0, Opcode.RESPONSE << 24 | Header.FINAL << 16 | 2), new byte[] {0, 4, 0x70, 0, 6, 0});
    }

    private static byte[] dataIn() {
        return pdu(Header.empty().begin(Opcode.DATA_IN, 0, 1), new byte[999]);
    }

    private static byte[] ready() {
        return pdu(Header.empty().begin(Opcode.READY, Header.FINAL, 1).put(20, 9).put(40, 60_000).put(44, 5000), new byte[0]);
    }

    private static byte[] ping() {
        return pdu(Header.empty().begin(Opcode.NOP_IN, Header.FINAL, Header.NONE).put(20, 9), new byte[0]);
    }

    private static byte[] pdu(Header header, byte[] data) {
        byte[] head = new byte[Header.BYTES];
        header.dataLength(data.length).whole().get(head);
        return joined(head, Arrays.copyOf(data, data.length + Header.padding(data.length)));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
