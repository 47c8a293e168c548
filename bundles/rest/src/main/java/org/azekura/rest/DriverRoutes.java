package org.azekura.rest;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.NodeName;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.server.Drivers;

/** Drivers on storage nodes, and how they are changed. */
final class DriverRoutes {

    private static final String NODE = "node";
    private static final String WAIT = "wait";
    private static final String UNSIGNED = "unsigned";
    /** Less than callers wait for an answer. */
    private static final int LONGEST_WAIT_s = 30;
    private static final int USUAL_WAIT_s = 20;

    private final Drivers drivers;

    DriverRoutes(Drivers drivers) {
        this.drivers = drivers;
    }

    List<Route> routes() {
        Set<String> known = Set.of(NODE, WAIT);
        return List.of(
                Route.get("drivers", Set.of(NODE), call -> Reply.ok(drivers.list(node(call)).stream().map(DriverRoutes::row).toList())),
                Route.upload("POST", "drivers", known, call -> begun(wait(call, USUAL_WAIT_s), drivers.install(call.file(), node(call), call.caller()))),
                Route.upload("PUT", "drivers", known, call -> begun(wait(call, USUAL_WAIT_s), drivers.update(call.file(), null, node(call), call.caller()))),
                Route.upload("PUT", "drivers/*", known, call -> begun(wait(call, USUAL_WAIT_s), drivers.update(call.file(), call.name(), node(call),
                        call.caller()))),
                new Route("DELETE", "drivers/*", known, call -> begun(wait(call, USUAL_WAIT_s), drivers.remove(call.name(), node(call), call.caller()))),
                Route.get("driver-changes/*", Set.of(WAIT), call -> Reply.ok(row(drivers.change(call.name(), wait(call, 0))))));
    }

    private static NodeName node(Call call) throws BackupException {
        return Names.node(call.query(NODE));
    }

    private static Duration wait(Call call, int otherwise) throws Refusal {
        String text = call.query(WAIT);
        if (text == null) {
            return Duration.ofSeconds(otherwise);
        }
        if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > LONGEST_WAIT_s) {
            throw Refusal.badRequest("request.value", WAIT, "\"wait\" is 0 to " + LONGEST_WAIT_s + " seconds, not \"" + text + "\"");
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    /** What ends soon is answered as it ended, also when it failed everywhere; what takes longer can be asked for. */
    private Reply begun(Duration patience, Drivers.Change begun) throws BackupException {
        Drivers.Change now = patience.isZero() ? begun : drivers.change(begun.id(), patience);
        if (!patience.isZero() && now.ended() != null && now.parts().stream().allMatch(part -> part.state() == Drivers.State.FAILED)) {
            throw new BackupException(failure(now.parts()));
        }
        return Reply.made(now.ended() == null ? 202 : 200, ApiServlet.ROOT + "/driver-changes/" + now.id(), row(now));
    }

    private static Failure failure(List<Drivers.Part> parts) {
        Failure first = parts.getFirst().problem();
        return parts.size() == 1 ? first : new Failure(first.code(), first.kind(), first.retryable(), first.subject(),
                parts.stream().map(part -> "node " + part.node() + ": " + part.problem().message()).collect(Collectors.joining("; ")));
    }

    private static DriverRow row(Drivers.Installed installed) {
        return row(installed.node(), installed.driver());
    }

    private static DriverRow row(NodeName node, InstalledDriver driver) {
        boolean signed = !driver.publisher().isEmpty();
        return new DriverRow(driver.name(), driver.version(), signed ? driver.publisher() : UNSIGNED, signed, word(driver.state()), driver.devices().stream().map(Object::toString).toList(),
                node.value(), driver.problem());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ChangeRow row(Drivers.Change change) {
        return new ChangeRow(change.id(), word(change.kind()), change.driver(), Json.time(change.began()), Json.time(change.ended()),
                change.parts().stream().map(DriverRoutes::row).toList());
    }

    private static PartRow row(Drivers.Part part) {
        return new PartRow(part.node().value(), word(part.state()), part.sent(), part.driver() == null ? null : row(part.node(), part.driver()),
                part.problem() == null ? null : Problem.of(part.problem()));
    }

    /**
     * @param publisher {@code unsigned} if nobody has signed it; that somebody is called so tells {@code signed}
     * @param state     active, swapping or failed
     * @param problem   empty if all is well
     */
    private record DriverRow(String name, String version, String publisher, boolean signed, String state, List<String> devices, String node, String problem) {}

    /**
     * @param kind  install, update or remove
     * @param ended null while it goes on
     */
    private record ChangeRow(String id, String kind, String driver, String began, String ended, List<PartRow> nodes) {}

    /**
     * @param state   waiting, sending, changing, done, backed-out or failed
     * @param sent    bytes
     * @param driver  as it runs there; null if nothing is to be said
     * @param problem null if there is none
     */
    private record PartRow(String node, String state, long sent, DriverRow driver, Problem problem) {}
}
