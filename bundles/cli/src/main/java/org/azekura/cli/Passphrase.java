package org.azekura.cli;

import java.io.Console;
import java.util.Arrays;

/** The passphrase of a key: from {@code AZEKURA_PASSPHRASE}, else from the terminal, where it is not shown. */
final class Passphrase {

    private static final String VARIABLE = "AZEKURA_PASSPHRASE";

    private Passphrase() {}

    /** To protect a key with, typed twice; null if there is none. */
    static char[] choose(Root root) {
        String set = root.environment(VARIABLE);
        if (set != null) {
            return set.toCharArray();
        }
        if (!isTerminal(root)) {
            return null;
        }
        char[] first = read("Passphrase to protect the key with (empty for none): ");
        if (first.length == 0) {
            return null;
        }
        char[] second = read("The same again: ");
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, ' ');
        if (!same) {
            throw CommandFailure.failed("the two passphrases are not the same; nothing was written");
        }
        return first;
    }

    /** To open a key with; null if there is none. */
    static char[] ask(Root root) {
        String set = root.environment(VARIABLE);
        return set != null ? set.toCharArray() : isTerminal(root) ? read("Passphrase of the key: ") : null;
    }

    private static boolean isTerminal(Root root) {
        return root.terminal.human() && root.terminal.in() == null;
    }

    private static char[] read(String prompt) {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        if (typed == null) {
            throw CommandFailure.failed("no passphrase was typed");
        }
        return typed;
    }
}
