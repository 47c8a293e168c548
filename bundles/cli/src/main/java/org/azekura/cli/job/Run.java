package org.azekura.cli.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;

/**
 * A job that a command ordered and waited for.
 *
 * @param job as it ended
 */
public record Run(Root root, JsonNode job) {

    /** Takes a result as it is read: it may name millions of files. */
    public interface Reader {
        void begin(String list, ObjectNode facts) throws IOException;

        void element(String list, JsonNode element) throws IOException;

        void end(String list) throws IOException;
    }

    public static Run order(Root root, ObjectNode order, Duration parkWait) {
        long id = root.rest().post("jobs", order).path("id").asLong();
        return new Run(root, new Follower(root, id, parkWait).follow());
    }

    public String id() {
        return job.path("id").asText();
    }

    public boolean warned() {
        return job.path("state").asText().equals("warned");
    }

    public boolean carriedThrough() {
        return job.path("state").asText().equals("done") || warned();
    }

    /** What a job ended with that was not carried through. */
    public CommandFailure failure() {
        String error = Words.text(job, "error");
        return CommandFailure.failed("job " + id() + " " + job.path("state").asText() + (error.isEmpty() ? "" : ": " + error));
    }

    private String resultAddress() {
        return "jobs/" + id() + "/result";
    }

    /** The result of one that was carried through; else this fails. */
    public JsonNode result() {
        if (!carriedThrough()) {
            throw failure();
        }
        return root.rest().get(resultAddress());
    }

    /** The result; one that found something bad has failed, and says what it found all the same. One that was cut short has none: this fails, with why. */
    public JsonNode whatItFound() {
        try {
            return root.rest().get(resultAddress());
        } catch (CommandFailure e) {
            throw e.exit() == Exit.FAILED && !carriedThrough() ? failure() : e;
        }
    }

    /**
     * Reads the result.
     *
     * @return all that is not a list
     */
    public ObjectNode read(Reader reader) {
        if (!carriedThrough()) {
            throw failure();
        }
        ObjectNode facts = Json.object();
        try (JsonParser parser = root.rest().stream(resultAddress())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    facts.set(name, Json.tree(parser));
                    continue;
                }
                reader.begin(name, facts);
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    reader.element(name, Json.tree(parser));
                }
                reader.end(name);
            }
            return facts;
        } catch (IOException e) {
            throw CommandFailure.unreachable("the result of job " + id() + " broke off: " + e.getMessage(), e);
        }
    }
}
