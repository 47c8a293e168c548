package org.azekura.testkit.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;

/** Moves what comes at one side to the other, as the traffic rules of its direction say. */
final class Pump {

    private static final int CHUNK = 64 << 10;
    private static final long STACK = 256 << 10;

    /** What a thread does that ends with its connection. */
    private interface Part {
        void run() throws IOException, InterruptedException;
    }

    private final Link link;
    private final SocketChannel from;
    private final SocketChannel to;
    private final Traffic traffic;
    private final DelayLine line = new DelayLine();
    private volatile long passed;
    private volatile Thread reader;

    Pump(Link link, SocketChannel from, SocketChannel to, Traffic traffic) {
        this.link = link;
        this.from = from;
        this.to = to;
        this.traffic = traffic;
    }

    void start(String name) {
        reader = begin("proxy in " + name, this::read);
        begin("proxy out " + name, this::write);
    }

    private Thread begin(String name, Part part) {
        return Thread.ofPlatform().daemon().name(name).stackSize(STACK).start(() -> {
            try {
                part.run();
            } catch (IOException e) {
                // What one side did to its connection the other side sees too.
                link.end(Ending.RESET);
            } catch (InterruptedException e) {
                link.end(Ending.CUT);
            }
        });
    }

    long passed() {
        return passed;
    }

    void close() {
        line.close();
        traffic.wake();
    }

    /** Waits until all that came in was read. */
    void awaitReader(Duration timeout) {
        Thread reading = reader;
        try {
            if (reading != null) {
                reading.join(timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() throws IOException, InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        while (from.read(buffer.clear()) >= 0) {
            line.put(Arrays.copyOf(buffer.array(), buffer.position()), System.nanoTime() + traffic.latency_ns());
        }
        line.end();
    }

    private void write() throws IOException, InterruptedException {
        for (byte[] content = line.take(); content != null; content = line.take()) {
            for (int done = 0; done < content.length;) {
                Grant grant = traffic.admit(content.length - done, link::isOpen);
                if (grant.bytes() == 0) {
                    return;
                }
                pass(content, done, grant);
                done += grant.bytes();
            }
        }
        if (link.isOpen()) {
            to.shutdownOutput();
            link.ended();
        }
    }

    private void pass(byte[] content, int at, Grant grant) throws IOException {
        if (grant.flip() >= 0) {
            content[at + grant.flip()] ^= 1;
        }
        try {
            for (ByteBuffer rest = ByteBuffer.wrap(content, at, grant.bytes()); rest.hasRemaining();) {
                to.write(rest);
            }
            passed += grant.bytes();
        } finally {
            if (grant.ends() != null) {
                link.ordered(traffic, grant.ends());
            }
        }
    }
}
