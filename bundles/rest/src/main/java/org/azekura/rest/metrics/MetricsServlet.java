package org.azekura.rest.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Right;
import org.azekura.api.access.Session;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.GetServlet;
import org.azekura.rest.call.HttpAnswer;
import org.azekura.rest.call.Problem;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Scope;

/** Tells the figures to who may see everything: an auditor's token will do for the program that collects them. */
public final class MetricsServlet extends GetServlet {

    public static final String PATH = "/metrics";

    private static final Set<Right> NEEDED = EnumSet.of(Right.READ);
    private static final long serialVersionUID = 1;

    private final transient Door door;
    private final transient Metrics metrics;

    public MetricsServlet(Door door, Metrics metrics) {
        this.door = door;
        this.metrics = metrics;
    }

    @Override
    protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Door.Entry entry = door.open(request);
            if (entry.session() != null && entry.session().duty() != Session.Duty.NONE) {
                throw Refusal.owing(entry.session().duty());
            }
            admit(entry.caller());
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
            writer.write(text, metrics.now());
            response.setContentType(writer.getContentType());
            response.getOutputStream().write(text.toByteArray());
        } catch (Refusal e) {
            e.headers().forEach(response::setHeader);
            HttpAnswer.problem(response, e.problem());
        } catch (BackupException e) {
            HttpAnswer.problem(response, Problem.of(e));
        } catch (RuntimeException e) {
            HttpAnswer.problem(response, Problem.fault(PATH, e));
        }
    }

    private static void admit(Caller caller) throws Refusal {
        if (!caller.role().may(Right.READ)) {
            throw Refusal.denied(caller, NEEDED);
        }
        Scope.requireUnbounded(caller);
    }
}
