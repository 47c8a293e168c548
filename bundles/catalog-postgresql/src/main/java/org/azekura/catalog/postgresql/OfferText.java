package org.azekura.catalog.postgresql;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Offers.End;

/**
 * What the rows of offers say of ends, as text: {@code done JOB …} with the jobs that follow, {@code returned WHY}, {@code gone}, or {@code failed} and a failure. A failure is
 * its code, kind, whether a retry can help, and subject, in a line each, and its message.
 */
final class OfferText {

    private static final int LINES = 5;

    private OfferText() {}

    static String of(End end) {
        return switch (end) {
            case End.Done(List<JobId> next) -> next.stream().map(id -> " " + id).collect(Collectors.joining("", "done", ""));
            case End.Failed(Failure why) -> "failed " + of(why);
            case End.Returned(String why) -> "returned " + why;
            case End.Gone _ -> "gone";
        };
    }

    static End end(String text) {
        int space = text.indexOf(' ');
        String rest = space < 0 ? "" : text.substring(space + 1);
        return switch (space < 0 ? text : text.substring(0, space)) {
            case "done" -> new End.Done(Arrays.stream(rest.split(" ")).filter(each -> !each.isEmpty()).map(JobId::parse).toList());
            case "failed" -> new End.Failed(failure(rest));
            case "returned" -> new End.Returned(rest);
            case "gone" -> new End.Gone();
            default -> throw new IllegalArgumentException("\"" + text + "\" is no end of an attempt");
        };
    }

    static String of(Failure why) {
        return String.join("\n", why.code(), why.kind().name(), Boolean.toString(why.retryable()), why.subject().replace('\n', ' '), why.message());
    }

    static Failure failure(String text) {
        String[] lines = text.split("\n", LINES);
        if (lines.length < LINES) {
            throw new IllegalArgumentException("\"" + text + "\" is no failure");
        }
        return new Failure(lines[0], Failure.Kind.valueOf(lines[1]), Boolean.parseBoolean(lines[2]), lines[3], lines[4]);
    }
}
