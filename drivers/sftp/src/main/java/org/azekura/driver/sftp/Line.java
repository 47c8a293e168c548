package org.azekura.driver.sftp;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.client.SftpMessage;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.apache.sshd.sftp.client.impl.DefaultSftpClient;
import org.apache.sshd.sftp.client.impl.SftpAckData;
import org.apache.sshd.sftp.client.impl.SftpResponse;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.azekura.api.device.Meter;

/**
 * One connection to the server. Any number of threads ask, and ask on before they have the answers: that is what makes it fast where the way is long. Each
 * {@link Asked} is answered once, or dropped. A server that breaks the protocol, or is silent for too long, loses the connection.
 */
final class Line extends DefaultSftpClient {

    /**
     * Requests of one call that may be on their way: with {@link #PIECE} two MiB, which is what a channel of OpenSSH takes without being told to go on. At 30 ms
     * there and back 64 of them wrote 24 MB/s and read 34, where 32 wrote 17 and read 21; without delay both did 55 and 80 (two busy cores).
     */
    static final int IN_FLIGHT = 64;
    /** Bytes read or written by one request: what every server must take. */
    static final int PIECE = 32 << 10;

    /** Calls that use it now. */
    final AtomicInteger users = new AtomicInteger();
    private final Duration patience;
    private final Meter meter;
    private final AtomicInteger owed = new AtomicInteger();
    private final Set<Integer> dropped = ConcurrentHashMap.newKeySet();

    /** A request on its way. */
    record Asked(int command, int id) {}

    /**
     * @param session that has logged in; it ends with this
     * @param meter   counts each request, and the bytes of files in it
     */
    Line(ClientSession session, Duration patience, Meter meter) throws IOException {
        super(session, SftpVersionSelector.fixedVersionSelector(SftpConstants.SFTP_V3), null);
        this.patience = patience;
        this.meter = meter;
    }

    /** Not from the moment on at which its session begins to end: its channel says so only later. */
    @Override
    public boolean isOpen() {
        return super.isOpen() && !getSession().isClosing() && !getSession().isClosed();
    }

    boolean has(Extension extension) {
        return getServerExtensions().containsKey(extension.text());
    }

    /** Sends a request, as soon as the server takes it. */
    Asked ask(Request request) throws IOException {
        int length = request.body().available();
        Asked asked = new Asked(request.command(), send(request.command(), request.body()));
        count(request.command(), length);
        return asked;
    }

    private void count(int command, int length) {
        switch (command) {
            case SftpConstants.SSH_FXP_READ, SftpConstants.SSH_FXP_LSTAT, SftpConstants.SSH_FXP_OPEN -> meter.read();
            case SftpConstants.SSH_FXP_REMOVE, SftpConstants.SSH_FXP_CLOSE -> meter.free();
            case SftpConstants.SSH_FXP_WRITE -> {
                meter.write();
                meter.in(length);
            }
            default -> meter.write();
        }
    }

    /** Nobody wants to know. */
    void drop(Asked asked) {
        try {
            dropped.add(asked.id());
            if (receive(asked.id(), Duration.ZERO) != null) {
                dropped.remove(asked.id());
            }
        } catch (IOException e) {
            dropped.remove(asked.id()); // the connection is gone, and the answer with it
        }
    }

    /** Asks for what nobody waits for; a connection that is gone is left at that. */
    void tell(Request request) {
        try {
            drop(ask(request));
        } catch (IOException e) {
            // the server closes by itself what was open
        }
    }

    void done(Asked asked) throws IOException {
        answer(asked, response -> {
            checkResponseStatus(response);
            return null;
        });
    }

    void run(Request request) throws IOException {
        done(ask(request));
    }

    byte[] handle(Asked asked) throws IOException {
        return answer(asked, this::checkHandleResponse);
    }

    /** @return null if nothing has that name */
    byte[] handleIfThere(Asked asked) throws IOException {
        try {
            return handle(asked);
        } catch (SftpException e) {
            return absent(e);
        }
    }

