package org.azekura.server.media;

/** Whether a text names something as a word of its own: {@code main-1} does not name {@code main-12}. */
final class NamedIn {

    private NamedIn() {}

    static boolean text(String name, String text) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            if (isEnd(text, at - 1) && isEnd(text, at + name.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEnd(String text, int at) {
        return at < 0 || at >= text.length() || !Character.isLetterOrDigit(text.charAt(at)) && text.charAt(at) != '-' && text.charAt(at) != '_';
    }
}
