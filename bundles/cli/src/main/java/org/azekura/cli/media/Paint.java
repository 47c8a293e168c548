package org.azekura.cli.media;

import org.azekura.cli.command.Root;

/** Colours for who looks at a terminal and has not set NO_COLOR (no-color.org); else text as it is. */
record Paint(boolean on) {

    /** What is shown. */
    enum Tone {
        PLAIN(""), FAINT("2"), TITLE("1"), GOOD("32"), BUSY("36"), FULL("34"), WARNING("33"), BAD("31");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    static Paint of(Root root) {
        return new Paint(root.terminal().human() && root.environment("NO_COLOR") == null);
    }

    String text(Tone tone, String text) {
        return on && tone != Tone.PLAIN ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
    }
}