    Attributes attributes(Asked asked) throws IOException {
        return answer(asked, response -> {
            Attributes attributes = checkAttributesResponse(response);
            checkSize(attributes);
            return attributes;
        });
    }

    /** @return null if nothing has that name */
    Attributes attributesIfThere(Asked asked) throws IOException {
        try {
            return attributes(asked);
        } catch (SftpException e) {
            return absent(e);
        }
    }

    private static <T> T absent(SftpException e) throws SftpException {
        if (SftpFault.absent(e)) {
            return null;
        }
        throw e;
    }

    /** @return the size in bytes */
    static long checkSize(Attributes attributes) throws IOException {
        if (attributes.getSize() < 0) {
            throw new StreamCorruptedException("a file of " + Long.toUnsignedString(attributes.getSize()) + " bytes");
        }
        return attributes.getSize();
    }

    /** @return null at the end of the file */
    Buffer bytes(Asked asked, int most) throws IOException {
        Buffer bytes = answer(asked, response -> checkDataResponse(new SftpAckData(asked.id(), 0, most), response, null));
        meter.out(bytes == null ? 0 : bytes.available());
        return bytes;
    }

    /** @return null if there are no more */
    List<DirEntry> names(Asked asked) throws IOException {
        return answer(asked, response -> checkDirResponse(response, null));
    }

    /** Of the file system of a path: all, and what is free for its user, in bytes. */
    long[] room(Asked asked) throws IOException {
        return fileSystem(asked, told -> new long[] {Math.multiplyExact(told[1], told[2]), Math.multiplyExact(told[1], told[4])});
    }

    /** The number of the file system of a path; 0 if it has none. */
    long system(Asked asked) throws IOException {
        return fileSystem(asked, told -> told[8]);
    }

    /** @param meaning of sizes of a block and a fragment, fragments in all, free and free for the user, files in all, free and free for the user, its number */
    private <T> T fileSystem(Asked asked, Function<long[], T> meaning) throws IOException {
        return answer(asked, response -> {
            if (response.getType() != SftpConstants.SSH_FXP_EXTENDED_REPLY) {
                checkResponseStatus(response);
                throw new StreamCorruptedException("it tells no room");
            }
            long[] told = new long[9];
            for (int i = 0; i < told.length; i++) {
                told[i] = response.getBuffer().getLong();
            }
            return meaning.apply(told);
        });
    }

    private interface Taking<T> {
        T from(SftpResponse response) throws IOException;
    }

    private <T> T answer(Asked asked, Taking<T> taking) throws IOException {
        SftpResponse response = response(asked.command(), asked.id());
        try {
            return taking.from(response);
        } catch (SftpException e) {
            throw e; // what the server says of the request
        } catch (RuntimeException | IOException e) {
            throw broken(e.getMessage(), e); // what the library says of its answer
        }
    }

    private StreamCorruptedException broken(String what, Exception why) {
        getClientSession().close(true);
        StreamCorruptedException broken = new StreamCorruptedException("the server breaks the protocol: " + what);
        broken.initCause(why);
        return broken;
    }

    @Override
    public Buffer receive(int id) throws IOException {
        Buffer answer = receive(id, patience);
        if (answer == null) {
            getClientSession().close(true);
            throw new SocketTimeoutException("no answer within " + patience.toSeconds() + " s");
        }
        return answer;
    }

    @Override
    public SftpMessage write(int command, Buffer body) throws IOException {
        owed.incrementAndGet();
        return super.write(command, body);
    }

    /** Keeps what was asked for only: else a server could fill the memory. The first answer comes while this is being made, and has no number. */
    @Override
    protected void process(Buffer incoming) throws IOException {
        if (owed != null) {
            if (owed.decrementAndGet() < 0) {
                throw new StreamCorruptedException("the server breaks the protocol: it answers what nobody has asked");
            }
            int from = incoming.rpos();
            incoming.rpos(from + Integer.BYTES + 1);
            int id = incoming.getInt();
            incoming.rpos(from);
            if (dropped.remove(id)) {
                return;
            }
        }
        super.process(incoming);
    }

    @Override
    public void close() {
        getClientSession().close(true);
    }
}
