package org.azekura.felix.config.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One site for all scenarios that leave it sound; each uses hosts and pools of its own where that matters. Skips them where there can be none. It lives as
 * long as the session, see {@link Shared}.
 */
final class OnHosts implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Site.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Network.assumeAllowed();
        return context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(OnHosts.class))
                .getOrComputeIfAbsent(Site.class, key -> start(), Site.class);
    }

    private static Site start() {
        try {
            return new Site(new Workspace(OnHosts.class), new Network());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
