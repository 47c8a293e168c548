package org.azekura.cli.contact;

import com.fasterxml.jackson.databind.JsonNode;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Words;

/** Words for a dangerous act that waits for another admin. */
public final class RequestWords {

    private RequestWords() {}

    public static String state(JsonNode request) {
        String why = Words.text(request, "why");
        return switch (Words.text(request, "state")) {
            case "waiting" -> "waits for a second admin until " + Words.time(request, "due");
            case "confirmed" -> "is carried out at " + Words.time(request, "due");
            case String other -> other + " " + Words.time(request, "ended") + (why.isEmpty() ? "" : ": " + why);
        };
    }

    /** One line for whom a command was answered by a request instead of being done. */
    static CommandFailure waits(JsonNode request) {
        String number = Words.text(request, "request");
        return CommandFailure.waits("request " + number + " " + state(request) + "; azekura request show " + number, request);
    }
}
