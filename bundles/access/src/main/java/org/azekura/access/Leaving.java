package org.azekura.access;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Former;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.ApiToken;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Request;

/** What goes with a caller who goes: nothing of his may be there for whoever comes to have his name. Of one transaction. */
record Leaving(CatalogEdit edit) {

    /**
     * Ends what a caller has made, and what was made with that, and so on: else who has lost his rights keeps them by a token of a token. He himself stays.
     *
     * @return what ended
     */
    Set<TokenName> endMadeBy(String caller) throws BackupException {
        Optional<String> person = new Persons(edit).of(caller);
        Map<String, List<ApiToken>> made = edit.tokens().stream().collect(Collectors.groupingBy(ApiToken::by));
        Set<TokenName> ended = new HashSet<>();
        Deque<String> makers = new ArrayDeque<>(List.of(caller));
        while (!makers.isEmpty()) {
            for (ApiToken token : made.getOrDefault(makers.remove(), List.of())) {
                if (ended.add(token.name())) {
                    makers.add(name(token.name()));
                    end(token.name(), person);
                }
            }
        }
        return ended;
    }

    /** Ends a token and what was made with it. @return what ended */
    Set<TokenName> end(TokenName token) throws BackupException {
        Optional<String> person = new Persons(edit).of(name(token));
        Set<TokenName> ended = endMadeBy(name(token));
        if (ended.add(token)) {
            end(token, person);
        }
        return ended;
    }

    private void end(TokenName token, Optional<String> person) throws BackupException {
        edit.deleteToken(token);
        Former.note(edit, name(token), person);
    }

    static String name(TokenName token) {
        return Caller.of(token, Role.ADMIN, Set.of()).name();
    }

    static String name(UserName user) {
        return Caller.of(user, Role.ADMIN, Set.of()).name();
    }

    /** What is left of a user who was deleted. @return tokens that ended */
    Set<TokenName> end(UserName user, Instant now) throws BackupException {
        Set<TokenName> ended = endMadeBy(name(user));
        Former.note(edit, name(user), Optional.of(name(user)));
        Set<String> gone = ended.stream().map(Leaving::name).collect(Collectors.toSet());
        gone.add(name(user));
        for (Request row : edit.requests(false)) {
            if (gone.contains(row.by()) || gone.contains(row.confirmedBy())) {
                end(RequestDesk.require(edit, row.number()), gone, now);
            }
        }
        return ended;
    }

    /** One that is under way goes on to its end; what came of it is kept for nobody. */
    private void end(Request request, Set<String> gone, Instant now) throws BackupException {
        boolean asked = gone.contains(request.by());
        switch (request.state()) {
            case WAITING, CONFIRMED -> edit.putRequest(request.ended(Request.State.REFUSED, now, (asked ? request.by() + ", who asked for it," : request.confirmedBy() + ", who confirmed it,")
                    + " was deleted", null));
            case DONE, FAILED, REFUSED, EXPIRED -> {
                if (asked && request.answer() != null) {
                    edit.putRequest(request.ended(request.state(), request.ended(), request.why(), null));
                }
            }
            case RUNNING -> { }
        }
    }
}
