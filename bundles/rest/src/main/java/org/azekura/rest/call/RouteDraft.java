package org.azekura.rest.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.access.Right;
import org.azekura.rest.call.Route.Answer;
import org.azekura.rest.call.Route.Body;

/** A route that does not say yet all that it has to: {@link #by}, {@link #takes} and {@link #takesFile} end it. */
public record RouteDraft(String method, String pattern, Set<Right> rights, String summary, Reach reach, List<Parameter> parameters, Answer answer, Danger danger) {

    /** Its endpoint answers each caller by what he sees: what is of others is not there for him. */
    public RouteDraft scoped() {
        return reaching(Reach.SCOPED);
    }

    /** It is about more than anybody's clients: who has to do with some only is refused. */
    public RouteDraft aboutAll() {
        return reaching(Reach.ALL);
    }

    private RouteDraft reaching(Reach with) {
        return new RouteDraft(method, pattern, rights, summary, with, parameters, answer, danger);
    }

    /** Parameters of the query; any other is refused. */
    public RouteDraft asks(Parameter... more) {
        return asks(List.of(more));
    }

    public RouteDraft asks(List<Parameter> more) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.addAll(more);
        return new RouteDraft(method, pattern, rights, summary, reach, all, answer, danger);
    }

    /** 200 and a document of this form. */
    public RouteDraft answers(Class<?> type) {
        return answers(200, type);
    }

    public RouteDraft answers(int status, Class<?> type) {
        return answering(new Answer.Json(status, type, false));
    }

    /** 200 and an array of rows of this form. */
    public RouteDraft lists(Class<?> row) {
        return answering(new Answer.Json(200, row, true));
    }

    /** The same, in pages for who asks for them. */
    public RouteDraft pages(Class<?> row) {
        return lists(row).asks(Pages.LIMIT, Pages.AFTER);
    }

    public RouteDraft answersText(String mediaType) {
        return answering(new Answer.Text(mediaType));
    }

    /** A file to be kept, or a part of it. */
    public RouteDraft sendsFile() {
        return answering(new Answer.File());
    }

    /** A stream of server-sent events. @param types by their names */
    public RouteDraft streams(Map<String, Class<?>> types) {
        return answering(new Answer.Events(types));
    }

    private RouteDraft answering(Answer with) {
        return new RouteDraft(method, pattern, rights, summary, reach, parameters, with, danger);
    }

    /** Each call is one that waits where a rule says so. @param look tells what is laid down of what it is about */
    public RouteDraft dangerous(Danger.Look look) {
        return dangerousIf(Danger.always(look));
    }

    /** Some calls are. @param look tells what they are judged by */
    public RouteDraft dangerousIf(Danger judge, Danger.Look look) {
        return dangerousIf(Danger.by(judge, look));
    }

    /** Some calls are, by what they bring alone. */
    public RouteDraft dangerousIf(Danger some) {
        return new RouteDraft(method, pattern, rights, summary, reach, parameters, answer, some);
    }

    /** A call that brings nothing but its parameters. */
    public Route by(Route.Endpoint endpoint) {
        return ending(new Body.None(), Route.bringingNothing(endpoint));
    }

    /** A call that brings a JSON object of this form. */
    public <B> Route takes(Class<B> type, Route.Taker<B> taker) {
        return ending(new Body.Json(type), Route.reading(type, taker));
    }

    /** A call that brings a JSON object with a field that says by a word which form the others have. */
    public Route takesKinds(String by, Map<String, Class<?>> types, Route.Taker<ObjectNode> taker) {
        return ending(new Body.Kinds(by, types), call -> taker.answer(call, call.body()));
    }

    /** A call that brings a file. @param most bytes of it */
    public Route takesFile(long most, Route.Endpoint endpoint) {
        return takesFile(most, () -> { }, endpoint);
    }

    /** The same. @param first refuses before any of it is read */
    public Route takesFile(long most, Body.File.First first, Route.Endpoint endpoint) {
        return ending(new Body.File(most, first), endpoint);
    }

    private Route ending(Body body, Route.Endpoint endpoint) {
        return new Route(method, pattern, rights, summary, reach.isOfAll(rights, Route.places(pattern)), parameters, body, answer, danger, endpoint);
    }
}
