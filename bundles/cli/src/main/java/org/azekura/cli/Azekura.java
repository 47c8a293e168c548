package org.azekura.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.cli.command.Patience;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Terminal;
import picocli.CommandLine;

/** The program: reads the command line, runs one command, ends with its exit code. */
public final class Azekura {

    private Azekura() {}

    public static void main(String[] args) {
        if (args.length == 1 && args[0].equals("--version")) {
            // what scripts ask before anything else; a command model of all commands would take ten times as long
            System.out.println(Root.NAME_AND_VERSION);
            return;
        }
        PrintStream out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int exit = run(new Root(new Terminal(input(), out, err, human()), System.getenv(), Patience.USUAL), args);
        out.flush();
        System.exit(exit);
    }

    static boolean human() {
        return System.console() != null && System.console().isTerminal();
    }

    /** Java itself tells of a terminal only if output goes there, too. */
    static InputStream input() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
            if (target.matches("/dev/(pts/.*|tty.*|console)")) {
                return null;
            }
        } catch (IOException e) {
            // without /proc, or closed: whoever reads it is told
        }
        return new FileInputStream(FileDescriptor.in);
    }

    /** One command, in whatever process: leaves it to the caller what becomes of that. @return the exit code */
    public static int run(Root root, String... args) {
        Terminal terminal = root.terminal();
        CommandLine line = new CommandLine(root);
        try {
            Commands.requireKnown(args);
        } catch (CommandFailure e) {
            usage(terminal, line, e.getMessage());
            return e.exit();
        }
        Commands.add(line, root, args);
        line.setOut(new PrintWriter(terminal.out(), true));
        line.setErr(new PrintWriter(terminal.err(), true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, given) -> {
            usage(terminal, e.getCommandLine(), e.getMessage());
            return Exit.USAGE;
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(root, command, e));
        return line.execute(args);
    }

    private static int failed(Root root, CommandLine command, Exception e) {
        Terminal terminal = root.terminal();
        if (root.json() && e instanceof CommandFailure failure && failure.document() != null) {
            root.document(failure.document());
        }
        terminal.out().flush();
        int exit = e instanceof CommandFailure failure ? failure.exit() : Exit.FAILED;
        if (exit == Exit.USAGE) {
            usage(terminal, command, e.getMessage());
        } else if (!(e instanceof CommandFailure) || e.getMessage() != null) {
            error(terminal, e instanceof CommandFailure ? e.getMessage() : e.toString());
        }
        if (root.verbose()) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                terminal.err().println("  because: " + cause);
            }
            if (!(e instanceof CommandFailure)) {
                e.printStackTrace(terminal.err());
            }
        }
        return exit;
    }

    private static void usage(Terminal terminal, CommandLine command, String message) {
        error(terminal, message.replaceFirst("^Error: ", "") + "; see " + command.getCommandSpec().qualifiedName() + " --help");
    }

    private static void error(Terminal terminal, String message) {
        terminal.err().println("azekura: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
