package org.azekura.kit;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import org.azekura.api.BackupException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program {@code azekura driver …} for authors of drivers. */
@Command(name = "azekura driver", synopsisSubcommandLabel = "COMMAND", description = "For authors of drivers; no appliance is needed. See drivers/README.md.",
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage, 4 refused.", "", "Example:", "  azekura driver new shelf"})
public final class Kit {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this.")
    private boolean help;

    private Kit() {}

    /** {@code azekura driver}, or {@code java -jar} of this program alone. */
    public static void main(String[] args) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        PrintStream out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int exit = run(new Told(out, err), args);
        out.flush();
        System.exit(exit);
    }

    static int run(Told told, String... args) {
        CommandLine line = new CommandLine(new Kit()).addSubcommand(new NewCommand(told)).addSubcommand(new PackCommand(told))
                .addSubcommand(new KeyCommand(told)).addSubcommand(new SignCommand(told)).addSubcommand(new TestCommand(told));
        line.setOut(new PrintWriter(told.out(), true)).setErr(new PrintWriter(told.err(), true));
        line.setParameterExceptionHandler((e, given) -> tell(told, Exit.USAGE, e.getMessage() + "; see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help"));
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            told.out().flush();
            return switch (e) {
                case BackupException failure -> tell(told, Exit.of(failure), sentence(failure));
                case IllegalArgumentException usage -> tell(told, Exit.USAGE, usage.getMessage());
                case FileSystemException failure -> tell(told, Exit.FAILED, "cannot read or write " + failure.getFile() + ": " + failure.getClass().getSimpleName()
                        + (failure.getReason() == null ? "" : ", " + failure.getReason()) + "; give another path, or mend its rights");
                case UncheckedIOException failure -> tell(told, Exit.FAILED, failure.getCause().toString());
                default -> tell(told, Exit.FAILED, e.toString());
            };
        });
        return line.execute(args);
    }

    /** What is said of a package names its file. */
    private static String sentence(BackupException failure) {
        return switch (failure.failure().code()) {
            case "package.invalid", "package.refused" -> failure.failure().subject() + ": " + failure.getMessage();
            default -> failure.getMessage();
        };
    }

    private static int tell(Told told, int exit, String message) {
        told.err().println("azekura: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
        return exit;
    }
}
