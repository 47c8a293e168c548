package org.azekura.rest.call;

import java.time.DateTimeException;
import java.util.List;

/**
 * A parameter of a query. Its form is looked at before an endpoint is asked.
 *
 * @param says what it does, one sentence without a full stop
 */
public record Parameter(String name, Form form, String says, boolean required) {

    /** What a value may be. */
    public sealed interface Form {

        /** @param example a value as it may be */
        record Text(String example) implements Form {}

        /** {@code true}, {@code false}, or there without a value, which is true. */
        record Flag() implements Form {}

        record Whole(int least, int most) implements Form {}

        record Word(List<String> words) implements Form {}

        /** RFC 3339, with a time zone. */
        record Time() implements Form {}
    }

    public static Parameter text(String name, String example, String says) {
        return new Parameter(name, new Form.Text(example), says, false);
    }

    public static Parameter flag(String name, String says) {
        return new Parameter(name, new Form.Flag(), says, false);
    }

    public static Parameter whole(String name, int least, int most, String says) {
        return new Parameter(name, new Form.Whole(least, most), says, false);
    }

    public static Parameter word(String name, List<String> words, String says) {
        return new Parameter(name, new Form.Word(List.copyOf(words)), says, false);
    }

    public static Parameter time(String name, String says) {
        return new Parameter(name, new Form.Time(), says, false);
    }

    /** The same, which must be given. */
    public Parameter needed() {
        return new Parameter(name, form, says, true);
    }

    void check(String value) throws Refusal {
        if (value == null) {
            if (required) {
                throw Refusal.badRequest("request.parameter", name, "the parameter " + name + " is missing");
            }
            return;
        }
        switch (form) {
            case Form.Text _ -> { }
            case Form.Flag _ -> require(value.isEmpty() || value.equals("true") || value.equals("false"), "true or false", value);
            case Form.Whole(int least, int most) -> require(isWithin(value, least, most), "a number from " + least + " to " + most, value);
            case Form.Time() -> require(isTime(value), "a time like 2026-01-02T03:04:05Z", value);
            case Form.Word(List<String> words) -> require(words.contains(value), "one of " + String.join(", ", words), value);
        }
    }

    private static boolean isWithin(String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            return number >= least && number <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isTime(String value) {
        try {
            return Call.time(value) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void require(boolean fits, String what, String value) throws Refusal {
        if (!fits) {
            throw Refusal.badRequest("request.value", name, name + " is " + what + ", not \"" + value + "\"");
        }
    }
}
