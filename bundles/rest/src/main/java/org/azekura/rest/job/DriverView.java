package org.azekura.rest.job;

import java.util.List;
import java.util.Locale;
import org.azekura.api.NodeName;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.server.Drivers;
import org.azekura.rest.call.Problem;

/**
 * A driver on a node as JSON.
 *
 * @param publisher {@code unsigned} if nobody has signed it; that somebody is called so tells {@code signed}
 * @param state     active, swapping or failed
 * @param problem   empty if all is well
 */
public record DriverView(String name, String version, String publisher, boolean signed, String state, List<String> devices, String node, String problem) {

    public static DriverView of(NodeName node, InstalledDriver driver) {
        // of one that can't be read nobody knows
        boolean signed = !driver.publisher().isEmpty() || driver.version().equals("0.0.0");
        return new DriverView(driver.name(), driver.version(), signed ? driver.publisher() : "unsigned", signed, word(driver.state()), driver.devices().stream().map(Object::toString).toList(),
                node.value(), driver.problem());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * How a change ended on a node.
     *
     * @param state   done, backed-out, failed or left-out
     * @param sent    bytes
     * @param driver  as it runs there; null if nothing is to be said
     * @param problem null if there is none
     */
    public record Part(String node, String state, long sent, DriverView driver, Problem problem) {

        public static Part of(Drivers.Part part) {
            return new Part(part.node().value(), word(part.state()), part.sent(), part.driver() == null ? null : DriverView.of(part.node(), part.driver()),
                    part.problem() == null ? null : Problem.of(part.problem()));
        }
    }
}
