package org.azekura.cli.command;

import java.io.Console;
import java.util.Arrays;
import org.azekura.cli.text.CommandFailure;

/**
 * The passphrase of a key: from {@code AZEKURA_PASSPHRASE}, else from the terminal, where it is not shown; in the same way the password of a user, from
 * {@code AZEKURA_PASSWORD}.
 */
public final class Passphrase {

    private static final String VARIABLE = "AZEKURA_PASSPHRASE";
    private static final String PASSWORD = "AZEKURA_PASSWORD";
    private static final String CLIENT_SECRET = "AZEKURA_CLIENT_SECRET";

    private Passphrase() {}

    /** To protect a key with, typed twice; null if there is none. */
    public static char[] choose(Root root) {
        return choose(root, VARIABLE, "Passphrase to protect the key with (empty for none): ", "passphrases");
    }

    /** To protect what a second server gets, typed twice; null if there is none. */
    public static char[] chooseForTwin(Root root) {
        return choose(root, VARIABLE, "Passphrase to protect the file with: ", "passphrases");
    }

    /** To log in with, typed twice; null if the appliance is to make one. */
    public static char[] choosePassword(Root root, String user) {
        return choose(root, PASSWORD, "Password of " + user + " (empty: one for once is made): ", "passwords");
    }

    /** By which a provider knows this appliance; null if none is given. */
    public static char[] chooseSecret(Root root) {
        return choose(root, CLIENT_SECRET, "Secret of the client at the provider (empty: as it is): ", "secrets");
    }

    private static char[] choose(Root root, String variable, String prompt, String what) {
        String set = root.environment(variable);
        if (set != null) {
            return set.toCharArray();
        }
        if (!isTerminal(root)) {
            return null;
        }
        char[] first = read(prompt);
        if (first.length == 0) {
            return null;
        }
        char[] second = read("The same again: ");
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, ' ');
        if (!same) {
            throw CommandFailure.failed("the two " + what + " are not the same; nothing was done");
        }
        return first;
    }

    /** To open a key with; null if there is none. */
    public static char[] ask(Root root) {
        String set = root.environment(VARIABLE);
        return set != null ? set.toCharArray() : isTerminal(root) ? read("Passphrase of the key: ") : null;
    }

    private static boolean isTerminal(Root root) {
        return root.terminal().human() && root.terminal().in() == null;
    }

    private static char[] read(String prompt) {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        if (typed == null) {
            throw CommandFailure.failed("nothing was typed");
        }
        return typed;
    }
}
