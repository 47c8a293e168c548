package org.azekura.cli.backup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.azekura.cli.command.HookOptions;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.PathForm;
import picocli.CommandLine.Option;

/** What a save set saves, as it is given. */
final class SavedOptions implements RuleReader.Ruled {

    private final ArrayNode rules = Json.array();

    @Option(names = "--via", paramLabel = "PROXY", description = "The client that collects (at first: CLIENT itself).")
    private String via;

    @Option(names = "--include", paramLabel = "PATH", arity = "1..*", description = "Files and folders, each with all that is below.")
    private List<String> paths = List.of();

    @Option(names = "--exclude", paramLabel = "PATTERN", arity = "1", parameterConsumer = RuleReader.class,
            description = "Leave out what matches, as in backup; may be repeated.")
    private boolean exclude;

    @Option(names = "--include-pattern", paramLabel = "PATTERN", arity = "1", parameterConsumer = RuleReader.class,
            description = "Save what matches; the first pattern that matches decides.")
    private boolean include;

    @Option(names = "--one-file-system", negatable = true, description = "Stay on the file system of each path; or enter others.")
    private Boolean oneFileSystem;

    @Option(names = "--pre", paramLabel = "HOOK", description = "Called before anything is read.")
    private String pre;

    @Option(names = "--post", paramLabel = "HOOK", description = "Called after that, however it ended.")
    private String post;

    @Option(names = "--dump", paramLabel = "HOOK", description = "Its output is saved as the file /HOOK, instead of paths.")
    private String dump;

    @Option(names = "--path-encoding", paramLabel = "FORM", defaultValue = "plain", description = "plain, or percent: %%XX is a byte, in paths given.")
    private PathForm form;

    @Override
    public ArrayNode rules() {
        return rules;
    }

    /** For a save set that is not there yet. */
    ObjectNode whole(String name, String client) {
        if (paths.isEmpty() && dump == null) {
            throw CommandFailure.usage("say what is saved: paths with --include PATH, or the output of a hook with --dump HOOK");
        }
        requireOneKind();
        ObjectNode order = Json.object().put("name", name).put("oneFileSystem", Boolean.TRUE.equals(oneFileSystem));
        order.set("rules", rules);
        putPaths(order);
        Json.putGiven(order, "client", client);
        Json.putGiven(order, "via", via);
        HookOptions.hook(order, "pre", pre);
        HookOptions.hook(order, "post", post);
        HookOptions.hook(order, "dump", dump);
        return order;
    }

    /** Only what is given; an empty hook is none any more. */
    ObjectNode changes(boolean noPatterns) {
        requireOneKind();
        if (noPatterns && !rules.isEmpty()) {
            throw CommandFailure.usage("--no-patterns goes without --exclude and --include-pattern: those given take the place of all that were");
        }
        ObjectNode order = Json.object();
        if (!paths.isEmpty()) {
            putPaths(order);
        } else if (dump != null && !dump.isEmpty()) {
            order.putArray("paths");
            order.putArray("rules");
            order.put("oneFileSystem", false);
        }
        if (noPatterns || !rules.isEmpty()) {
            order.set("rules", rules);
        }
        if (oneFileSystem != null) {
            order.put("oneFileSystem", oneFileSystem);
        }
        Json.putGiven(order, "via", via);
        changed(order, "pre", pre);
        changed(order, "post", post);
        changed(order, "dump", dump);
        return order;
    }

    private static void changed(ObjectNode order, String phase, String hook) {
        if ("".equals(hook)) {
            order.put(phase, "");
        } else {
            HookOptions.hook(order, phase, hook);
        }
    }

    private void requireOneKind() {
        boolean dumped = dump != null && !dump.isEmpty();
        if (!paths.isEmpty() && dumped) {
            throw CommandFailure.usage("--include and --dump do not go together: what the hook dumps is all that is saved; make two save sets");
        }
        if (dumped && (Boolean.TRUE.equals(oneFileSystem) || !rules.isEmpty())) {
            throw CommandFailure.usage((Boolean.TRUE.equals(oneFileSystem) ? "--one-file-system goes" : "--exclude and --include-pattern go") + " with paths; what the hook of --dump prints is saved as it is");
        }
    }

    private void putPaths(ObjectNode order) {
        ArrayNode wanted = order.putArray("paths");
        paths.forEach(path -> wanted.add(form.absolute(path)));
    }
}
