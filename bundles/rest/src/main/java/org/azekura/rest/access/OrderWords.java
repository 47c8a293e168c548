package org.azekura.rest.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.azekura.api.BackupException;
import org.azekura.api.access.Requests;
import org.azekura.api.catalog.Request;
import org.azekura.rest.call.Asked;

/** What an order means, for who has to confirm it: a sentence, and what it is to change. Whatever somebody typed is cut and cannot break a line. */
final class OrderWords {

    private static final int LONGEST_VALUE = 160;
    private static final int LONGEST = 600;
    private static final int SHOWN_ALIKE = 20;

    private OrderWords() {}

    static Asked asked(Request request, Order order) {
        List<Asked.Detail> details = details(order);
        return Asked.of(request, sentence(order.says() == null ? request.operation() : order.says(), request.object(), details), details);
    }

    /** One whose order nobody can read any more is there all the same, so that it can be refused. */
    static Asked asked(Requests requests, Request request) throws BackupException {
        try {
            return asked(request, Order.read(requests.order(request.number())));
        } catch (BackupException e) {
            if (!e.failure().code().equals("request.damaged")) {
                throw e;
            }
            return Asked.of(request, sentence(request.operation(), request.object(), List.of()), List.of());
        }
    }

    private static String sentence(String says, String object, List<Asked.Detail> details) {
        String what = details.stream().map(OrderWords::phrase).collect(Collectors.joining("; "));
        String of = cut(object, LONGEST_VALUE);
        String about = of.isEmpty() ? what : what.isEmpty() ? of : of + "; " + what;
        return cut(says.split("; ")[0] + (about.isEmpty() ? "" : ": " + about), LONGEST);
    }

    private static String phrase(Asked.Detail detail) {
        String was = detail.was() == null ? "" : " " + none(detail.was());
        return detail.field() + was + (detail.wanted() == null ? "" : (was.isEmpty() ? " " : " → ") + none(detail.wanted()));
    }

    private static String none(String text) {
        return text.isEmpty() ? "none" : text;
    }

    /** What differs; where an order changes nothing by name, what is laid down of what it is about. */
    private static List<Asked.Detail> details(Order order) {
        List<Asked.Detail> details = new ArrayList<>();
        order.query().forEach((name, value) -> details.add(new Asked.Detail(name, null, clean(value))));
        boolean changes = differ(details, order.was() instanceof ObjectNode was ? was : null, order.shown(), "");
        if (!changes && order.was() instanceof ObjectNode was) {
            was.properties().stream().filter(field -> !plain(field.getValue()).isEmpty())
                    .forEach(field -> details.add(new Asked.Detail(clean(field.getKey()), plain(field.getValue()), null)));
        }
        return details;
    }

    /** @return whether there was one of its fields before */
    private static boolean differ(List<Asked.Detail> details, ObjectNode was, ObjectNode wanted, String of) {
        boolean any = false;
        for (var field : wanted.properties()) {
            JsonNode before = was == null ? null : was.get(field.getKey());
            any |= before != null;
            if (field.getValue() instanceof ObjectNode inner) {
                differ(details, before instanceof ObjectNode object ? object : null, inner, of + field.getKey() + ".");
            } else if (!(field.getValue().isNull() && of.isEmpty()) && !field.getValue().equals(before)) {
                details.add(detail(clean(of + field.getKey()), before == null ? null : line(before), line(field.getValue())));
            }
        }
        return any;
    }

    /** Of two long values what they begin alike with is left out: nobody hides what differs behind it. */
    private static Asked.Detail detail(String field, String was, String wanted) {
        if (was == null || Math.max(was.length(), wanted.length()) <= LONGEST_VALUE) {
            return new Asked.Detail(field, was, cut(wanted, LONGEST_VALUE));
        }
        int same = 0;
        while (same < Math.min(was.length(), wanted.length()) && was.charAt(same) == wanted.charAt(same)) {
            same++;
        }
        int from = Math.max(0, same - SHOWN_ALIKE);
        String before = from == 0 ? "" : "…";
        return new Asked.Detail(field, cut(before + was.substring(from), LONGEST_VALUE), cut(before + wanted.substring(from), LONGEST_VALUE));
    }

    /** A value in one line that is not too long; nothing is an empty text. */
    static String plain(JsonNode value) {
        return cut(line(value), LONGEST_VALUE);
    }

    private static String line(JsonNode value) {
        if (value instanceof ArrayNode list && StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isValueNode)) {
            return whole(StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(", ")));
        }
        return value.isNull() || value.isMissingNode() || value.isContainerNode() && value.isEmpty() ? "" : whole(value.isValueNode() ? value.asText() : value.toString());
    }

    /** What an order is about, in one line: a path of names that are there, or what somebody typed. */
    static String object(String text) {
        return cut(whole(text), LONGEST);
    }

    private static String clean(String text) {
        return cut(whole(text), LONGEST_VALUE);
    }

    private static String whole(String text) {
        return text.replaceAll("[\\p{C}\\p{Z}]+", " ").strip();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
