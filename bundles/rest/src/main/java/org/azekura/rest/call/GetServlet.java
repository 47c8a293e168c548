package org.azekura.rest.call;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers GET and HEAD, and to any other method that it does not. */
public abstract class GetServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpAnswer.protect(response);
        String method = request.getMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            get(request, response);
        } else {
            Refusal refusal = Refusal.wrongMethod(request.getRequestURI(), method, "GET, HEAD");
            refusal.headers().forEach(response::setHeader);
            HttpAnswer.problem(response, refusal.problem());
        }
    }

    /** What is written for HEAD does not go out. */
    protected abstract void get(HttpServletRequest request, HttpServletResponse response) throws IOException;
}
