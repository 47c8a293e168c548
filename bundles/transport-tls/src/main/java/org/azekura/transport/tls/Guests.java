package org.azekura.transport.tls;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Those who have not yet said who they are. There may be so many at once; when one more comes, one goes: the oldest of the address from where most
 * come, so that whoever opens many and says nothing holds up himself. Safe for any number of threads.
 */
final class Guests {

    private final Means means;
    private final Door door;
    private final Map<SocketChannel, String> here = new LinkedHashMap<>();

    Guests(Means means, Door door) {
        this.means = means;
        this.door = door;
    }

    void receive(SocketChannel channel) throws IOException {
        String from = channel.socket().getInetAddress().getHostAddress();
        enter(channel, from);
        try {
            Thread.ofPlatform().daemon().name("tls guest " + from).start(() -> {
                try {
                    new Guest(channel, from, means, door, this).run();
                } finally {
                    leave(channel);
                }
            });
        } catch (RuntimeException | Error e) {
            leave(channel);
            channel.close();
            throw e;
        }
    }

    private synchronized void enter(SocketChannel channel, String from) throws IOException {
        if (here.size() >= means.settings().unfinished()) {
            String most = here.values().stream().collect(Collectors.groupingBy(address -> address, Collectors.counting())).entrySet().stream()
                    .max(Map.Entry.comparingByValue()).orElseThrow().getKey();
            SocketChannel oldest = here.entrySet().stream().filter(guest -> guest.getValue().equals(most)).findFirst().orElseThrow().getKey();
            here.remove(oldest);
            oldest.close();
            means.refusals().say(most, "too many connections that do not say who they are");
        }
        here.put(channel, from);
    }

    /** It is known who it is, or it is gone. */
    synchronized void leave(SocketChannel channel) {
        here.remove(channel);
    }

    /** Whether it was not sent away. */
    private synchronized boolean isHere(SocketChannel channel) {
        return here.containsKey(channel);
    }

    /** Says why one is refused that is still here; of others it was said, or they are nobody's fault. */
    void refused(SocketChannel channel, String from, String why) {
        if (isHere(channel)) {
            means.refusals().say(from, why);
        }
    }

    void close() {
        List<SocketChannel> all;
        synchronized (this) {
            all = new ArrayList<>(here.keySet());
            here.clear();
        }
        for (SocketChannel channel : all) {
            try {
                channel.close();
            } catch (IOException e) {
                // Closed for us all the same.
            }
        }
    }
}
