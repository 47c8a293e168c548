package org.azekura.console;

import jakarta.servlet.Servlet;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;

/** Serves the pages at every address that nobody else answers. */
@Component(immediate = true, service = {})
public final class ConsoleComponent {

    private final ServiceRegistration<Servlet> servlet;

    @Activate
    public ConsoleComponent(BundleContext context) {
        servlet = context.registerService(Servlet.class, new PageServlet(context.getBundle()::getEntry),
                new Hashtable<>(Map.of(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN, "/",
                        HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_ASYNC_SUPPORTED, true)));
    }

    @Deactivate
    public void close() {
        servlet.unregister();
    }
}
