package org.azekura.driver.tape.iscsi;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A target in this thread: hears each PDU as soon as it was sent, and what it says is there at once. Nothing waits. */
final class ScriptedWire implements Wire {

    /** What a target does when it hears a PDU. */
    interface Script {
        void on(ScriptedWire wire, Heard pdu);
    }

    record Heard(Header header, byte[] data) {}

    final List<Heard> heard = new ArrayList<>();
    private final Script script;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private ByteBuffer coming = ByteBuffer.allocate(0);
    boolean closed;

    ScriptedWire(Script script) {
        this.script = script;
    }

    /** One that says these bytes, whatever it hears. */
    static ScriptedWire saying(byte[] bytes) {
        ScriptedWire wire = new ScriptedWire((self, pdu) -> { });
        wire.raw(bytes);
        return wire;
    }

    /** One that takes any login on the usual terms, and then does this. */
    static ScriptedWire afterLogin(String terms, Script script) {
        return new ScriptedWire((wire, pdu) -> {
            if (pdu.header().opcode() == Opcode.LOGIN) {
                wire.say(loginResponse(pdu.header().u8(1), 0), (pdu.header().u8(1) >> 2 & 3) == 1 ? terms.getBytes() : new byte[0]);
            } else {
                script.on(wire, pdu);
            }
        });
    }

    static Header loginResponse(int flags, int status) {
        return Header.empty().begin(Opcode.LOGIN_RESPONSE, flags, 0).put(28, 1).put(32, 100).put(36, status << 16);
    }

    void raw(byte[] bytes) {
        ByteBuffer all = ByteBuffer.allocate(coming.remaining() + bytes.length);
        coming = all.put(coming).put(bytes).flip();
    }

    void say(Header header, byte[] data) {
        byte[] all = new byte[Header.BYTES + data.length + Header.padding(data.length)];
        header.dataLength(data.length).whole().get(all, 0, Header.BYTES);
        System.arraycopy(data, 0, all, Header.BYTES, data.length);
        raw(all);
    }

    @Override
    public void send(ByteBuffer[] pieces, int count, long deadline) {
        for (int i = 0; i < count; i++) {
            byte[] piece = new byte[pieces[i].remaining()];
            pieces[i].get(piece);
            sent.writeBytes(piece);
        }
        ByteBuffer all = ByteBuffer.wrap(sent.toByteArray());
        sent.reset();
        while (all.hasRemaining()) {
            byte[] head = new byte[Header.BYTES];
            all.get(head);
            Header header = new Header(ByteBuffer.wrap(head));
            byte[] data = new byte[header.dataLength()];
            all.get(data);
            all.position(all.position() + Header.padding(data.length));
            Heard pdu = new Heard(header, data);
            heard.add(pdu);
            script.on(this, pdu);
        }
    }

    @Override
    public void receive(ByteBuffer into, long deadline) throws EOFException {
        if (coming.remaining() < into.remaining()) {
            throw new EOFException("the target has closed the connection");
        }
        int count = into.remaining();
        into.put(coming.slice().limit(count));
        coming.position(coming.position() + count);
    }

    @Override
    public boolean pending() {
        return coming.hasRemaining();
    }

    @Override
    public void close() {
        closed = true;
    }
}
