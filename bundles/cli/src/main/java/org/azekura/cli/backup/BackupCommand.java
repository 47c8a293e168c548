package org.azekura.cli.backup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.azekura.api.ByteSize;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.cli.command.Root;
import org.azekura.cli.job.ParkWait;
import org.azekura.cli.job.PathReport;
import org.azekura.cli.job.ProblemList;
import org.azekura.cli.job.Run;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.PathForm;
import org.azekura.cli.text.Rate;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura backup} */
@Command(name = "backup", description = {"Backs up paths now and waits for the end; the last line is the id of the snapshot.",
        "", "Patterns are tried in the order given, the first that matches decides; what none matches is saved:",
        "  *.tmp             a name (with a slash: an absolute path; ** is any depth)",
        "  re:^/srv/.*\\.o$   a regular expression found in the absolute path",
        "  larger:1GiB       a file larger than that",
        "  marker:.nobackup  a folder that contains such a file",
        "", "With --name and without paths a save set is saved that \"azekura save-set create\" made.",
        "", "Without --name the save set is named by its paths: /srv/data is \"srv-data\"; several paths or other characters add eight digits of a hash.",
        "", "With --stdin a stream is saved instead of paths, as the one file /NAME. If it breaks off, nothing is saved; set -o pipefail tells of a command before the pipe that failed."},
        footer = {"", "Example:", "  azekura backup --exclude '*.tmp' --exclude marker:.nobackup /srv/data /etc", "  pg_dump db | azekura backup --stdin db.sql"})
public final class BackupCommand implements Callable<Integer>, RuleReader.Ruled {

    private final Root root;
    private final ArrayNode rules = Json.array();

    @Option(names = "--client", paramLabel = "CLIENT", description = "Whose paths (default: this host).")
    private String client;

    @Option(names = "--pool", paramLabel = "POOL", description = "Where to (default: where the client's backups go, else the only pool, or \"default\").")
    private String pool;

    @Option(names = "--only", description = "To no other pool of the group, whatever is in the way.")
    private boolean only;

    @Option(names = "--limit", paramLabel = "SIZE", description = "Send at most so much a second, like 20MiB.")
    private String limit;

    @Option(names = "--name", paramLabel = "SAVESET", description = "Name of the save set.")
    private String name;

    @Option(names = "--one-file-system", description = "Stay on the file system of each path.")
    private boolean oneFileSystem;

    @Option(names = "--dry-run", description = "Only list what would be saved.")
    private boolean dryRun;

    @Option(names = "--path-encoding", paramLabel = "FORM", defaultValue = "plain", description = "plain, or percent: %%XX is a byte, in paths given and shown.")
    private PathForm form;

    @Mixin
    private final ParkWait parked = new ParkWait();

    @Option(names = "--stdin", paramLabel = "NAME", description = "Save standard input as a file of this name, by the client of the home.")
    private String stdin;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files and folders, each with all that is below.")
    private List<String> paths = List.of();

    public BackupCommand(Root root) {
        this.root = root;
    }

    @Option(names = "--exclude", paramLabel = "PATTERN", arity = "1", parameterConsumer = RuleReader.class,
            description = "Leave out what matches; may be repeated.")
    private boolean exclude;

    @Option(names = "--include", paramLabel = "PATTERN", arity = "1", parameterConsumer = RuleReader.class,
            description = "Save what matches; may be repeated.")
    private boolean include;

    @Override
    public ArrayNode rules() {
        return rules;
    }

    @Override
    public Integer call() throws IOException {
        if (stdin != null) {
            return stream(form.typed(stdin));
        }
        if (paths.isEmpty()) {
            return kept();
        }
        List<String> absolute = new ArrayList<>();
        paths.forEach(path -> absolute.add(form.absolute(path)));
        ObjectNode order = order(absolute);
        absolute.forEach(order.putArray("paths")::add);
        return carryOut(order);
    }

    /** What is saved, by whom and with which hooks, the save set says itself. */
    private int kept() throws IOException {
        if (name == null) {
            throw CommandFailure.usage("give at least one path, --stdin NAME, or the --name of a save set that is kept");
        }
        if (!rules.isEmpty() || oneFileSystem) {
            throw CommandFailure.usage("the save set " + name + " has its own paths and rules: patterns and --one-file-system go with paths");
        }
        return carryOut(order(List.of("/")));
    }

    private int stream(RawPath file) throws IOException {
        if (!paths.isEmpty() || client != null || !rules.isEmpty() || oneFileSystem || dryRun) {
            throw CommandFailure.usage("--stdin is all that is saved, by the client here: it goes with --name and --pool, not with paths, rules or --client");
        }
        if (!file.isName()) {
            throw CommandFailure.usage("--stdin takes the name of a file without a folder, like db.sql; not \"" + file + "\"");
        }
        ObjectNode order = order(List.of("/" + file.toPercent()));
        try (StdinStream stream = StdinStream.open(root)) {
            order.putObject("stdin").put("name", file.toPercent()).put("stream", stream.number());
            stream.begin();
            return carryOut(order);
        }
    }

    /** @param absolute what names the save set */
    private ObjectNode order(List<String> absolute) {
        ObjectNode order = Json.object().put("kind", "backup").put("saveSet", saveSet(absolute))
                .put("oneFileSystem", oneFileSystem).put("dryRun", dryRun);
        order.set("rules", rules);
        Json.putGiven(order, "client", client);
        Json.putGiven(order, "pool", pool);
        if (only) {
            order.put("only", true);
        }
        if (limit != null) {
            order.put("limit", Rate.parse(limit));
        }
        return order;
    }

    private int carryOut(ObjectNode order) throws IOException {
        long began = System.nanoTime();
        Run run = Run.order(root, order, parked.time());
        PathReport report = new PathReport(root, List.of("snapshot", "job", "files", "bytes", "stored", "pool", "detour"),
                Map.of("warnings", new ProblemList(root.terminal(), form), "listed", new PathList(root.out(), form)));
        ObjectNode result = run.read(report);
        if (!Words.text(result, "detour").isEmpty()) {
            root.terminal().err().println("azekura: saved to pool " + Words.text(result, "pool") + ": " + Words.text(result, "detour"));
        }
        if (root.json()) {
            report.close(result);
        } else if (dryRun) {
            // not among the paths, which scripts count
            root.terminal().err().printf("%s: %s files and folders would be saved; nothing was (job %s)%n", order.path("saveSet").asText(),
                    Words.count(result, "files"), run.id());
        } else {
            root.out().printf("%s: %s, %s, stored %s, in %.1f s (job %s)%n", order.path("saveSet").asText(), Words.count(result, "files", "file"),
                    Words.size(result, "bytes"), ByteSize.format(result.path("stored").asLong()), (System.nanoTime() - began) / 1e9, run.id());
            root.out().println(Words.text(result, "snapshot"));
        }
        return report.exit(run);
    }

    private String saveSet(List<String> absolute) {
        try {
            return new SaveSetName(name == null ? DefaultName.of(absolute) : name).value();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.USAGE, e.getMessage(), e);
        }
    }
}
