package org.azekura.driver.simulator;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of a script for what goes wrong, and with which calls. */
final class Effects {

    private static final Set<Call> ALL = EnumSet.allOf(Call.class);
    private static final Set<Call> DRIVE = EnumSet.range(Call.LOAD, Call.ERASE);
    private static final Set<Call> WRITING = EnumSet.of(Call.WRITE, Call.FILEMARKS);
    private static final String NUMBER = "([0-9]{1,15})";

    /** @param example how it is written, for messages */
    private record Form(Pattern pattern, String example, Set<Call> calls, Function<Matcher, Effect> effect) {}

    private static final List<Form> FORMS = List.of(
            form("hardware error", ALL, found -> new Effect.HardwareError()),
            form("reservation conflict", ALL, found -> new Effect.Conflict()),
            form("no answer", ALL, found -> new Effect.NoAnswer()),
            form("no answer afterwards", ALL, found -> new Effect.NoAnswerAfter()),
            form("reset", ALL, found -> new Effect.Reset()),
            form("hang", ALL, found -> new Effect.Hang()),
            form("takes N s", ALL, found -> new Effect.Takes(number(found))),
            form("power off", DRIVE, found -> new Effect.PowerOff()),
            form("alert N", DRIVE, found -> new Effect.Raise(Math.clamp(number(found), 1, 64))),
            form("tape moved to N", EnumSet.range(Call.WRITE, Call.ERASE), found -> new Effect.MovedTo(number(found))),
            form("medium error", EnumSet.range(Call.LOAD, Call.READ), found -> new Effect.MediumError()),
            form("deferred error", WRITING, found -> new Effect.DeferredError()),
            form("false good", WRITING, found -> new Effect.FalseGood()),
            form("flip bit N", EnumSet.of(Call.WRITE, Call.READ), found -> new Effect.Flip(number(found), false)),
            form("flip bit N unreadably", EnumSet.of(Call.WRITE), found -> new Effect.Flip(number(found), true)),
            form("cut N bytes", EnumSet.of(Call.READ), found -> new Effect.Cut((int) Math.min(number(found), Integer.MAX_VALUE))),
            form("corrects N errors", EnumSet.of(Call.WRITE, Call.FILEMARKS, Call.READ), found -> new Effect.Corrects(number(found))),
            form("early warning", WRITING, found -> new Effect.EarlyWarning()),
            form("programmed warning", WRITING, found -> new Effect.ProgrammedWarning()),
            form("full", WRITING, found -> new Effect.Full()),
            form("calibrating N s", EnumSet.of(Call.LOAD), found -> new Effect.Calibrating(number(found))),
            form("old memory", EnumSet.of(Call.LOAD), found -> new Effect.OldMemory()),
            form("keeps the key", EnumSet.of(Call.UNLOAD), found -> new Effect.KeepsKey()),
            form("says N", EnumSet.of(Call.POSITION), found -> new Effect.Says(number(found))),
            form("jam", EnumSet.of(Call.MOVE), found -> new Effect.Jam()),
            form("no barcode", EnumSet.of(Call.INVENTORY), found -> new Effect.NoBarcode()),
            form("no access", EnumSet.of(Call.INVENTORY), found -> new Effect.NoAccess()));

    private Effects() {}

    private static Form form(String example, Set<Call> calls, Function<Matcher, Effect> effect) {
        return new Form(Pattern.compile(example.replace("N", NUMBER)), example, calls, effect);
    }

    private static long number(Matcher found) {
        return Long.parseLong(found.group(1));
    }

    /** @param call null for any call of a drive */
    static Optional<Effect> parse(String text, Call call) {
        for (Form form : FORMS) {
            Matcher found = form.pattern().matcher(text);
            if (found.matches() && (call == null ? form.calls().containsAll(DRIVE) : form.calls().contains(call))) {
                return Optional.of(form.effect().apply(found));
            }
        }
        return Optional.empty();
    }

    /** For messages: what can be written behind such a call. */
    static String choices(Call call) {
        return FORMS.stream().filter(form -> call == null ? form.calls().containsAll(DRIVE) : form.calls().contains(call)).map(Form::example)
                .collect(Collectors.joining(", "));
    }
}
