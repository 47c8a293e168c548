package org.azekura.rest.call;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.azekura.api.BackupException;

/** Something that answers a call, or says why not: what it throws is answered as the problem that it is. */
public interface Attempt {

    /** Within some seconds another leads, or the one that did is found again. */
    String RETRY_s = "5";

    void run() throws IOException, Refusal, BackupException, InterruptedException;

    static void make(HttpServletRequest request, HttpServletResponse response, Attempt attempt) throws IOException {
        try {
            attempt.run();
        } catch (Refusal e) {
            e.headers().forEach(response::setHeader);
            leaveWhatIsUnread(request, response);
            HttpAnswer.problem(response, e.problem());
        } catch (BackupException e) {
            leaveWhatIsUnread(request, response);
            if (e.failure().code().equals("server.standby")) {
                response.setHeader("Retry-After", RETRY_s);
            }
            HttpAnswer.problem(response, Problem.of(e));
        } catch (IllegalArgumentException e) {
            // our identifiers check themselves; their message says what would do
            HttpAnswer.problem(response, Refusal.badRequest("request.value", "", e.getMessage()).problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            HttpAnswer.cutOff(response);
        } catch (RuntimeException e) {
            HttpAnswer.problem(response, Problem.fault(request.getMethod() + " " + request.getRequestURI(), e));
        }
    }

    /** Behind a body that is not read to its end the connection takes no other call. */
    private static void leaveWhatIsUnread(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Arrival.hesitates(request) || Arrival.isAnnounced(request) && !request.getInputStream().isFinished()) {
            response.setHeader("Connection", "close");
        }
    }
}
