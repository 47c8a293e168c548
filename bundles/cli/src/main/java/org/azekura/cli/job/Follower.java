package org.azekura.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.EventReader;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;

/** Stays with a job until it ends. */
public final class Follower {

    /** The appliance gives a sign of life every few seconds. With the patience of {@link Root} under a minute. */
    private static final int SILENCE_MS = 12_000;
    private static final long PAUSE_MS = 500;
    private static final Set<String> ENDED = Set.of("done", "warned", "failed", "cancelled");

    private final Root root;
    private final long job;
    private final Duration parkWait;
    private final ProgressLine line;
    private long contact = System.nanoTime();
    private long heard = contact;
    private final Parking parking = new Parking(System::nanoTime);

    /** @param parkWait how long to wait for a job that is parked */
    public Follower(Root root, long job, Duration parkWait) {
        this.root = root;
        this.job = job;
        this.parkWait = parkWait;
        this.line = new ProgressLine(root.terminal(), root.verbose());
    }

    /** @return the job as it ended */
    public JsonNode follow() {
        Thread farewell = new Thread(this::tellThatItGoesOn, "farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            while (true) {
                try {
                    if (watch()) {
                        return root.rest().get("jobs/" + job);
                    }
                } catch (CommandFailure e) {
                    if (e.exit() != Exit.UNREACHABLE) {
                        throw e;
                    }
                    if (since(contact).compareTo(root.patience().away()) > 0) {
                        throw CommandFailure.unreachable("the appliance went away while job " + job + " ran (" + e.getMessage()
                                + "); when it is back: azekura job watch " + job, e);
                    }
                    Thread.sleep(PAUSE_MS);
                    // one that was started again may have another port
                    root.lookAgain();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted; job " + job + " goes on by itself");
        } finally {
            line.clear();
            forget(farewell);
        }
    }

    /** Who presses Ctrl-C ends this command, not the job. */
    private void tellThatItGoesOn() {
        root.terminal().err().println("\nazekura: job " + job + " goes on; see it: azekura job watch " + job + "; end it: azekura job cancel " + job);
    }

    private static void forget(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // It is being told just now.
        }
    }

    static boolean ended(JsonNode job) {
        return ENDED.contains(job.path("state").asText());
    }

    private static Duration since(long then) {
        return Duration.ofNanos(System.nanoTime() - then);
    }

    /** @return whether the job ended; if not, only the stream did */
    private boolean watch() {
        try (EventReader events = root.rest().events("events?job=" + job, SILENCE_MS)) {
            for (JsonNode event = events.next(); event != null; event = events.next()) {
                contact = System.nanoTime();
                if (!event.isMissingNode()) {
                    line.show(event);
                    if (endedBy(event)) {
                        return true;
                    }
                } else if (since(heard).compareTo(root.patience().quiet()) >= 0 && endedBy(root.rest().get("jobs/" + job))) {
                    return true;
                }
                giveUpParked();
            }
            return false;
        } catch (IOException e) {
            throw CommandFailure.unreachable(root.rest().url() + ": " + e.getMessage(), e);
        }
    }

    /** @param news an event, or the job itself */
    private boolean endedBy(JsonNode news) {
        heard = System.nanoTime();
        String state = news.path("state").asText();
        park(state.equals("parked") || state.equals("queued") && isHeld(news));
        return ended(news);
    }

    /** An event has the phase, the job itself why it waits. */
    private static boolean isHeld(JsonNode news) {
        return news.path("phase").asText().equals("held") || !news.path("error").asText("").isEmpty();
    }

    private void park(boolean isParked) {
        if (!isParked) {
            parking.end();
        } else if (!parking.isParked()) {
            String why = why();
            if (parking.begin(why)) {
                line.clear();
                root.terminal().err().println("azekura: " + why);
            }
        }
    }

    private void giveUpParked() {
        if (parking.isParked() && parking.lasted().compareTo(parkWait) >= 0) {
            throw CommandFailure.told();
        }
    }

    private String why() {
        JsonNode now = root.rest().get("jobs/" + job);
        String error = now.path("error").asText("");
        return "job " + job + (now.path("state").asText().equals("queued") ? " held: " : " parked: ") + (error.isEmpty() ? "it goes on by itself when it can" : error);
    }
}
