package org.azekura.rest.peer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.azekura.api.BackupException;
import org.azekura.api.access.Seal;
import org.azekura.rest.call.Pace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call as its caller made it, of which another server that passed it on has said where it comes from. */
public final class PassedRequest extends HttpServletRequestWrapper {

    private static final Logger LOG = LoggerFactory.getLogger(PassedRequest.class);

    private final Passage passage;

    private PassedRequest(HttpServletRequest request, Passage passage) {
        super(request);
        this.passage = passage;
    }

    /**
     * The same call, if nobody passed it on who is to be believed.
     *
     * @param complaints how often that is said of whom: anybody can claim it
     */
    static HttpServletRequest of(HttpServletRequest request, Seal seal, Pace complaints) {
        if (!Passage.isOn(request)) {
            return request;
        }
        try {
            return new PassedRequest(request, Passage.open(seal, request.getHeader(Passage.HEADER), Passage.call(request)));
        } catch (BackupException e) {
            if (complaints.allows(request.getRemoteAddr())) {
                LOG.warn("{} claims to have passed on a call, and is not believed: {}", request.getRemoteAddr(), e.getMessage());
            }
            return request;
        }
    }

    public Passage passage() {
        return passage;
    }

    /** Of the caller; of the server that passed it on if the caller came by no address. */
    @Override
    public String getRemoteAddr() {
        return passage.from().isEmpty() ? super.getRemoteAddr() : passage.from();
    }

    @Override
    public String getServerName() {
        return passage.host().isEmpty() ? super.getServerName() : passage.host();
    }

    @Override
    public int getServerPort() {
        return passage.host().isEmpty() ? super.getServerPort() : passage.port();
    }
}
