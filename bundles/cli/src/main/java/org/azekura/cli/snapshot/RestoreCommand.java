package org.azekura.cli.snapshot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.azekura.api.Overwrite;
import org.azekura.cli.command.HookOptions;
import org.azekura.cli.command.Root;
import org.azekura.cli.job.ParkWait;
import org.azekura.cli.job.PathReport;
import org.azekura.cli.job.ProblemList;
import org.azekura.cli.job.Run;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.PathForm;
import org.azekura.cli.text.Rate;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code azekura restore} */
@Command(name = "restore", description = {"Restores a snapshot, or paths of it, below a folder.",
        "A file /srv/a lands at DIR/srv/a. What exists is kept unless --overwrite says otherwise; every file that is not restored is named, and the exit code is 3."},
        footer = {"", "Example:", "  azekura restore 0193b2c4 /srv/data/report.odt --to /tmp/restored"})
public final class RestoreCommand implements Callable<Integer> {

    private final Root root;

    @Parameters(index = "0", paramLabel = "ID", description = "Of the snapshot; its first digits are enough if they tell it from all others.")
    private String snapshot;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "PATH", description = "Absolute, as saved (default: all).")
    private List<String> paths;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder on the client that restores.")
    private String to;

    @Option(names = "--client", paramLabel = "CLIENT", description = "Who restores (default: whose snapshot it is).")
    private String client;

    @Option(names = "--overwrite", paramLabel = "WHEN", defaultValue = "never", converter = When.class, description = "never, older or always (default: ${DEFAULT-VALUE}).")
    private Overwrite overwrite;

    @Option(names = "--limit", paramLabel = "SIZE", description = "Receive at most so much a second, like 20MiB.")
    private String limit;

    @Option(names = "--from-copy", paramLabel = "POOL", description = "Read the copy in this pool (default: the nearest place, by waiting and cost; azekura snapshot where says which).")
    private String fromCopy;

    @Option(names = "--thaw", paramLabel = "WAY", description = "How soon what lies in the archive of a cloud is wanted: cheap, usual or fast (default: as the pool is set). --dry-run says how long each takes and costs.")
    private String thaw;

    @Option(names = "--dry-run", description = "Change nothing; name what would not be restored, where it is read, and what that takes.")
    private boolean dryRun;

    @Option(names = "--path-encoding", paramLabel = "FORM", defaultValue = "plain", description = "plain, or percent: %%XX is a byte, in paths given and shown.")
    private PathForm form;

    @Mixin
    private final ParkWait parked = new ParkWait();

    /** Takes the words as they are written everywhere else. */
    static final class When implements ITypeConverter<Overwrite> {
        @Override
        public Overwrite convert(String word) {
            return switch (word) {
                case "never" -> Overwrite.NEVER;
                case "older" -> Overwrite.OLDER;
                case "always" -> Overwrite.ALWAYS;
                default -> throw new TypeConversionException("it is one of never, older, always; not \"" + word + "\"");
            };
        }
    }

    @Option(names = "--pre", paramLabel = "HOOK", description = "Called on the client before anything is written, see save-set create.")
    private String pre;

    @Option(names = "--post", paramLabel = "HOOK", description = "Called after that, however it ended.")
    private String post;

    public RestoreCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        ObjectNode order = Json.object().put("kind", "restore").put("snapshot", snapshot).put("to", form.absolute(to))
                .put("overwrite", overwrite.name().toLowerCase(Locale.ROOT)).put("dryRun", dryRun);
        if (limit != null) {
            order.put("limit", Rate.parse(limit));
        }
        ArrayNode wanted = order.putArray("paths");
        if (paths != null) {
            paths.forEach(path -> wanted.add(form.absolute(path)));
        }
        Json.putGiven(order, "client", client);
        Json.putGiven(order, "fromCopy", fromCopy);
        Json.putGiven(order, "thaw", thaw);
        HookOptions.hook(order, "pre", pre);
        HookOptions.hook(order, "post", post);
        long began = System.nanoTime();
        Run run = Run.order(root, order, parked.time());
        PathReport report = new PathReport(root, List.of("job", "files", "bytes"),
                Map.of("notRestored", new ProblemList(root.terminal(), form), "lying", new LyingList(root), "elsewhere", new ElsewhereList(root)));
        ObjectNode result = run.read(report);
        if (root.json()) {
            report.close(result);
        } else {
            root.out().printf("%s %s, %s, below %s, in %.1f s (job %s)%n", dryRun ? "would restore" : "restored",
                    Words.count(result, "files", "file"), Words.size(result, "bytes"), form.shown(order.path("to").asText()),
                    (System.nanoTime() - began) / 1e9, run.id());
        }
        return report.exit(run);
    }
}
