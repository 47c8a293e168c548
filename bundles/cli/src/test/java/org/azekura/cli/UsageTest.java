package org.azekura.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.cli.command.Patience;
import org.azekura.cli.command.Root;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UsageTest {

    /** What the script does has no document to answer with. */
    private static final List<String> SCRIPTED = List.of("build", "check", "bench", "quickstart");

    private final Shell shell = new Shell(Path.of("/nope"));

    @ParameterizedTest
    @ValueSource(strings = {"", "nope", "--nope", "backup", "backup --nope /x", "backup --stdin", "backup --stdin x /y", "backup --stdin a/b", "backup --stdin ..", "backup --stdin x --dry-run",
        "backup --stdin x", "backup --exclude", "backup --exclude re:[ /x", "backup --name a/b /x",
        "backup --park-wait soon /x", "backup --path-encoding utf-16 /x", "backup --path-encoding percent /x%z", "restore", "restore abc", "restore abc --to",
        "restore abc --to /x --overwrite sometimes", "verify extra", "verify --depth deep", "verify --budget 0", "verify --budget soon", "prune extra", "snapshot delete", "verify --pool a --snapshot b", "snapshot", "snapshot nope", "snapshot show",
        "snapshot ls", "snapshot list extra", "pool", "pool create", "pool create x", "pool create a/b --driver disk", "pool create x --driver disk --set path", "pool create x --driver disk --live-percent 101",
        "pool set", "pool delete", "pool set x", "pool set x --live-percent -1", "pool set x --live-percent much", "pool set x --compression-level 20", 
        "job", "job show", "job list --runing", "job show 1 2", "driver", "driver nope", "driver install", "driver update", "driver update /nope.azd", "driver remove", "driver list extra", "driver trust", "driver trust add",
        "driver trust development", "driver trust development maybe", "device", "device add x", "device add a/b --driver disk", "device test", "device remove",
        "client", "client enrol --expires soon", "client enrol --expires 0s",
        "client revoke", "join", "join https://x", "join http://x 7K2M", "join https://x 7K2M --role server", "join https://x 7K2M --name a/b", "volume list extra", "volume label --all", "volume label --pool p", "volume label --pool p --all --barcode x", "volume scan", "volume export", "volume show", "library", "library show",
        "library inventory", "library move lib1 1", "library clean lib1", "key", "key export --pool p", "--home", "status --home=", "up", "down", "check"})
    void saysWrongUsageInOneLine(String line) {
        assertEquals(2, shell.run(line.isEmpty() ? new String[0] : line.split(" ")), line);
        assertEquals(1, shell.errLines().size(), shell.err);
        assertTrue(shell.err.startsWith("azekura: "), shell.err);
        assertEquals("", shell.out);
    }

    @Test
    void namesACommandThatThereIsNot() {
        assertEquals(2, shell.run("--home", "/x", "backpu", "/srv"));
        assertEquals("azekura: there is no command backpu; see azekura --help\n", shell.err);
    }

    @Test
    void everyCommandHelpsWithAnExampleInEightyColumnsAndRefusesWhatItDoesNotKnow() {
        Root root = new Root(null, java.util.Map.of(), Patience.USUAL);
        CommandLine line = new CommandLine(root);
        Commands.add(line, root);
        List<List<String>> commands = ManualTest.commands(line).map(command -> List.of(command.getCommandSpec().qualifiedName().split(" "))).toList();
        assertTrue(commands.size() > 25, commands.toString());
        for (List<String> named : commands) {
            List<String> args = new ArrayList<>(named.subList(1, named.size()));
            args.add("--help");
            assertEquals(0, shell.run(args.toArray(String[]::new)), args + shell.err);
            assertTrue(shell.out.contains("Example:\n  ") && shell.out.contains(String.join(" ", named)), args + ": " + shell.out);
            assertEquals("", shell.err);
            String body = shell.out.substring(0, shell.out.indexOf("Example:"));
            body.lines().forEach(text -> assertTrue(text.length() <= 80, args + ": " + text));
            assertEquals(!SCRIPTED.contains(args.getFirst()), shell.out.contains("--json"), args + ": " + shell.out);

            args.set(args.size() - 1, "--no-such-option");
            assertEquals(2, shell.run(args.toArray(String[]::new)), args + shell.err);
            assertEquals(1, shell.errLines().size(), args + ": " + shell.err);
            assertTrue(shell.err.endsWith(" --help\n"), args + ": " + shell.err);
            assertEquals("", shell.out);
        }
    }

    /** Each text of a help goes through a formatter, which tells of a bare percent sign on the terminal. */
    @Test
    void noTextOfAHelpHasABarePercentSign() {
        Root root = new Root(null, java.util.Map.of(), Patience.USUAL);
        CommandLine line = new CommandLine(root);
        Commands.add(line, root);
        ManualTest.commands(line).map(CommandLine::getCommandSpec).forEach(spec -> {
            Stream.concat(Stream.of(spec.usageMessage().footer()), Stream.of(spec.usageMessage().description())).forEach(text -> assertTrue(text.replace("%%", "").replace("%n", "").indexOf('%') < 0, spec.qualifiedName() + ": " + text));
        });
    }

    @ParameterizedTest
    @CsvSource({"join,--home --json --fingerprint --verbose", "build,", "check,", "bench,", "quickstart,--home", "up,--home --json", "down,--home --json",
        "status,--home --json --url --token --fingerprint --verbose"})
    void offersOnlyWhatTheCommandTakes(String command, String taken) {
        assertEquals(0, shell.run(command, "--help"));
        for (String option : new String[] {"--home", "--json", "--url", "--token", "--fingerprint", "--verbose"}) {
            assertEquals(taken != null && List.of(taken.split(" ")).contains(option), shell.out.contains("  " + option) || shell.out.contains(", " + option), option + shell.out);
        }
    }

    /** The script reads its options itself, as patterns of a {@code case} in a function of the command's name. */
    @ParameterizedTest
    @ValueSource(strings = {"build", "check", "quickstart", "up", "down", "join"})
    void namesWhatTheScriptTakes(String command) throws IOException {
        String script = Files.readString(Path.of("../../azekura"));
        int begin = command.equals("build") ? script.indexOf("\n    build)") : script.indexOf("\n" + command + "() {");
        String function = script.substring(begin, script.indexOf(command.equals("build") ? ";;\n    check" : "\n}", begin));
        List<String> options = Pattern.compile("(?m)^ +(-[-a-z|=*]+)\\)").matcher(function).results()
                .flatMap(label -> Stream.of(label.group(1).split("[|]"))).map(option -> option.replace("=*", "")).filter(option -> option.length() > 2).toList();
        assertTrue(options.contains("--help"), () -> "no option found in " + function);
        assertEquals(0, shell.run(command, "--help"));
        options.forEach(option -> assertTrue(shell.out.contains(option), option + " is not in " + shell.out));
    }

    @Test
    void tellsItsVersion() {
        assertEquals(0, shell.run("--version"));
        assertEquals(Root.NAME_AND_VERSION + "\n", shell.out);
        assertEquals("", shell.err);
        assertEquals(0, shell.run("--help"));
        assertTrue(shell.out.startsWith("Usage: azekura "), shell.out);
        assertEquals("", shell.err);
    }

    @Test
    void completesCommandsInAShell() {
        assertEquals(0, shell.run("completion"), shell.err);
        assertTrue(shell.out.contains("snapshot"), shell.out);
    }

    @Test
    void takesOptionsBeforeAndAfterTheCommand() {
        assertEquals(5, shell.run("--home", "/status", "snapshot", "list", "--json"));
        assertTrue(shell.err.contains("/status"), shell.err);
        assertEquals(5, shell.run("snapshot", "--home=/status", "list"));
        assertTrue(shell.err.contains("/status"), shell.err);
    }
}
