package org.azekura.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.cli.command.Patience;
import org.azekura.cli.command.Root;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the pages for people tell them to type is what the command line takes. */
class ManualTest {

    private static final Path CHECKOUT = Path.of("../..");
    private static final Pattern COMMAND = Pattern.compile("(?:^(?:    |\\$ )|\\| |    \\$ )(?:\\./)?azekura ([^|#]*)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\$\\([^)]*\\)|\\S+)");

    private final CommandLine line = new CommandLine(new Root(null, Map.of(), Patience.USUAL));

    ManualTest() {
        Commands.add(line, (Root) line.getCommandSpec().userObject());
        line.setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Test
    void everyCommandOfTheManualCanBeTyped() throws IOException {
        List<String> wrong = new ArrayList<>();
        int found = 0;
        for (Path page : pages()) {
            int number = 0;
            for (String text : Files.readAllLines(page)) {
                number++;
                Matcher command = COMMAND.matcher(text);
                while (command.find()) {
                    String typed = command.group(1).strip();
                    try {
                        parse(words(typed));
                    } catch (CommandLine.ParameterException e) {
                        wrong.add(CHECKOUT.relativize(page) + ":" + number + ": azekura " + typed + ": " + e.getMessage());
                    }
                    found++;
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(found > 100, found + " commands found");
    }

    @Test
    void everyExampleOfAHelpCanBeTypedAndIsOfItsCommand() {
        List<String> wrong = new ArrayList<>();
        commands(line).skip(1).forEach(command -> {
            String name = command.getCommandSpec().qualifiedName();
            List<String> examples = Stream.of(command.getCommandSpec().usageMessage().footer()).map(text -> text.replace("%%", "%").strip())
                    .filter(text -> text.contains("azekura ")).toList();
            if (examples.stream().noneMatch(example -> example.contains("azekura ") && example.contains(command.getCommandName()))) {
                wrong.add(name + " has no example");
            }
            for (String example : examples) {
                try {
                    parse(words(example.replaceFirst("^.*?azekura ", "").replaceFirst(" [|>#].*|\\)$", "")));
                } catch (CommandLine.ParameterException e) {
                    wrong.add(name + ": " + example + ": " + e.getMessage());
                }
            }
        });
        assertEquals(List.of(), wrong);
    }

    /** A command and all below it. */
    static Stream<CommandLine> commands(CommandLine line) {
        return Stream.concat(Stream.of(line), line.getSubcommands().values().stream().flatMap(ManualTest::commands));
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(CHECKOUT.resolve("README.md"), CHECKOUT.resolve("README.ja.md"), CHECKOUT.resolve("docs/tape-library.md"),
                CHECKOUT.resolve("docs/simulator.md")));
        try (Stream<Path> manual = Files.walk(CHECKOUT.resolve("docs/manual"))) {
            manual.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    private static List<String> words(String typed) {
        return WORD.matcher(typed).results().map(word -> word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3)).toList();
    }

    /** Those of the script alone take its options, which another test compares. */
    private void parse(List<String> words) {
        if (List.of("build", "check", "bench", "quickstart", "up", "down", "extract", "driver", "image").contains(words.getFirst())
                && !List.of("list", "trust", "install", "update", "remove").contains(words.size() > 1 ? words.get(1) : "")) {
            return;
        }
        line.parseArgs(words.toArray(String[]::new));
    }
}
