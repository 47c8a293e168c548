package org.azekura.cli.mount;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks the client role for what the kernel wants to know. Any number of questions are open at once; when the connection ends each of them, and every later
 * one, gets {@link Errno#EIO}. Safe for any number of threads.
 */
final class Line implements AutoCloseable {

    private static final int LOOK = 1;
    private static final int NAMES = 2;
    private static final int READ = 3;
    private static final int MAX_ANSWER = 8 << 20;

    private final Socket socket;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Reply.Taker> open = new ConcurrentHashMap<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private OutputStream out;

    private Line(Socket socket) {
        this.socket = socket;
    }

    /** Takes over a connection on which a job is going to answer. */
    static Line on(Socket socket) throws IOException {
        Line line = new Line(socket);
        socket.setSoTimeout(0);
        socket.setTcpNoDelay(true);
        line.out = socket.getOutputStream();
        Thread.ofPlatform().daemon().name("answers of the client").start(line::listen);
        return line;
    }

    /** Waits until the client answers, or has ended the connection: it tells which. */
    boolean awaitReady() throws InterruptedException {
        ready.await();
        return !hasEnded();
    }

    /** Whether the connection has ended, whoever ended it. */
    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    void look(byte[] path, Reply.Taker taker) {
        ask(LOOK, ByteBuffer.allocate(path.length).put(path), taker);
    }

    /** @param after empty for all */
    void names(byte[] directory, byte[] after, int most, Reply.Taker taker) {
        ask(NAMES, ByteBuffer.allocate(Integer.BYTES + Short.BYTES + directory.length + after.length).putInt(most).putShort((short) directory.length).put(directory).put(after), taker);
    }

    void read(byte[] file, long from, int length, Reply.Taker taker) {
        ask(READ, ByteBuffer.allocate(Long.BYTES + Integer.BYTES + file.length).putLong(from).putInt(length).put(file), taker);
    }

    private void ask(int what, ByteBuffer body, Reply.Taker taker) {
        long number = numbers.incrementAndGet();
        open.put(number, taker);
        int length = Long.BYTES + 1 + body.position();
        byte[] question = ByteBuffer.allocate(Integer.BYTES + length).putInt(length).putLong(number).put((byte) what).put(body.flip()).array();
        try {
            synchronized (socket) {
                out.write(question);
            }
        } catch (IOException e) {
            close();
        }
        if (hasEnded()) {
            fail(number);
        }
    }

    private void fail(long number) {
        Reply.Taker left = open.remove(number);
        if (left != null) {
            give(left, new Reply(Errno.EIO, new byte[0]));
        }
    }

    /** One that fails must not keep the others from theirs. */
    private static void give(Reply.Taker taker, Reply reply) {
        try {
            taker.take(reply);
        } catch (RuntimeException e) {
            // the kernel waits for it until the mount ends; there is nobody else to be told
        }
    }

    private void listen() {
        try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
            while (true) {
                int length = in.readInt() - Long.BYTES - Integer.BYTES;
                long number = in.readLong();
                int errno = in.readInt();
                if (length < 0 || length > MAX_ANSWER) {
                    throw new IOException("an answer of " + length + " bytes");
                }
                byte[] body = new byte[length];
                in.readFully(body);
                Reply.Taker taker = open.remove(number);
                if (number == 0) {
                    ready.countDown();
                } else if (taker != null) {
                    give(taker, new Reply(errno, body));
                }
            }
        } catch (IOException e) {
            // the end, from whichever side
        } finally {
            ended.countDown();
            ready.countDown();
            close();
            open.keySet().forEach(this::fail);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is left to be done with it
        }
    }
}
