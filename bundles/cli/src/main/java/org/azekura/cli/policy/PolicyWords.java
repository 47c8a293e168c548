package org.azekura.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;

/** A policy for people. */
public final class PolicyWords {

    private PolicyWords() {}

    public static List<String> saveSets(JsonNode policy) {
        List<String> sets = new ArrayList<>();
        policy.path("saveSets").forEach(set -> sets.add(Words.text(set, "client") + "/" + Words.text(set, "name")));
        return sets;
    }

    public static List<String> texts(JsonNode policy, String field) {
        List<String> texts = new ArrayList<>();
        policy.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** When it begins next, in a word or two. */
    public static String next(JsonNode policy) {
        if (Words.text(policy, "schedule").isEmpty()) {
            return "by hand";
        }
        return policy.path("enabled").asBoolean(true) ? Words.time(Json.object().set("at", policy.path("next").path(0)), "at") : "switched off";
    }

    static void print(Root root, JsonNode policy) {
        if (root.json()) {
            root.document(policy);
            return;
        }
        Facts facts = new Facts(root.out());
        facts.put("name", Words.text(policy, "name"));
        saveSets(policy).forEach(set -> facts.put("save set", set));
        facts.put("pool", Words.text(policy, "pool"));
        texts(policy, "copyTo").forEach(pool -> facts.put("copy to", pool));
        timing(facts, policy);
        if (!Words.text(policy, "keep").isEmpty()) {
            facts.put("keeps", Words.text(policy, "keep"));
        }
        last(facts, policy);
    }

    public static void last(Facts facts, JsonNode policy) {
        policy.path("last").forEach(run -> facts.put("last run", Words.time(run, "due") + " " + Words.text(run, "state") + (run.path("byHand").asBoolean() ? ", by hand" : "")
                + (Words.text(run, "why").isEmpty() ? "" : ": " + Words.text(run, "why"))));
    }

    public static void timing(Facts facts, JsonNode policy) {
        if (Words.text(policy, "schedule").isEmpty()) {
            facts.put("runs", "by hand");
            return;
        }
        String zone = Words.text(policy, "zone");
        facts.put("runs", Words.text(policy, "schedule") + (zone.isEmpty() ? "" : " in " + zone) + (policy.path("enabled").asBoolean(true) ? "" : ", switched off"));
        texts(policy, "blackouts").forEach(hours -> facts.put("not", hours + (policy.path("leaveOut").asBoolean() ? ", left out then" : "")));
        if (!policy.path("catchUp").asBoolean(true)) {
            facts.put("missed", "left out");
        }
        if (policy.path("atOnce").asInt() > 0) {
            facts.put("at once", Words.text(policy, "atOnce"));
        }
        if (policy.path("spread").asLong() > 0) {
            facts.put("spread", policy.path("spread").asLong() + " s");
        }
        facts.put("priority", Words.text(policy, "priority"));
        facts.put("retries", Words.text(policy, "retries") + ", " + policy.path("retryAfter").asLong() + " s after a failure");
        policy.path("next").forEach(at -> facts.put("next run", Words.time(Json.object().set("at", at), "at")));
    }
}
