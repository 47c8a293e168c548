package org.azekura.api.server;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Published by the server instead of its other services when it can't start. The launcher waits for this or for {@link
 * ConsoleAddress}; it reads the property {@value #TEXT} and shares no class with us.
 */
@ProviderType
public interface StartProblem {

    /** Service property: one line that says what is wrong and what would do. */
    String TEXT = "azekura.problem";

    /** The same line. */
    String text();
}
