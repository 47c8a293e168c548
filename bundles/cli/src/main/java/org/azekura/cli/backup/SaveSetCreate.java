package org.azekura.cli.backup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.azekura.cli.command.HookOptions;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.PathForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura save-set create} */
@Command(name = "create", description = {"Keeps a save set.",
        "", "With --via another client collects, on behalf of CLIENT, which need not run anything: from a mount, a snapshot, or what a hook dumps.",
        "Paths are as on the collecting client; the snapshots are CLIENT's.",
        "", "A hook is a program that the owner of the collecting client has put into the folder hooks of its home, under a plain name. It belongs to root or"
            + " to the client's user, who alone can write it and its folder. It gets no arguments; its environment says AZEKURA_JOB, AZEKURA_CLIENT,"
            + " AZEKURA_SAVE_SET, AZEKURA_PHASE and, for --post, AZEKURA_RESULT. If --pre fails, nothing is saved; --post is called however the backup ends."},
        footer = {"", "Example:", "  azekura save-set create docs --client app --via proxy --include /mnt/app/srv --exclude '*.tmp' --pre mount-app --post umount-app",
            "  azekura save-set create db --client app --dump pg-dump-all"})
final class SaveSetCreate implements Callable<Integer>, RuleReader.Ruled {

    private final ArrayNode rules = Json.array();

    private final Root root;

    @Parameters(paramLabel = "NAME", description = "Of the save set, unique for its client.")
    private String name;

    @Option(names = "--client", paramLabel = "CLIENT", description = "Whose data it is (default: this host).")
    private String client;

    @Option(names = "--via", paramLabel = "PROXY", description = "The client that collects (default: CLIENT itself).")
    private String via;

    @Option(names = "--include", paramLabel = "PATH", arity = "1..*", description = "Files and folders, each with all that is below.")
    private List<String> paths = List.of();

    @Option(names = "--exclude", paramLabel = "PATTERN", arity = "1", parameterConsumer = RuleReader.class,
            description = "Leave out what matches, as in backup; may be repeated.")
    private boolean exclude;

    @Option(names = "--include-pattern", paramLabel = "PATTERN", arity = "1", parameterConsumer = RuleReader.class,
            description = "Save what matches; the first pattern that matches decides.")
    private boolean include;

    @Option(names = "--one-file-system", description = "Stay on the file system of each path.")
    private boolean oneFileSystem;

    @Option(names = "--pre", paramLabel = "HOOK", description = "Called before anything is read.")
    private String pre;

    @Option(names = "--post", paramLabel = "HOOK", description = "Called after that, however it ended.")
    private String post;

    @Option(names = "--dump", paramLabel = "HOOK", description = "Its output is saved as the file /HOOK, instead of paths.")
    private String dump;

    @Option(names = "--path-encoding", paramLabel = "FORM", defaultValue = "plain", description = "plain, or percent: %%XX is a byte, in paths given.")
    private PathForm form;

    SaveSetCreate(Root root) {
        this.root = root;
    }

    @Override
    public ArrayNode rules() {
        return rules;
    }

    @Override
    public Integer call() {
        if (paths.isEmpty() && dump == null) {
            throw CommandFailure.usage("say what is saved: paths with --include PATH, or the output of a hook with --dump HOOK");
        }
        if (!paths.isEmpty() && dump != null) {
            throw CommandFailure.usage("--include and --dump do not go together: what the hook dumps is all that is saved; make two save sets");
        }
        if (dump != null && (oneFileSystem || !rules.isEmpty())) {
            throw CommandFailure.usage((oneFileSystem ? "--one-file-system goes" : "--exclude and --include-pattern go") + " with paths; what the hook of --dump prints is saved as it is");
        }
        ObjectNode order = Json.object().put("name", name).put("oneFileSystem", oneFileSystem);
        order.set("rules", rules);
        ArrayNode wanted = order.putArray("paths");
        paths.forEach(path -> wanted.add(form.absolute(path)));
        HookOptions.put(order, "client", client);
        HookOptions.put(order, "via", via);
        HookOptions.hook(order, "pre", pre);
        HookOptions.hook(order, "post", post);
        HookOptions.hook(order, "dump", dump);
        SaveSetCommands.print(root, root.rest().post("save-sets", order));
        return Exit.DONE;
    }
}
