package org.azekura.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.azekura.api.HookName;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;

/** Names of hooks as they are given. */
public final class HookOptions {

    private HookOptions() {}

    /** @throws CommandFailure {@link Exit#USAGE} if it is no plain name */
    public static void hook(ObjectNode order, String phase, String hook) {
        if (hook != null) {
            try {
                order.put(phase, new HookName(hook).value());
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(Exit.USAGE, e.getMessage() + "; a hook is a program in the client's folder hooks, called by its name", e);
            }
        }
    }
}
