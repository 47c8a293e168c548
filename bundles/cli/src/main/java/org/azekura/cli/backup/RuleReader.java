package org.azekura.cli.backup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Set;
import java.util.Stack;
import org.azekura.api.Rule;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Puts patterns of both kinds into one list, so that their order is kept. */
final class RuleReader implements IParameterConsumer {

    private static final Set<String> INCLUDING = Set.of("--include", "--include-pattern");

    /** What has the options: a command, or what several commands share. */
    interface Ruled {
        ArrayNode rules();
    }

    @Override
    public void consumeParameters(Stack<String> args, ArgSpec option, CommandSpec command) {
        String name = ((OptionSpec) option).longestName();
        if (args.isEmpty()) {
            throw new ParameterException(command.commandLine(), "the option " + name + " needs a pattern, like '*.tmp'");
        }
        String pattern = args.pop();
        boolean include = INCLUDING.contains(name);
        try {
            Rule.parse(include, pattern);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        rules(option).addObject().put("include", include).put("pattern", pattern);
    }

    private static ArrayNode rules(ArgSpec option) {
        try {
            return ((Ruled) option.scope().get()).rules();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
