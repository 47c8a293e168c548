package org.azekura.felix.config.scenario;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One appliance for all scenarios that leave it sound: a start costs more than most of them. It lives as long as the session, for where several processes
 * test side by side each class is a run of its own.
 */
final class Shared implements ParameterResolver {

    private record Started(Workspace workspace, Azekura azekura) implements AutoCloseable {
        @Override
        public void close() {
            azekura.close();
            workspace.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Azekura.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(Shared.class))
                .getOrComputeIfAbsent(Started.class, key -> start(), Started.class).azekura();
    }

    private static Started start() {
        try {
            Workspace workspace = new Workspace(Shared.class);
            return new Started(workspace, Azekura.in(workspace.path("home")).asShipped().up());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
