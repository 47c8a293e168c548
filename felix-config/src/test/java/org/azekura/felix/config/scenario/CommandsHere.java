package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.cli.command.Patience;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Terminal;
import org.azekura.testkit.Seeds;

/**
 * The command line client in this process: it asks, answers and ends as it does in one of its own, at a twentieth of the processor time, most of which is
 * what a Java that starts costs. How the script finds and starts it is shown by {@link Azekura#typed} and by all that is begun and goes on.
 */
final class CommandsHere {

    /** What the script does itself, and what holds a file system. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("build", "check", "bench", "up", "down", "join", "quickstart", "extract", "mount", "umount");
    private static final Set<String> OF_AUTHORS = Set.of("new", "pack", "key", "sign", "test");
    /** These lead over the network, and a process has one network. */
    private static final Set<String> FAR = Set.of("--url", "--fingerprint");

    private CommandsHere() {}

    /** Whether a command is the same here. This process may know ASCII only, whatever the command's own locale is. In the slow stage each is typed. */
    static boolean may(Map<String, String> environment, String... arguments) {
        if (Seeds.slow() || arguments.length == 0 || arguments[0].startsWith("-") || OF_THE_SCRIPT.contains(arguments[0])) {
            return false;
        }
        if (arguments[0].equals("driver") && (arguments.length == 1 || OF_AUTHORS.contains(arguments[1]))) {
            return false;
        }
        for (String argument : arguments) {
            if (FAR.contains(argument) || !argument.chars().allMatch(c -> c < 0x80)) {
                return false;
            }
        }
        return environment.getOrDefault("LC_ALL", "C.UTF-8").equals("C.UTF-8") && !environment.containsKey("AZEKURA_URL")
                && environment.keySet().stream().allMatch(name -> name.equals("LC_ALL") || name.startsWith("AZEKURA_"));
    }

    /** @param command what would be typed, for who reads of a failure */
    static Run run(Duration limit, Map<String, String> environment, List<String> command, String... arguments) {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(environment);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var exit = new CompletableFuture<Integer>();
        Thread thread = Thread.ofPlatform().daemon().name("command " + arguments[0]).start(() -> {
            try (var lines = new PrintStream(out, false, StandardCharsets.UTF_8); var errors = new PrintStream(err, true, StandardCharsets.UTF_8)) {
                var root = new Root(new Terminal(InputStream.nullInputStream(), lines, errors, false), all, Patience.USUAL);
                exit.complete(org.azekura.cli.Azekura.run(root, arguments));
            } catch (Throwable e) {
                exit.completeExceptionally(e);
            }
        });
        try {
            int code = exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            // its streams are closed, so that everything is in them
            thread.join(limit);
            return new Run(command, code, text(out), text(err));
        } catch (TimeoutException e) {
            thread.interrupt();
            return fail("did not end within " + limit + ": " + command + "\n" + text(out) + text(err));
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(command + "\n" + text(out) + text(err), e);
        }
    }

    private static String text(ByteArrayOutputStream written) {
        return written.toString(StandardCharsets.UTF_8);
    }
}
