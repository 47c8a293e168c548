package org.azekura.cli.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Json;
import picocli.CommandLine.Option;

/** What can be said of who is told, when it is made and when it is changed. */
final class NoticeTargetForm {

    private static final String VARIABLE = "AZEKURA_SECRET";

    @Option(names = "--set", paramLabel = "K=V", arity = "1..*", description = {"Of a mail: host, port, security (starttls, tls, none), user, from, to (commas between).",
        "Of a webhook: url, timeout (seconds). V empty: the usual."})
    List<String> settings = List.of();

    @Option(names = "--ca", paramLabel = "FILE", description = "Certificates that the receiver's has to be from (PEM), in place of those that Java knows.")
    Path ca;

    @Option(names = "--secrets", paramLabel = "FILE", description = {"Lines K=V. Of a mail: password. Of a webhook: secret (signs), header.NAME, url.",
        "A mail's password and a webhook's secret may come from AZEKURA_SECRET, too."})
    Path secrets;

    @Option(names = "--match", paramLabel = "FIELD=PATTERN", arity = "1..*", description = {"What it is told, by severity, code, kind, client, pool, policy or saveSet; a star stands for"
            + " any letters, ! in front leaves out.", "Without any: warnings and errors."})
    List<String> match = List.of();

    @Option(names = "--language", paramLabel = "en|ja", description = "Of what it is told.")
    String language;

    @Option(names = "--quiet", paramLabel = "TIMES", description = "Errors only at these times, like \"22:00-07:00 Europe/Berlin\"; empty: never.")
    String quiet;

    /** @param secret what {@link #VARIABLE} is, null if nobody knows */
    ObjectNode fill(Root root, ObjectNode order, String secret) {
        ObjectNode values = Json.object();
        settings.forEach(one -> pair("--set", one, values));
        if (ca != null) {
            values.put("ca", text(ca));
        }
        ObjectNode hidden = Json.object();
        if (secret != null && root.environment(VARIABLE) != null) {
            hidden.put(secret, root.environment(VARIABLE));
        }
        if (secrets != null) {
            text(secrets).lines().filter(line -> !line.isBlank()).forEach(line -> pair("--secrets", line, hidden));
        }
        put(order, "settings", values);
        put(order, "secrets", hidden);
        put(order, "match", matches());
        Json.putGiven(order, "language", language);
        Json.putGiven(order, "quiet", quiet);
        return order;
    }

    private static void put(ObjectNode order, String field, ObjectNode values) {
        if (!values.isEmpty()) {
            order.set(field, values);
        }
    }

    /** A field is given as a whole: its patterns take the place of those before. */
    private ObjectNode matches() {
        Map<String, List<String>> fields = new TreeMap<>();
        for (String one : match) {
            String[] pair = split("--match", one);
            List<String> patterns = fields.computeIfAbsent(pair[0], name -> new ArrayList<>());
            if (!pair[1].isEmpty()) {
                patterns.add(pair[1]);
            }
        }
        ObjectNode all = Json.object();
        fields.forEach((name, patterns) -> {
            ArrayNode list = all.putArray(name);
            patterns.forEach(list::add);
        });
        return all;
    }

    private static void pair(String option, String text, ObjectNode to) {
        String[] pair = split(option, text);
        to.put(pair[0], pair[1]);
    }

    private static String[] split(String option, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            // of a secret only what option it came with
            throw CommandFailure.usage(option + " takes NAME=VALUE" + (option.equals("--secrets") ? ", a line each" : "; not \"" + text + "\""));
        }
        return new String[] {text.substring(0, equals), text.substring(equals + 1)};
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw CommandFailure.usage("cannot read " + file + ": " + e);
        }
    }
}
