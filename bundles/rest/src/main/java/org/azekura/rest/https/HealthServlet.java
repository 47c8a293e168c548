package org.azekura.rest.https;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.azekura.rest.call.GetServlet;
import org.azekura.rest.call.Json;

/** Says to anybody whether the appliance lives and is ready, and nothing else. */
public final class HealthServlet extends GetServlet {

    public static final String PATH = "/health";

    private static final long serialVersionUID = 1;

    private final transient BooleanSupplier ready;

    public HealthServlet(BooleanSupplier ready) {
        this.ready = ready;
    }

    /** @param live always true: a dead one does not answer */
    private record Health(boolean live, boolean ready) {}

    @Override
    protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean isReady = ready.getAsBoolean();
        response.setStatus(isReady ? 200 : 503);
        response.setContentType("application/json");
        Json.MAPPER.writeValue(response.getOutputStream(), new Health(true, isReady));
    }
}
