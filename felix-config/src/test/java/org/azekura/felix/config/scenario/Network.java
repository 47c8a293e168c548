package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts with networks of their own on this machine: each a namespace, joined to a switch in another namespace. The machine's own network is
 * not touched. Everything has a name that begins with this process's number: what a killed run has left goes with the next one.
 */
final class Network implements AutoCloseable {

    private static final String MARK = "azekura-";
    private static final Pattern OURS = Pattern.compile(MARK + "(\\d+)-\\S+");
    private static final AtomicInteger NUMBER = new AtomicInteger();
    /** The switch's own address: from there come the connections of an island. */
    static final String SWITCH = "10.77.0.1";

    private final String prefix = MARK + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    private final Map<String, Namespace> namespaces = new LinkedHashMap<>();
    private final Thread hook = new Thread(this::remove, "network lab");
    private final Namespace middle;
    private int last = 1;

    Network() {
        sweep();
        Runtime.getRuntime().addShutdownHook(hook);
        middle = namespace("switch");
        bridge(middle);
        middle.ip("address", "add", SWITCH + "/24", "dev", "br0");
    }

    /** Skips the test, loudly, where this can't be. */
    static void assumeAllowed() {
        String lack = lack();
        if (lack != null) {
            System.out.println("*** NOT TESTED: hosts in networks of their own: " + lack);
        }
        assumeTrue(lack == null, lack);
    }

    private static String lack() {
        if (!Tree.ROOT) {
            return "only root can make network namespaces";
        }
        if (Run.of(Namespace.LIMIT, "sh", "-c", "command -v ip").exit() != 0) {
            return "the Debian package iproute2 is missing";
        }
        String name = MARK + ProcessHandle.current().pid() + "-trial";
        Run trial = Run.of(Namespace.LIMIT, "ip", "netns", "add", name);
        Run.of(Namespace.LIMIT, "ip", "netns", "delete", name);
        return trial.exit() == 0 ? null : "this machine makes no network namespaces: " + trial.err().strip();
    }

    /** Whether the kernel slows links down by itself. */
    boolean hasNetem() {
        return Run.of(Namespace.LIMIT, "ip", "netns", "exec", middle.name(), "tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms").exit() == 0;
    }

    private static void sweep() {
        for (String line : Run.of(Namespace.LIMIT, "ip", "netns", "list").outLines()) {
            Matcher ours = OURS.matcher(line.split(" ")[0]);
            if (ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty()) {
                Namespace.remove(ours.group());
            }
        }
    }

    private Namespace namespace(String name) {
        Namespace made = new Namespace(prefix + "-" + name);
        namespaces.put(name, made);
        return made;
    }

    private static void bridge(Namespace namespace) {
        namespace.ip("link", "add", "br0", "type", "bridge");
        namespace.ip("link", "set", "br0", "up");
    }

    /** A host that every other one reaches. */
    Host host(String name) {
        return join(name, middle);
    }

    /**
     * A host that nobody reaches and that reaches nobody: on its wire is only a gate, where each address that it wants to reach is a proxy's. See
     * {@link Island}.
     */
    Island island(String name) {
        Namespace gate = namespace(name + "-gate");
        bridge(gate);
        return new Island(join(name, gate), gate, middle);
    }

    private Host join(String name, Namespace wire) {
        Namespace namespace = namespace(name);
        String address = "10.77.0." + ++last;
        String plug = "plug" + last;
        Run.of(Namespace.LIMIT, "ip", "link", "add", "eth0", "netns", namespace.name(), "type", "veth", "peer", "name", plug, "netns", wire.name()).exits(0);
        wire.ip("link", "set", plug, "master", "br0", "up");
        namespace.ip("address", "add", address + "/24", "dev", "eth0");
        namespace.ip("link", "set", "eth0", "up");
        return new Host(name, address, namespace);
    }

    /** @param address in the network of the lab */
    record Host(String name, String address, Namespace namespace) {

        /** Bytes that went in and out of its interface so far, headers included. */
        Counted counted() {
            try {
                JsonNode bytes = new ObjectMapper().readTree(namespace.ip("-s", "-j", "link", "show", "eth0").out()).get(0).get("stats64");
                return new Counted(bytes.get("rx").get("bytes").asLong(), bytes.get("tx").get("bytes").asLong());
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }
    }

    record Counted(long in, long out) {
        Counted since(Counted earlier) {
            return new Counted(in - earlier.in, out - earlier.out);
        }

        long both() {
            return in + out;
        }
    }

    private void remove() {
        namespaces.values().forEach(Namespace::close);
        namespaces.clear();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        remove();
    }
}
