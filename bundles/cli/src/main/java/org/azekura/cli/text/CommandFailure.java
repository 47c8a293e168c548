package org.azekura.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** Ends the command with one line for people and an exit code for scripts. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exit;
    private final transient JsonNode document;

    public CommandFailure(int exit, String message) {
        this(exit, message, null);
    }

    public CommandFailure(int exit, String message, Throwable cause) {
        this(exit, message, cause, null);
    }

    private CommandFailure(int exit, String message, Throwable cause, JsonNode document) {
        super(message, cause);
        this.exit = exit;
        this.document = document;
    }

    /** What was ordered waits for somebody. */
    public static CommandFailure waits(String message, JsonNode document) {
        return new CommandFailure(Exit.REFUSED, message, null, document);
    }

    /** What the appliance answered all the same: the document of a command that is asked for JSON. Null without one. */
    public JsonNode document() {
        return document;
    }

    public int exit() {
        return exit;
    }

    public static CommandFailure failed(String message) {
        return new CommandFailure(Exit.FAILED, message);
    }

    /** If what was sent is refused, the same with its name: only who sends a file knows what it is called here. */
    public CommandFailure of(Path file) {
        boolean unnamed = (exit == Exit.REFUSED || exit == Exit.USAGE) && getMessage() != null && !getMessage().startsWith(file + ": ");
        return unnamed ? new CommandFailure(exit, file + ": " + getMessage(), getCause()) : this;
    }

    /** A failure whose line stands there already: its message is null. */
    public static CommandFailure told() {
        return new CommandFailure(Exit.FAILED, null);
    }

    public static CommandFailure usage(String message) {
        return new CommandFailure(Exit.USAGE, message);
    }

    public static CommandFailure unreachable(String message, Throwable cause) {
        return new CommandFailure(Exit.UNREACHABLE, message, cause);
    }
}
