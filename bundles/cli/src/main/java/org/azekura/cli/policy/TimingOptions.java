package org.azekura.cli.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.azekura.api.TimeSpan;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import picocli.CommandLine.Option;

/** When a policy runs and what it keeps, as it is given; what is not given stays as it was. */
public final class TimingOptions {

    @Option(names = "--schedule", paramLabel = "WHEN", description = {"When it runs by itself, like \"daily 22:00\", \"mon..fri 12:30\", \"weekly sat 02:00\", \"monthly last sun 03:00\", "
            + "\"hourly\", \"every 15m\", or as cron has it: \"0 22 * * *\"; several with semicolons. Empty: it is run by hand."})
    private String schedule;

    @Option(names = "--zone", paramLabel = "ZONE", description = "Time zone of these times, like Europe/Berlin; empty: that of the server.")
    private String zone;

    @Option(names = "--blackout", paramLabel = "HOURS", arity = "1..*",
            description = "Nothing of it begins then, like \"mon..fri 08:00-18:00\"; what runs goes on. An empty text: never any more.")
    private List<String> blackouts;

    @Option(names = "--in-blackout", paramLabel = "wait|skip", description = "What becomes of a run that falls into a blackout: it waits for the end (as usual), or is left out.")
    private String inBlackout;

    @Option(names = "--missed", paramLabel = "run|skip", description = "What becomes of a run that the server missed: it is made once, later (as usual), or is left out.")
    private String missed;

    @Option(names = "--priority", paramLabel = "N", description = "0 to 100, usually 50: of jobs that wait those with more come first.")
    private Integer priority;

    @Option(names = "--at-once", paramLabel = "N", description = "So many backups of it run at once at most; 0: no bound of its own.")
    private Integer atOnce;

    @Option(names = "--spread", paramLabel = "TIME", description = "Its backups begin at moments of their own within this time, like 20m.")
    private String spread;

    @Option(names = "--retries", paramLabel = "N", description = "How often a backup that failed is begun again, usually 2.")
    private Integer retries;

    @Option(names = "--retry-after", paramLabel = "TIME", description = "So long after it failed, usually 10m.")
    private String retryAfter;

    @Option(names = "--keep", paramLabel = "RULE", arity = "1..*", description = "What stays, like last=3 daily=7 within=30d; without any rule everything. An empty text: everything from now on.")
    private List<String> keep;

    /** @throws CommandFailure {@link Exit#USAGE} */
    public void put(ObjectNode order) {
        Json.putGiven(order, "schedule", schedule);
        Json.putGiven(order, "zone", zone);
        if (blackouts != null) {
            blackouts.stream().filter(hours -> !hours.isBlank()).forEach(order.putArray("blackouts")::add);
        }
        leaveOut(order, inBlackout);
        flag(order, "catchUp", "--missed", missed, "run", "skip");
        number(order, "priority", priority);
        number(order, "atOnce", atOnce);
        seconds(order, "spread", "--spread", spread);
        number(order, "retries", retries);
        seconds(order, "retryAfter", "--retry-after", retryAfter);
        if (keep != null) {
            order.put("keep", String.join(",", keep));
        }
    }

    static void leaveOut(ObjectNode order, String inBlackout) {
        flag(order, "leaveOut", "--in-blackout", inBlackout, "skip", "wait");
    }

    private static void flag(ObjectNode order, String field, String option, String word, String yes, String no) {
        if (word != null && !word.equals(yes) && !word.equals(no)) {
            throw CommandFailure.usage(option + " is " + yes + " or " + no + ", not \"" + word + "\"");
        }
        if (word != null) {
            order.put(field, word.equals(yes));
        }
    }

    /** Whether there is a rule for what stays. */
    public boolean keeps() {
        return keep != null;
    }

    private static void number(ObjectNode order, String field, Integer number) {
        if (number != null) {
            order.put(field, number);
        }
    }

    private static void seconds(ObjectNode order, String field, String option, String time) {
        if (time != null) {
            long seconds = time.equals("0") ? 0 : TimeSpan.seconds(time);
            if (seconds < 0) {
                throw CommandFailure.usage(option + " is a time like 90s, 10m or 2h, not \"" + time + "\"");
            }
            order.put(field, seconds);
        }
    }
}
