package org.azekura.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.azekura.cli.access.AuditCommands;
import org.azekura.cli.access.RequestCommands;
import org.azekura.cli.access.RuleCommands;
import org.azekura.cli.access.SignOnCommands;
import org.azekura.cli.access.TokenCommands;
import org.azekura.cli.access.UserCommands;
import org.azekura.cli.backup.BackupCommand;
import org.azekura.cli.backup.SaveSetCommands;
import org.azekura.cli.client.ClientCommands;
import org.azekura.cli.client.JoinCommand;
import org.azekura.cli.command.Root;
import org.azekura.cli.disk.DiskCommands;
import org.azekura.cli.drill.DrillCommands;
import org.azekura.cli.driver.DriverCommands;
import org.azekura.cli.firmware.FirmwareCommands;
import org.azekura.cli.job.JobCommands;
import org.azekura.cli.key.KeyCommands;
import org.azekura.cli.media.DeviceCommands;
import org.azekura.cli.media.LibraryCommands;
import org.azekura.cli.media.PoolCommands;
import org.azekura.cli.media.VolumeCommands;
import org.azekura.cli.mount.MountCommand;
import org.azekura.cli.notify.NotifyCommands;
import org.azekura.cli.policy.PolicyCommands;
import org.azekura.cli.server.ServerCommands;
import org.azekura.cli.server.SiteCommands;
import org.azekura.cli.server.StatusCommand;
import org.azekura.cli.snapshot.RestoreCommand;
import org.azekura.cli.snapshot.SnapshotCommands;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.upkeep.CatalogCommands;
import org.azekura.cli.upkeep.CopyCommand;
import org.azekura.cli.upkeep.PruneCommand;
import org.azekura.cli.upkeep.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** All commands. Only the one that is called is built: reading its annotations is a good part of what a call costs. */
final class Commands {

    private static final Map<String, Function<Root, Object>> ALL = new LinkedHashMap<>();
    private static final Set<String> OPTIONS_WITH_VALUE = Set.of("--home", "--url", "--token", "--fingerprint");

    /** Which of the options that every command inherits the script or a command without an appliance here knows, by command. */
    private static final Map<String, Set<String>> TAKEN_BY_SCRIPT = Map.of("build", Set.of(), "check", Set.of(), "bench", Set.of(),
            "quickstart", Set.of("--home"), "up", Set.of("--home", "--json"), "down", Set.of("--home", "--json"),
            "extract", Set.of("--json", "--verbose"), "join", Set.of("--home", "--json", "--verbose", "--fingerprint"));

    static {
        ALL.put("build", root -> new LocalCommands.Build());
        ALL.put("check", root -> new LocalCommands.Check());
        ALL.put("bench", root -> new LocalCommands.Bench());
        ALL.put("quickstart", root -> new LocalCommands.Quickstart());
        ALL.put("up", root -> new LocalCommands.Up());
        ALL.put("down", root -> new LocalCommands.Down());
        ALL.put("extract", root -> new LocalCommands.Extract());
        ALL.put("join", JoinCommand::new);
        ALL.put("status", StatusCommand::new);
        ALL.put("backup", BackupCommand::new);
        ALL.put("restore", RestoreCommand::new);
        ALL.put("drill", DrillCommands::of);
        ALL.put("mount", MountCommand::new);
        ALL.put("copy", CopyCommand::new);
        ALL.put("verify", VerifyCommand::new);
        ALL.put("prune", PruneCommand::new);
        ALL.put("snapshot", SnapshotCommands::new);
        ALL.put("save-set", SaveSetCommands::of);
        ALL.put("policy", PolicyCommands::of);
        ALL.put("pool", PoolCommands::new);
        ALL.put("device", DeviceCommands::new);
        ALL.put("driver", DriverCommands::of);
        ALL.put("library", LibraryCommands::new);
        ALL.put("volume", VolumeCommands::new);
        ALL.put("job", JobCommands::new);
        ALL.put("client", ClientCommands::new);
        ALL.put("site", SiteCommands::new);
        ALL.put("key", KeyCommands::of);
        ALL.put("user", UserCommands::of);
        ALL.put("token", TokenCommands::new);
        ALL.put("sso", SignOnCommands::new);
        ALL.put("audit", AuditCommands::new);
        ALL.put("request", RequestCommands::new);
        ALL.put("rule", RuleCommands::new);
        ALL.put("notify", NotifyCommands::of);
        ALL.put("catalog", CatalogCommands::new);
        ALL.put("server", ServerCommands::of);
        ALL.put("firmware", FirmwareCommands::new);
        ALL.put("disks", DiskCommands::new);
        ALL.put("completion", CompletionCommand::new);
    }

    private Commands() {}

    static void add(CommandLine line, Root root, String... args) {
        String called = called(List.of(args));
        if (called != null) {
            line.addSubcommand(called, ALL.get(called).apply(root));
        } else {
            ALL.forEach((name, command) -> line.addSubcommand(name, command.apply(root)));
        }
        TAKEN_BY_SCRIPT.forEach((name, options) -> inheritOnly(line.getSubcommands().get(name), options));
    }

    /** Leaves out of the help what the script would refuse. */
    private static void inheritOnly(CommandLine command, Set<String> options) {
        if (command != null) {
            CommandSpec spec = command.getCommandSpec();
            spec.options().stream().filter(OptionSpec::inherited).filter(option -> !option.usageHelp() && !options.contains(option.longestName()))
                    .toList().forEach(spec::remove);
        }
    }

    /** @throws CommandFailure {@link Exit#USAGE} if a command is named that there is not */
    static void requireKnown(String... args) {
        String named = named(List.of(args));
        if (named != null && !ALL.containsKey(named)) {
            throw CommandFailure.usage("there is no command " + named);
        }
    }

    /** The command named, null if all are needed. */
    private static String called(List<String> args) {
        String named = named(args);
        return named != null && ALL.containsKey(named) && !named.equals("completion") ? named : null;
    }

    private static String named(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            if (OPTIONS_WITH_VALUE.contains(args.get(i))) {
                i++;
            } else if (!args.get(i).startsWith("-")) {
                return args.get(i);
            }
        }
        return null;
    }
}
