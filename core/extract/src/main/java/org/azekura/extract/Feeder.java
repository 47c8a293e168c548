package org.azekura.extract;

import java.io.Console;

/** Who puts cartridges into drives where no robot does. */
interface Feeder {

    /** There is nobody. */
    Feeder NOBODY = wanted -> false;

    /**
     * Asks for something and waits for it, as long as that takes.
     *
     * @param wanted for people: what is to be put where, and why
     * @return false if it can't be had: then it is done without
     */
    boolean give(String wanted);

    /** Who sits at the terminal, if there is one. */
    static Feeder terminal() {
        Console console = System.console();
        return console == null || !console.isTerminal() ? NOBODY : wanted -> {
            String answer = console.readLine("%s%nPress Enter when it is there, or type s and Enter to go on without it: ", wanted);
            return answer != null && !answer.strip().equalsIgnoreCase("s");
        };
    }
}
