package org.azekura.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Passphrase;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura user …} */
@Command(name = "user", description = {"Who may log in with a password.",
    "Roles: admin (everything), operator (sees and runs everything), restorer (brings back what is of the clients named), auditor (sees and changes nothing)."},
    footer = {"", "Example:", "  azekura user list"})
public final class UserCommands extends Group {

    private final Root root;

    private UserCommands(Root root) {
        this.root = root;
    }

    /** With the commands that have a class of their own. */
    public static CommandLine of(Root root) {
        return new CommandLine(new UserCommands(root)).addSubcommand("passkey", new PasskeyCommands(root));
    }

    @Command(name = "create", description = {"Makes a user.",
        "The password comes from AZEKURA_PASSWORD or the terminal; without one the user gets one for once, which is shown here only and has to be changed at the first login."},
        footer = {"", "Example:", "  azekura user create ann --role restorer --client web1"})
    int create(@Parameters(paramLabel = "NAME", description = "Of the user, in lower case.") String name,
            @Option(names = "--role", paramLabel = "ROLE", required = true, description = "admin, operator, restorer or auditor.") String role,
            @Option(names = "--client", paramLabel = "CLIENT", arity = "1..*", description = "Whose data he has to do with (default: all; a restorer needs some).") List<String> clients) {
        JsonNode made = root.rest().post("users", withPassword(order(name, role, clients), name));
        return tell(made, "user " + name + " is made");
    }

    /** What a user or token may. */
    static ObjectNode order(String name, String role, List<String> clients) {
        ObjectNode order = Json.object().put("name", name).put("role", role);
        if (clients != null) {
            ArrayNode names = order.putArray("clients");
            clients.forEach(names::add);
        }
        return order;
    }

    private ObjectNode withPassword(ObjectNode order, String name) {
        char[] password = Passphrase.choosePassword(root, name);
        return password == null ? order : order.put("password", new String(password));
    }

    private int tell(JsonNode made, String what) {
        if (root.json()) {
            root.document(made);
            return Exit.DONE;
        }
        root.out().println(what);
        if (made.path("password").isTextual()) {
            root.out().println("password for once: " + Words.text(made, "password") + "  (shown this once)");
        }
        return Exit.DONE;
    }

    @Command(name = "list", description = "All users.", footer = {"", "Example:", "  azekura user list --json"})
    int list() {
        JsonNode users = root.rest().get("users");
        if (root.json()) {
            root.document(users);
            return Exit.DONE;
        }
        Table table = new Table("NAME", "ROLE", "CLIENTS", "STATE", "SECOND FACTOR", "LAST LOGIN");
        for (JsonNode user : users) {
            table.row(Words.text(user, "name"), Words.text(user, "role"), clients(user), state(user), Words.text(user, "factor"), Words.time(user, "seen"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    /** For people. */
    static String clients(JsonNode row) {
        StringBuilder names = new StringBuilder();
        row.path("clients").forEach(client -> names.append(names.isEmpty() ? "" : " ").append(client.asText()));
        return names.isEmpty() ? "all" : names.toString();
    }

    private static String state(JsonNode user) {
        return user.path("disabled").asBoolean() ? "disabled" : user.path("once").asBoolean() ? "password for once" : "active";
    }

    @Command(name = "show", description = "One user.", footer = {"", "Example:", "  azekura user show ann"})
    int show(@Parameters(paramLabel = "NAME", description = "Of the user.") String name) {
        return show(root.rest().get(address(name)));
    }

    private int show(JsonNode user) {
        if (root.json()) {
            root.document(user);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("name", Words.text(user, "name"));
        facts.put("role", Words.text(user, "role"));
        facts.put("clients", clients(user));
        facts.put("state", state(user));
        facts.put("second factor", Words.text(user, "factor"));
        facts.put("made", Words.time(user, "made"));
        facts.put("last login", Words.time(user, "seen"));
        return Exit.DONE;
    }

    private static String address(String name) {
        return "users/" + Rest.encode(name);
    }

    @Command(name = "change", description = {"Changes what a user may; what is not given stays. Sessions of his end.",
            "Who is disabled, or no admin of all clients any more, loses the tokens that he made, too."},
            footer = {"", "Example:", "  azekura user change ann --role operator --all-clients"})
    int change(@Parameters(paramLabel = "NAME", description = "Of the user.") String name,
            @Option(names = "--role", paramLabel = "ROLE", description = "admin, operator, restorer or auditor.") String role,
            @Option(names = "--client", paramLabel = "CLIENT", arity = "1..*", description = "Whose data he has to do with, in place of those before.") List<String> clients,
            @Option(names = "--all-clients", description = "He has to do with the data of all.") boolean all,
            @Option(names = "--disable", description = "Keeps him out.") boolean disable,
            @Option(names = "--enable", description = "Lets him in again.") boolean enable,
            @Option(names = "--factor", paramLabel = "on|off", description = "Whether he has to have a second factor; asked for at his next login.") String factor) {
        if (all && clients != null || disable && enable) {
            throw CommandFailure.usage(disable && enable ? "give --disable or --enable, not both" : "give --client or --all-clients, not both");
        }
        ObjectNode order = order(null, role, all ? List.of() : clients);
        order.remove("name");
        if (role == null) {
            order.remove("role");
        }
        if (disable || enable) {
            order.put("disabled", disable);
        }
        if (factor != null) {
            order.put("factor", isOn(factor));
        }
        if (order.isEmpty()) {
            throw CommandFailure.usage("say what to change: --role, --client, --all-clients, --disable, --enable or --factor");
        }
        return show(root.rest().post(address(name), order));
    }

    private static boolean isOn(String word) {
        if (!word.equals("on") && !word.equals("off")) {
            throw CommandFailure.usage("--factor is on or off, not \"" + word + "\"");
        }
        return word.equals("on");
    }

    @Command(name = "lost-factor", description = "Takes the second factor from a user who has lost it; his sessions end.", footer = {"", "Example:",
        "  azekura user lost-factor ann"})
    int lostFactor(@Parameters(paramLabel = "NAME", description = "Of the user.") String name) {
        return tell(root.rest().post(address(name) + "/factor/remove", null), "user " + name + " has no second factor any more");
    }

    @Command(name = "reset", description = {"Gives a user another password; his sessions end.",
        "It comes from AZEKURA_PASSWORD or the terminal; without one he gets one for once, which is shown here only."}, footer = {"", "Example:", "  azekura user reset admin"})
    int reset(@Parameters(paramLabel = "NAME", description = "Of the user.") String name) {
        return tell(root.rest().post(address(name) + "/reset", withPassword(Json.object(), name)), "user " + name + " has another password");
    }

    @Command(name = "unlock", description = "Lets a user try again at once who tried too often.", footer = {"", "Example:", "  azekura user unlock ann"})
    int unlock(@Parameters(paramLabel = "NAME", description = "Of the user.") String name) {
        return tell(root.rest().post(address(name) + "/unlock", null), "user " + name + " may try again");
    }

    @Command(name = "delete", description = "Forgets a user; his sessions end. The last admin cannot go.", footer = {"", "Example:", "  azekura user delete ann"})
    int delete(@Parameters(paramLabel = "NAME", description = "Of the user.") String name) {
        return tell(root.rest().delete(address(name)), "user " + name + " is gone");
    }
}
