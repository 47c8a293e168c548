package org.azekura.rest.peer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.azekura.api.BackupException;
import org.azekura.api.access.Seal;
import org.azekura.rest.call.GetServlet;
import org.azekura.rest.call.HttpAnswer;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Route;

/** Where a server of the same catalog finds out whether it has reached another one of these, and nobody between. Others find nothing here. */
public final class PeerServlet extends GetServlet {

    public static final String PATH = Route.ROOT + "/peer";

    private static final long serialVersionUID = 1;

    private final transient Seal seal;
    private final transient OwnCertificate certificate;

    /** By its SHA-256. */
    public interface OwnCertificate {
        String fingerprint() throws IOException;
    }

    /** @param certificate by which callers know this server */
    public PeerServlet(Seal seal, OwnCertificate certificate) {
        this.seal = seal;
        this.certificate = certificate;
    }

    @Override
    protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String question = request.getHeader(Introduction.QUESTION);
        try {
            if (question == null) {
                throw BackupException.operator("request.unknown", PATH, "nothing was asked");
            }
            response.setHeader(Introduction.ANSWER, Introduction.answer(seal, question, certificate.fingerprint()));
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } catch (BackupException e) {
            HttpAnswer.problem(response, Refusal.unknownPath(PATH).problem());
        }
    }
}
