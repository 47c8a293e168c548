package org.azekura.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/** A program that runs in the background until it is killed. */
public final class Daemon {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final int LOOK_MS = 20;

    private final Path log;
    private final Process process;
    private final Thread atExit;

    private Daemon(Path log, Process process) {
        this.log = log;
        this.process = process;
        this.atExit = new Thread(process::destroyForcibly, "end of " + log.getFileName());
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    public static Daemon start(Path log, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        try {
            return new Daemon(log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean runs() {
        return process.isAlive();
    }

    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    /** @return false if it ended before */
    public boolean await(BooleanSupplier ready) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE_NANOS; !ready.getAsBoolean(); Thread.sleep(LOOK_MS)) {
            if (!process.isAlive()) {
                return false;
            }
            if (System.nanoTime() > end) {
                kill();
                throw new IllegalStateException(log.getFileName() + " is not ready: " + said());
            }
        }
        return process.isAlive();
    }

    /** As a power cut would. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " can't be killed");
            }
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void signal(String name) throws InterruptedException {
        run(Map.of(), "kill", "-" + name, Long.toString(process.pid()));
    }

    /** Runs a short command. @throws IllegalStateException with what it said, if it fails */
    public static void run(Map<String, String> environment, String... command) throws InterruptedException {
        String said = attempt(environment, command);
        if (said != null) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said);
        }
    }

    /** @return null if it went well, else what it said */
    public static String attempt(Map<String, String> environment, String... command) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            // What such commands say fits into a pipe.
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "it hangs";
            }
            String said = new String(process.getInputStream().readAllBytes());
            return process.exitValue() == 0 ? null : process.exitValue() + " " + said;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Skips the test, loudly, if a program can't be had.
     *
     * @param what that is not tested then, like {@code what needs a SCSI peer}
     */
    public static void assume(String what, String program, String debianPackage) {
        if (!Files.isExecutable(Path.of(program))) {
            skip(what, "the Debian package " + debianPackage + " is missing");
        }
    }

    /** The same for a program that needs root. */
    public static void assumeAsRoot(String what, String program, String debianPackage) {
        assume(what, program, debianPackage);
        if (!"root".equals(System.getProperty("user.name"))) {
            skip(what, program + " needs root");
        }
    }

    private static void skip(String what, String why) {
        System.out.println("*** NOT TESTED: " + what + ": " + why);
        Assumptions.abort(why);
    }
}
