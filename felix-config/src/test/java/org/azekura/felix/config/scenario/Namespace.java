package org.azekura.felix.config.scenario;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.net.Sockets;

/**
 * A network of its own on this machine. Programs are started in it; a socket that is made on its thread belongs to it, whoever uses it. Only
 * root makes one.
 */
final class Namespace implements Sockets, AutoCloseable {

    static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int CLONE_NEWNET = 0x4000_0000;

    private final String name;
    private final ExecutorService inside;

    Namespace(String name) {
        this.name = name;
        Run.of(LIMIT, "ip", "netns", "add", name).exits(0);
        ip("link", "set", "lo", "up");
        // The thread is the namespace's for ever: it does nothing else and ends with it.
        inside = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("in " + name).factory());
        run(() -> {
            enter(name);
            return null;
        });
    }

    String name() {
        return name;
    }

    /** What to put before a command that shall run here. */
    List<String> starter() {
        return List.of("ip", "netns", "exec", name);
    }

    /** {@code ip} for what is in here. */
    Run ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(Arrays.asList(arguments));
        return Run.of(LIMIT, command.toArray(String[]::new)).exits(0);
    }

    @Override
    public ServerSocketChannel server() {
        return run(ServerSocketChannel::open);
    }

    @Override
    public SocketChannel client() {
        return run(SocketChannel::open);
    }

    private <T> T run(Callable<T> work) {
        try {
            return inside.submit(work).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("in namespace " + name, e);
        }
    }

    @SuppressWarnings("restricted")
    private static void enter(String name) throws IOException {
        Linker linker = Linker.nativeLinker();
        MethodHandle open = linker.downcallHandle(linker.defaultLookup().findOrThrow("open"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT), Linker.Option.firstVariadicArg(2));
        MethodHandle setns = linker.downcallHandle(linker.defaultLookup().findOrThrow("setns"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        MethodHandle close = linker.downcallHandle(linker.defaultLookup().findOrThrow("close"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/run/netns/" + name);
            int file = (int) open.invokeExact(path, 0);
            int entered = (int) setns.invokeExact(file, CLONE_NEWNET);
            int closed = (int) close.invokeExact(file);
            if (entered != 0 || closed != 0) {
                throw new IOException("can't enter " + path.getString(0));
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    /** Ends every program in it, and it. */
    @Override
    public void close() {
        inside.shutdownNow();
        remove(name);
    }

    /** Of whatever run it is. */
    static void remove(String name) {
        for (String pid : Run.of(LIMIT, "ip", "netns", "pids", name).outLines()) {
            ProcessHandle.of(Long.parseLong(pid.strip())).filter(process -> !process.equals(ProcessHandle.current())).ifPresent(ProcessHandle::destroyForcibly);
        }
        Run.of(LIMIT, "ip", "netns", "delete", name);
    }
}
