package org.azekura.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Passphrase;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code azekura sso …} */
@Command(name = "sso", description = "Single sign-on: people log in to the web console by a provider that knows them (OpenID Connect).", footer = {"", "Example:", "  azekura sso show"})
public final class SignOnCommands extends Group {

    private static final String PATH = "sso";

    private final Root root;

    public SignOnCommands(Root root) {
        this.root = root;
    }

    @Command(name = "show", description = "The provider, without its secret.", footer = {"", "Example:", "  azekura sso show --json"})
    int show() {
        return show(root.rest().get(PATH));
    }

    private int show(JsonNode provider) {
        if (root.json()) {
            root.document(provider);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("name", Words.text(provider, "name"));
        facts.put("issuer", Words.text(provider, "issuer"));
        facts.put("client", Words.text(provider, "client") + (provider.path("secret").asBoolean() ? "" : " (without a secret)"));
        facts.put("scopes", words(provider.path("scopes")));
        facts.put("claim", Words.text(provider, "claim"));
        provider.path("grants").forEach(grant -> facts.put("grant", Words.text(grant, "value") + ": " + Words.text(grant, "role") + " of " + UserCommands.clients(grant)));
        facts.put("domains", provider.path("domains").isEmpty() ? "any" : words(provider.path("domains")));
        facts.put("passwords", provider.path("passwords").asBoolean() ? "stay" : "open nothing");
        return Exit.DONE;
    }

    private static String words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(" "));
    }

    @Command(name = "set", description = {"Takes a provider in place of the one before.",
        "Register the address https://HOST:PORT/sso there, with the name by which browsers open the console. The client's secret comes from AZEKURA_CLIENT_SECRET or the terminal; without one the one before stays."},
        footer = {"", "Example:", "  azekura sso set --name \"Example Inc.\" --issuer https://id.example.com --client-id azekura --grant backup-admins=admin --grant web-team=restorer:web1,web2"})
    int set(@Option(names = "--name", paramLabel = "NAME", required = true, description = "What people read on the button.") String name,
            @Option(names = "--issuer", paramLabel = "URL", required = true, description = "The https address that the provider gives for itself.") String issuer,
            @Option(names = "--client-id", paramLabel = "ID", required = true, description = "What the provider calls this appliance.") String client,
            @Option(names = "--grant", paramLabel = "VALUE=ROLE[:CLIENT,…]", required = true, description = "Who has this value of the claim gets this role; the first that fits counts, whom none fits is refused.") List<String> grants,
            @Option(names = "--claim", paramLabel = "CLAIM", description = "Whose values give roles (default: groups).") String claim,
            @Option(names = "--scope", paramLabel = "SCOPE", arity = "1..*", description = "Asked for beside openid (default: profile email).") List<String> scopes,
            @Option(names = "--domain", paramLabel = "DOMAIN", arity = "1..*", description = "Of verified e-mail addresses, one of which somebody has to have.") List<String> domains,
            @Option(names = "--no-passwords", description = "Passwords open nothing any more; the token of the home does.") boolean noPasswords) {
        ObjectNode order = Json.object().put("name", name).put("issuer", issuer).put("client", client).put("passwords", !noPasswords);
        char[] secret = Passphrase.chooseSecret(root);
        if (secret != null) {
            order.put("secret", new String(secret));
        }
        Json.putGiven(order, "claim", claim);
        ArrayNode granted = order.putArray("grants");
        grants.forEach(grant -> grant(granted.addObject(), grant));
        list(order, "scopes", scopes);
        list(order, "domains", domains);
        return show(root.rest().post(PATH, order));
    }

    private static void list(ObjectNode order, String field, List<String> words) {
        if (words != null) {
            ArrayNode all = order.putArray(field);
            words.forEach(all::add);
        }
    }

    /** The value may have equals signs itself, as names in a directory do. */
    private static void grant(ObjectNode into, String text) {
        int equals = text.lastIndexOf('=');
        if (equals <= 0) {
            throw CommandFailure.usage("--grant is like backup-admins=admin or web-team=restorer:web1,web2; not \"" + text + "\"");
        }
        String[] role = text.substring(equals + 1).split(":", 2);
        into.put("value", text.substring(0, equals)).put("role", role[0]);
        list(into, "clients", role.length > 1 ? List.of(role[1].split(",")) : List.of());
    }

    @Command(name = "test", description = "Asks the provider whether it is one; nobody logs in by that.", footer = {"", "Example:", "  azekura sso test"})
    int test() {
        JsonNode found = root.rest().post(PATH + "/test", null);
        if (root.json()) {
            root.document(found);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("logins", Words.text(found, "authorize"));
        facts.put("tokens", Words.text(found, "token"));
        facts.put("keys", Words.text(found, "keys"));
        facts.put("is told who leaves", found.path("leave").asBoolean() ? "yes" : "no");
        return Exit.DONE;
    }

    @Command(name = "remove", description = "Has no provider any more; users that came by it stay, and passwords open again.", footer = {"", "Example:", "  azekura sso remove"})
    int remove() {
        JsonNode gone = root.rest().delete(PATH);
        if (root.json()) {
            root.document(gone);
        } else {
            root.out().println("single sign-on by " + Words.text(gone, "name") + " is gone");
        }
        return Exit.DONE;
    }
}
