package org.azekura.client.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientReport;
import org.azekura.wire.Conversation;

/** Tells the server what a job found, however much it is, in messages that fit in a frame. */
public final class Findings {

    private static final Duration TELL_TIME = Duration.ofMinutes(5);
    /** A frame takes five times as much; what is counted here is about what is encoded. */
    private static final int MAX_BYTES = 1 << 20;

    private final JobId job;
    private final Conversation server;
    private final List<PathProblem> problems = new ArrayList<>();
    private final List<RawPath> listed = new ArrayList<>();
    private long bytes;

    private Findings(JobId job, Conversation server) {
        this.job = job;
        this.server = server;
    }

    /** @throws BackupException if the server does not take them */
    public static void tell(JobId job, Conversation server, List<PathProblem> problems, List<RawPath> listed) throws BackupException {
        Findings findings = new Findings(job, server);
        for (PathProblem problem : problems) {
            findings.room(Problems.bytes(problem));
            findings.problems.add(problem);
        }
        for (RawPath path : listed) {
            findings.room(path.bytes().length);
            findings.listed.add(path);
        }
        findings.send();
    }

    private void room(long more) throws BackupException {
        if (bytes + more > MAX_BYTES) {
            send();
        }
        bytes += more;
    }

    private void send() throws BackupException {
        if (!problems.isEmpty() || !listed.isEmpty()) {
            server.ask(new ClientReport.Findings(job, List.copyOf(problems), List.copyOf(listed)), Answer.Done.class, TELL_TIME);
        }
        problems.clear();
        listed.clear();
        bytes = 0;
    }
}
