package org.azekura.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Job;

/**
 * Something that is told: in the outbox as JSON, and so in the body of a webhook. What is null is not there.
 *
 * @param event    job, alert or test
 * @param code     {@code job.failed}, or that of the alert
 * @param over     whether the alert went
 * @param time     RFC 3339
 * @param subject  what an alert is about, and what kind of thing that is
 * @param values   of an alert
 * @param text     one line in English
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Told(String event, String code, String severity, boolean over, String time, Long job, String kind, String state, String client, String pool, String policy, String saveSet,
        String subjectKind, String subject, SortedMap<String, String> values, String text) {

    static final JsonMapper JSON = JsonMapper.builder().build();

    static Told of(Job job, Job.State state, Instant time, String saveSet, String error) {
        String whose = job.client() == null ? "" : " of client " + job.client();
        String text = job.kind().word() + " " + job.id() + whose + switch (state) {
            case PARKED -> " waits: " + error;
            case FAILED -> " failed: " + error;
            case WARNED -> " ended with warnings" + (error == null ? "" : ": " + error);
            case CANCELLED -> " was cancelled";
            case DONE, QUEUED, RUNNING, PAUSED -> " is " + state.word();
        };
        SortedMap<String, String> values = new TreeMap<>(error == null ? Map.of() : Map.of("why", error));
        return new Told("job", "job." + state.word(), severity(state).word(), false, time.toString(), job.id().value(), job.kind().word(), state.word(), word(job.client()),
                word(job.pool()), word(job.policy()), saveSet, null, null, values, text);
    }

    private static Severity severity(Job.State state) {
        return switch (state) {
            case FAILED -> Severity.ERROR;
            case WARNED, PARKED -> Severity.WARNING;
            case DONE, CANCELLED, QUEUED, RUNNING, PAUSED -> Severity.INFO;
        };
    }

    static Told of(Alert alert, boolean came, Instant time) {
        SortedMap<String, String> values = alert.values();
        return new Told("alert", alert.code(), alert.severity().word(), !came, time.toString(), null, null, null, values.get("client"), values.get("pool"), values.get("policy"), values.get("saveSet"),
                alert.subject().kind(), alert.subject().name(), values, (came ? "" : "resolved: ") + alert.text());
    }

    static Told test(Instant time) {
        return new Told("test", "notify.test", Severity.INFO.word(), false, time.toString(), null, null, null, null, null, null, null, null, null, new TreeMap<>(),
                "this is a test: whoever reads it will be told what happens");
    }

    boolean isError() {
        return severity.equals(Severity.ERROR.word());
    }

    private static String word(Object name) {
        return name == null ? null : name.toString();
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Told read(String json) {
        try {
            return JSON.readValue(json, Told.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("what waits to be told can't be read: " + e.getOriginalMessage(), e);
        }
    }
}
